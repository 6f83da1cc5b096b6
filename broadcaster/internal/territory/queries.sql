-- name: Grids :many
SELECT * FROM grids ORDER BY code;

-- name: Grid :one
SELECT * FROM grids WHERE code = $1;

-- name: Root :one
SELECT * FROM grids ORDER BY length(code), code LIMIT 1;

-- name: GridCodes :many
SELECT code FROM grids ORDER BY code;

-- name: InsertGrid :exec
INSERT INTO grids (code, name, chief, households, invented) VALUES ($1, $2, $3, $4, $5);

-- name: DeleteGrids :exec
DELETE FROM grids;

-- name: Outline :one
SELECT geometry FROM outlines WHERE code = $1;

-- name: OutlineSizes :many
SELECT code, CAST(length(geometry) AS BIGINT) AS size FROM outlines
WHERE code >= sqlc.arg(first) AND code < sqlc.arg(after)
ORDER BY length(code), code;

-- name: Outlines :many
SELECT code, geometry FROM outlines
WHERE code >= sqlc.arg(first) AND code < sqlc.arg(after)
    AND (length(code), code) <= (CAST(sqlc.arg(last_length) AS INTEGER), CAST(sqlc.arg(last) AS TEXT))
ORDER BY length(code), code;

-- name: InsertOutline :exec
INSERT INTO outlines (code, geometry) VALUES ($1, $2);

-- name: DeleteOutlines :exec
DELETE FROM outlines;

-- name: Terminals :many
SELECT * FROM terminals ORDER BY grid, name;

-- name: Terminal :one
SELECT * FROM terminals WHERE id = $1;

-- name: TerminalNamed :one
SELECT * FROM terminals WHERE grid = $1 AND name = $2;

-- name: InsertTerminal :exec
INSERT INTO terminals (id, name, kind, grid, dialects, volume, created_ms, lat, lon, shared, output_delay_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: UpdateTerminal :exec
UPDATE terminals SET name = $2, kind = $3, grid = $4, dialects = $5, volume = $6, lat = $7, lon = $8, shared = $9,
    output_delay_ms = $10
WHERE id = $1;

-- name: DeleteTerminal :execrows
DELETE FROM terminals WHERE id = $1;

-- name: Dialects :many
SELECT tag, name FROM dialects ORDER BY place, tag;

-- name: PutDialect :exec
INSERT INTO dialects (tag, name, place)
VALUES ($1, $2, (SELECT CAST(COALESCE(MAX(place), 0) + 1 AS BIGINT) FROM dialects))
ON CONFLICT (tag) DO UPDATE SET name = excluded.name;
