-- name: InsertPerson :exec
INSERT INTO people (id, name, display, role, grid, password, password_number, password_generated, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8);

-- name: People :many
SELECT * FROM people ORDER BY grid, name;

-- name: Person :one
SELECT * FROM people WHERE id = $1;

-- name: PersonNamed :one
SELECT * FROM people WHERE name = $1;

-- name: CountPeople :one
SELECT COUNT(*) FROM people;

-- name: SetPassword :execrows
UPDATE people SET password = $2, password_number = password_number + 1, password_generated = $3 WHERE id = $1;

-- name: DeletePerson :exec
DELETE FROM people WHERE id = $1;

-- name: Session :one
SELECT content FROM sessions WHERE token = $1 AND expires_ms > sqlc.arg(now_ms);

-- name: PutSession :exec
INSERT INTO sessions (token, content, expires_ms) VALUES ($1, $2, $3)
ON CONFLICT (token) DO UPDATE SET content = excluded.content, expires_ms = excluded.expires_ms;

-- name: DeleteSession :exec
DELETE FROM sessions WHERE token = $1;

-- name: DeleteSessionsBefore :execrows
DELETE FROM sessions WHERE expires_ms <= $1;

-- name: PutSecret :exec
INSERT INTO enrolments (terminal, secret, secret_used, secret_expires_ms, pending_key, approved_key)
VALUES ($1, $2, FALSE, $3, '', '')
ON CONFLICT (terminal) DO UPDATE SET secret = excluded.secret, secret_used = FALSE,
  secret_expires_ms = excluded.secret_expires_ms, pending_key = '';

-- name: EnrolmentBySecret :one
SELECT * FROM enrolments WHERE secret = $1;

-- name: UseSecret :exec
UPDATE enrolments SET secret_used = TRUE, pending_key = $2 WHERE terminal = $1;

-- name: Enrolment :one
SELECT * FROM enrolments WHERE terminal = $1;

-- name: Enrolments :many
SELECT * FROM enrolments;

-- name: ApproveKey :exec
UPDATE enrolments SET approved_key = pending_key, pending_key = '' WHERE terminal = $1;

-- name: DeleteEnrolment :exec
DELETE FROM enrolments WHERE terminal = $1 AND approved_key = '';

-- name: RetireEnrolment :exec
UPDATE enrolments SET secret = 'of a removed terminal: ' || terminal, secret_used = TRUE, pending_key = '' WHERE terminal = $1;

-- name: PublisherKey :one
SELECT key FROM publisher ORDER BY made_ms DESC LIMIT 1;

-- name: InsertPublisherKey :exec
INSERT INTO publisher (key, made_ms) VALUES ($1, $2);
