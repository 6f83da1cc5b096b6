-- +goose Up
ALTER TABLE playlists ADD COLUMN chime TEXT NOT NULL DEFAULT ''; -- a recording's digest; empty for none
ALTER TABLE rounds ADD COLUMN volume INTEGER NOT NULL DEFAULT 0; -- in percent; zero for the hour's

-- One terminal's silence until somebody lifts it. What was lifted has an end that is earlier than planned.
CREATE TABLE mutes (
    id       TEXT PRIMARY KEY,
    terminal TEXT NOT NULL,
    grid     TEXT NOT NULL, -- for which it was ordered
    reason   TEXT NOT NULL,
    begin_ms BIGINT NOT NULL,
    end_ms   BIGINT NOT NULL,
    ended_by TEXT NOT NULL, -- who lifted it, or empty
    made_by  TEXT NOT NULL
);
