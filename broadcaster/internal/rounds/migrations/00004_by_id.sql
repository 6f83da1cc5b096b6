-- +goose Up

-- Who ordered quiet, by id: two people may share the name that is shown. Empty where nobody knows any more.
ALTER TABLE quiet_places ADD COLUMN by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE temporary_quiet ADD COLUMN by_id TEXT NOT NULL DEFAULT '';

-- A rule that names no cap has its percent as its cap. One percent is the least cap: zero does not bound.
UPDATE volume_rules SET cap = CASE WHEN percent > 0 THEN percent ELSE 1 END WHERE cap = 0;
