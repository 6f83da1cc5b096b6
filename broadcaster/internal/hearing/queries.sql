-- name: Schedule :many
SELECT * FROM ring_test ORDER BY town;

-- name: PutSchedule :exec
INSERT INTO ring_test (town, weekday, at_s, since_ms, set_by, set_ms) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (town) DO UPDATE SET weekday = excluded.weekday, at_s = excluded.at_s, since_ms = excluded.since_ms,
    set_by = excluded.set_by, set_ms = excluded.set_ms;

-- name: DeleteSchedule :exec
DELETE FROM ring_test;

-- name: Names :many
SELECT * FROM place_names ORDER BY grid;

-- name: PutName :exec
INSERT INTO place_names (grid, digest, set_by, set_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (grid) DO UPDATE SET digest = excluded.digest, set_by = excluded.set_by, set_ms = excluded.set_ms;

-- name: DeleteName :execrows
DELETE FROM place_names WHERE grid = $1;

-- name: Renderings :many
SELECT * FROM renderings ORDER BY name;

-- name: PutRendering :exec
INSERT INTO renderings (name, digest, bytes, duration_ms, made_of) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes, duration_ms = excluded.duration_ms,
    made_of = excluded.made_of;

-- name: Answer :one
SELECT * FROM answers WHERE airing = $1 AND person = $2;

-- name: PutAnswer :exec
INSERT INTO answers (airing, person, person_name, terminal, round, round_name, due_ms, heard, note, first_ms, at_ms, task)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (airing, person) DO UPDATE SET person_name = excluded.person_name, heard = excluded.heard, note = excluded.note,
    at_ms = excluded.at_ms, task = excluded.task;

-- name: CountHeard :one
SELECT COUNT(*) FROM answers WHERE airing = $1 AND heard;

-- name: AnswersOf :many
SELECT * FROM answers WHERE person = $1 AND at_ms >= $2 ORDER BY at_ms DESC, airing;

-- name: LastHeard :many
SELECT terminal, person_name, at_ms FROM answers a
WHERE heard AND at_ms = (SELECT MAX(b.at_ms) FROM answers b WHERE b.terminal = a.terminal AND b.heard)
ORDER BY terminal, person_name;

-- name: InsertTask :exec
INSERT INTO tasks (id, terminal, terminal_name, grid, grid_path, opened_by, opened_ms, done_ms, done_by, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', '');

-- name: OpenTaskOf :many
SELECT id FROM tasks WHERE terminal = $1 AND done_ms = 0;

-- name: Task :one
SELECT * FROM tasks WHERE id = $1;

-- name: Tasks :many
SELECT * FROM tasks
WHERE grid >= sqlc.arg(grid) AND grid < sqlc.arg(grid_end)
    AND (NOT CAST(sqlc.arg(only_open) AS BOOLEAN) OR done_ms = 0)
    AND (CAST(sqlc.arg(terminal) AS TEXT) = '' OR terminal = sqlc.arg(terminal))
ORDER BY CASE WHEN done_ms = 0 THEN 0 ELSE 1 END, opened_ms DESC, id
LIMIT sqlc.arg(most);

-- name: EndTask :exec
UPDATE tasks SET done_ms = $2, done_by = $3, outcome = $4 WHERE id = $1;

-- name: ReportsOf :many
SELECT * FROM answers WHERE task = $1 ORDER BY first_ms, person;
