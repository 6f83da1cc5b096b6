-- name: SetLastSeen :exec
INSERT INTO last_seen (terminal, seen, revision, software, address, status, said) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (terminal) DO UPDATE SET seen = excluded.seen, revision = excluded.revision, software = excluded.software,
    address = excluded.address, status = excluded.status, said = excluded.said;

-- name: AllLastSeen :many
SELECT terminal, seen, revision, software, address, status, said FROM last_seen ORDER BY terminal;
