-- name: SetLastSeen :exec
INSERT INTO last_seen (terminal, seen, revision, software, address, status) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (terminal) DO UPDATE SET seen = excluded.seen, revision = excluded.revision, software = excluded.software,
    address = excluded.address, status = excluded.status;

-- name: AllLastSeen :many
SELECT terminal, seen, revision, software, address, status FROM last_seen ORDER BY terminal;
