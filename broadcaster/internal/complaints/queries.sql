-- name: PutComplaint :exec
INSERT INTO complaints (
    id, grid, grid_path, terminal, terminal_name, lat, lon, at_ms, words, caller, made_by, made_ms, reply, outcome,
    closed_ms, closed_by, changes
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (id) DO UPDATE SET
    reply = excluded.reply, outcome = excluded.outcome, closed_ms = excluded.closed_ms, closed_by = excluded.closed_by,
    changes = excluded.changes;

-- name: Complaint :one
SELECT * FROM complaints WHERE id = $1;

-- name: Complaints :many
SELECT * FROM complaints
WHERE grid >= sqlc.arg(grid) AND grid < sqlc.arg(grid_end)
    AND CASE WHEN closed_ms = 0 THEN 1 ELSE 0 END >= CAST(sqlc.arg(least_open) AS BIGINT)
    AND (CASE WHEN closed_ms = 0 THEN 1 ELSE 0 END, made_ms, id)
        < (CAST(sqlc.arg(cursor_open) AS BIGINT), CAST(sqlc.arg(cursor_made) AS BIGINT), CAST(sqlc.arg(cursor_id) AS TEXT))
ORDER BY CASE WHEN closed_ms = 0 THEN 1 ELSE 0 END DESC, made_ms DESC, id DESC
LIMIT sqlc.arg(most);

-- name: InsertStep :exec
INSERT INTO complaint_steps (complaint, n, at_ms, act, act_by, reply, outcome, changes)
VALUES ($1, (SELECT COUNT(*) + 1 FROM complaint_steps WHERE complaint = $1), $2, $3, $4, $5, $6, $7);

-- name: Steps :many
SELECT * FROM complaint_steps WHERE complaint = $1 ORDER BY n;
