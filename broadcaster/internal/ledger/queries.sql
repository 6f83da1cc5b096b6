-- name: JournalOf :one
SELECT terminal, acked FROM journals WHERE journal = $1;

-- name: SetJournal :exec
INSERT INTO journals (journal, terminal, acked) VALUES ($1, $2, $3)
ON CONFLICT (journal) DO UPDATE SET acked = excluded.acked;

-- name: InsertPlay :exec
INSERT INTO plays (due, terminal, round, attempt, entry, event, journal, seq, entries, revision, announcement, title,
    dialect, clip, grid, boot, process, began, ended, mono, sounded, clock, clock_error, volume, result, cause, by_whom,
    evidence, output, by_kind, by_grid, lead)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, $31, $32)
ON CONFLICT DO NOTHING;

-- name: InsertMiss :exec
INSERT INTO misses (due, terminal, round, journal, seq, revision, cause, by_whom, by_kind, by_grid)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT DO NOTHING;

-- name: InsertAccounted :exec
INSERT INTO accounted (terminal, through, journal, seq, revisions) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- name: InsertQuarantine :exec
INSERT INTO quarantine (journal, seq, terminal, arrived, reason, content) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING;

-- name: AiringAt :one
SELECT class, planned, revision, clips, reported, owner FROM airings WHERE due = $1 AND terminal = $2 AND round = $3;

-- name: PlaysOf :many
SELECT process, attempt, entry, entries, revision, clip, began, lead, sounded, result, cause, by_whom, by_kind, by_grid
FROM plays WHERE due = $1 AND terminal = $2 AND round = $3
ORDER BY began, attempt, entry;

-- name: MissOf :many
SELECT cause, by_whom, by_kind, by_grid FROM misses WHERE due = $1 AND terminal = $2 AND round = $3
ORDER BY journal, seq LIMIT 1;

-- name: AccountedOver :many
SELECT revisions FROM accounted WHERE terminal = $1 AND through > $2
ORDER BY through, journal, seq LIMIT 1;

-- name: OpenAirings :many
SELECT due, round FROM airings
WHERE terminal = $1 AND due < $2 AND outcome = 'unreported' AND planned AND NOT unexplained
ORDER BY due, round;

-- name: InsertAiring :exec
INSERT INTO airings (due, terminal, round, id, planned, revision, class, round_name, terminal_name, grid, grid_path,
    entries, contents, clips, outcome, timing, cause, by_whom, began, unexplained, reported, by_kind, by_grid, owner)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
ON CONFLICT (due, terminal, round) DO UPDATE SET planned = excluded.planned, revision = excluded.revision,
    class = excluded.class, round_name = excluded.round_name, terminal_name = excluded.terminal_name,
    grid = excluded.grid, grid_path = excluded.grid_path, entries = excluded.entries, contents = excluded.contents, clips = excluded.clips,
    owner = excluded.owner
WHERE NOT airings.planned;

-- name: SettleAiring :exec
UPDATE airings SET outcome = $4, timing = $5, cause = $6, by_whom = $7, began = $8, unexplained = $9, reported = $10,
    by_kind = $11, by_grid = $12, excused = $13
WHERE due = $1 AND terminal = $2 AND round = $3;

-- name: HorizonOf :one
SELECT planned, accounted FROM horizons WHERE terminal = $1;

-- name: SetPlanned :exec
INSERT INTO horizons (terminal, planned, accounted) VALUES ($1, $2, 0)
ON CONFLICT (terminal) DO UPDATE SET planned = excluded.planned;

-- name: SetAccounted :exec
INSERT INTO horizons (terminal, planned, accounted) VALUES ($1, 0, $2)
ON CONFLICT (terminal) DO UPDATE SET accounted = excluded.accounted WHERE excluded.accounted > horizons.accounted;

-- name: DayCounts :many
SELECT terminal, grid, planned, outcome, timing, cause, unexplained, excused, COUNT(*) AS airings,
    CAST(MAX(due) AS BIGINT) AS latest
FROM airings WHERE due >= sqlc.arg(since) AND due < sqlc.arg(until)
GROUP BY terminal, grid, planned, outcome, timing, cause, unexplained, excused
ORDER BY terminal, grid;

-- name: Horizons :many
SELECT terminal, planned, accounted FROM horizons ORDER BY terminal;

-- name: Standings :many
SELECT terminal, grid, CAST(MIN(CASE WHEN outcome = 'unreported' THEN due ELSE 9223372036854775807 END) AS BIGINT) AS open
FROM airings WHERE due >= sqlc.arg(since) AND due < sqlc.arg(until) AND planned
GROUP BY terminal, grid
ORDER BY terminal, grid;

-- name: CompletedPlays :many
SELECT grid, dialect, COUNT(*) AS plays FROM plays
WHERE due >= sqlc.arg(since) AND due < sqlc.arg(until) AND result = 'complete' AND round <> sqlc.arg(but)
GROUP BY grid, dialect
ORDER BY grid, dialect;

-- name: ListAirings :many
SELECT * FROM airings
WHERE due >= sqlc.arg(since) AND due < sqlc.arg(until)
    AND (CAST(sqlc.arg(terminal) AS TEXT) = '' OR terminal = sqlc.arg(terminal))
    AND (CAST(sqlc.arg(round) AS TEXT) = '' OR round = sqlc.arg(round))
    AND grid >= sqlc.arg(grid) AND grid < sqlc.arg(grid_end)
    AND (CAST(sqlc.arg(outcome) AS TEXT) = '' OR outcome = sqlc.arg(outcome))
    AND (CAST(sqlc.arg(cause) AS TEXT) = '' OR cause = sqlc.arg(cause))
    AND (CAST(sqlc.narg(planned) AS BOOLEAN) IS NULL OR planned = sqlc.narg(planned))
    AND (CAST(sqlc.narg(excused) AS BOOLEAN) IS NULL OR excused = sqlc.narg(excused))
    AND (due, terminal, round) < (CAST(sqlc.arg(cursor_due) AS BIGINT), CAST(sqlc.arg(cursor_terminal) AS TEXT), CAST(sqlc.arg(cursor_round) AS TEXT))
ORDER BY due DESC, terminal DESC, round DESC
LIMIT sqlc.arg(most);

-- name: ListPlays :many
SELECT sqlc.embed(plays), airings.id, airings.planned, airings.round_name, airings.terminal_name, airings.grid_path,
    EXISTS (SELECT 1 FROM heard WHERE heard.due = plays.due AND heard.terminal = plays.terminal AND heard.round = plays.round) AS heard
FROM plays JOIN airings ON airings.due = plays.due AND airings.terminal = plays.terminal AND airings.round = plays.round
WHERE plays.due >= sqlc.arg(since) AND plays.due < sqlc.arg(until)
    AND (CAST(sqlc.arg(terminal) AS TEXT) = '' OR plays.terminal = sqlc.arg(terminal))
    AND (CAST(sqlc.arg(round) AS TEXT) = '' OR plays.round = sqlc.arg(round))
    AND plays.grid >= sqlc.arg(grid) AND plays.grid < sqlc.arg(grid_end)
    AND (plays.due, plays.terminal, plays.round, plays.attempt, plays.entry, plays.event)
        < (CAST(sqlc.arg(cursor_due) AS BIGINT), CAST(sqlc.arg(cursor_terminal) AS TEXT), CAST(sqlc.arg(cursor_round) AS TEXT),
            CAST(sqlc.arg(cursor_attempt) AS BIGINT), CAST(sqlc.arg(cursor_entry) AS BIGINT), CAST(sqlc.arg(cursor_event) AS TEXT))
ORDER BY plays.due DESC, plays.terminal DESC, plays.round DESC, plays.attempt DESC, plays.entry DESC, plays.event DESC
LIMIT sqlc.arg(most);

-- name: AiringsOf :many
SELECT * FROM airings
WHERE terminal = sqlc.arg(terminal) AND due >= sqlc.arg(since) AND due < sqlc.arg(until)
ORDER BY due, round;

-- name: AttemptsOf :many
SELECT due, round, journal, attempt, entry, entries, began, lead, ended, result, cause, by_whom, by_kind, by_grid FROM plays
WHERE terminal = sqlc.arg(terminal) AND due >= sqlc.arg(since) AND due < sqlc.arg(until)
ORDER BY due, round, journal, attempt, seq;

-- name: MissesOf :many
SELECT due, round, cause, by_whom, by_kind, by_grid FROM misses
WHERE terminal = sqlc.arg(terminal) AND due >= sqlc.arg(since) AND due < sqlc.arg(until)
ORDER BY due, round, journal, seq;

-- name: UnreceivedOf :many
SELECT due, round, cause, by_whom, by_kind, by_grid FROM airings
WHERE terminal = sqlc.arg(terminal) AND due >= sqlc.arg(since) AND due < sqlc.arg(until) AND outcome = 'missed' AND NOT reported
ORDER BY due, round;

-- name: BegunOf :many
SELECT due, round, contents, clips FROM airings
WHERE terminal = sqlc.arg(terminal) AND due >= sqlc.arg(since) AND due < sqlc.arg(until) AND outcome = 'unreported'
    AND planned AND reported AND class <> 'background'
ORDER BY due, round;

-- name: Firings :many
SELECT due, round, outcome, timing, cause, by_whom, by_kind, by_grid, COUNT(*) AS airings,
    CAST(COALESCE(MIN(NULLIF(began, 0)), 0) AS BIGINT) AS first_began, CAST(MIN(terminal) AS TEXT) AS first_terminal
FROM airings
WHERE planned AND due >= sqlc.arg(since) AND due < sqlc.arg(until) AND grid >= sqlc.arg(grid) AND grid < sqlc.arg(grid_end)
GROUP BY due, round, outcome, timing, cause, by_whom, by_kind, by_grid
ORDER BY due, round, outcome, timing, cause, by_whom, by_kind, by_grid
LIMIT sqlc.arg(most);

-- name: PlannedAt :one
SELECT class, round_name, owner, contents, clips FROM airings WHERE due = $1 AND terminal = $2 AND round = $3;

-- name: SetHeard :exec
INSERT INTO heard (due, terminal, round) VALUES ($1, $2, $3) ON CONFLICT (due, terminal, round) DO NOTHING;

-- name: ClearHeard :exec
DELETE FROM heard WHERE due = $1 AND terminal = $2 AND round = $3;

-- name: PickedUp :many
SELECT terminal, CAST(MAX(began) AS BIGINT) AS began FROM plays WHERE evidence >= 4 GROUP BY terminal ORDER BY terminal;
