-- name: SetLastSeen :exec
INSERT INTO last_seen (terminal, seen, revision, software, address) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (terminal) DO UPDATE SET seen = excluded.seen, revision = excluded.revision, software = excluded.software,
    address = excluded.address;

-- name: AllLastSeen :many
SELECT terminal, seen, revision, software, address FROM last_seen ORDER BY terminal;
