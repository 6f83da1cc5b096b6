-- name: InsertRecording :exec
INSERT INTO recordings (digest, title, dialect, duration_ms, bytes, peak_db, notes, owner, made_by, made_ms, sound, built_in)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: Recording :one
SELECT * FROM recordings WHERE digest = $1;

-- name: Recordings :many
SELECT * FROM recordings ORDER BY made_ms DESC, digest;

-- name: Clips :many
SELECT digest, dialect, duration_ms, bytes FROM recordings;

-- name: UpdateRecording :exec
UPDATE recordings SET title = $2, dialect = $3 WHERE digest = $1;

-- name: DeleteRecording :exec
DELETE FROM recordings WHERE digest = $1;

-- name: InsertOutline :exec
INSERT INTO recording_outlines (digest, points) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING;

-- name: Outline :one
SELECT points FROM recording_outlines WHERE digest = $1;

-- name: DeleteOutline :exec
DELETE FROM recording_outlines WHERE digest = $1;
