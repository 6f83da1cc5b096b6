-- +goose Up

-- What calendars and the figures of a day are read from, without touching the wide rows.
CREATE INDEX airings_stand ON airings (due, round, outcome, timing, cause, by_whom, grid, planned, began, terminal, unexplained);
