-- +goose Up

-- What each terminal said of itself last, as JSON; empty for one that has said nothing.
ALTER TABLE last_seen ADD COLUMN status TEXT NOT NULL DEFAULT '';
