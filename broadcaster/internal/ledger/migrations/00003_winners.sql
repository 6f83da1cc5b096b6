-- +goose Up

-- Who stood first: its kind in the words of the timetable's winners, and the node in whose name; both are empty where
-- nobody knows, as in everything that was written before.
ALTER TABLE plays ADD COLUMN by_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE plays ADD COLUMN by_grid TEXT NOT NULL DEFAULT '';
ALTER TABLE misses ADD COLUMN by_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE misses ADD COLUMN by_grid TEXT NOT NULL DEFAULT '';
ALTER TABLE airings ADD COLUMN by_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE airings ADD COLUMN by_grid TEXT NOT NULL DEFAULT '';

-- The node that owns the round, as the programme had it; empty where nothing was planned, and before this was kept.
ALTER TABLE airings ADD COLUMN owner TEXT NOT NULL DEFAULT '';
-- Whether its silence was ordered.
ALTER TABLE airings ADD COLUMN excused BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE airings SET excused = TRUE
WHERE planned AND outcome IN ('partial', 'missed') AND cause IN ('quiet_hours', 'cancelled', 'recalled');

DROP INDEX airings_stand;
CREATE INDEX airings_stand ON airings (due, round, outcome, timing, cause, by_whom, by_kind, by_grid, grid, planned, began, terminal,
    unexplained, excused);
