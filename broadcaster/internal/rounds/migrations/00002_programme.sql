-- +goose Up
ALTER TABLE rounds ADD COLUMN mandatory BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rounds ADD COLUMN unlimited_until_ms BIGINT NOT NULL DEFAULT 0; -- zero while the daily limits hold
ALTER TABLE rounds ADD COLUMN unlimited_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE rounds ADD COLUMN quota_starts INTEGER NOT NULL DEFAULT 0; -- zero asks for nothing
ALTER TABLE rounds ADD COLUMN spacing_ms BIGINT NOT NULL DEFAULT 0;

-- Quiet that somebody ordered for once. What ended early keeps its begin, and has an end that is earlier than planned.
CREATE TABLE temporary_quiet (
    id       TEXT PRIMARY KEY,
    grid     TEXT NOT NULL,
    terminal TEXT NOT NULL, -- empty for all at or below the grid
    reason   TEXT NOT NULL,
    note     TEXT NOT NULL,
    begin_ms BIGINT NOT NULL,
    end_ms   BIGINT NOT NULL,
    ended_by TEXT NOT NULL, -- who ended it early, or empty
    made_by  TEXT NOT NULL,
    made_ms  BIGINT NOT NULL
);

CREATE TABLE quiet_places (
    id        TEXT PRIMARY KEY,
    grid      TEXT NOT NULL,
    name      TEXT NOT NULL,
    lat       DOUBLE PRECISION NOT NULL, -- degrees, WGS-84
    lon       DOUBLE PRECISION NOT NULL,
    radius_mm BIGINT NOT NULL,
    from_s    INTEGER NOT NULL, -- seconds after midnight
    to_s      INTEGER NOT NULL,
    first_day TEXT NOT NULL, -- 2026-01-23, or empty
    last_day  TEXT NOT NULL,
    made_by   TEXT NOT NULL,
    made_ms   BIGINT NOT NULL
);

CREATE TABLE volume_rules (
    id      TEXT PRIMARY KEY,
    grid    TEXT NOT NULL,
    from_s  INTEGER NOT NULL,
    to_s    INTEGER NOT NULL,
    percent INTEGER NOT NULL,
    floor   INTEGER NOT NULL, -- zero does not bound, as with cap
    cap     INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_ms BIGINT NOT NULL
);

-- The town's daily limits; no row while there are none.
CREATE TABLE daily_limits (
    town    TEXT PRIMARY KEY,
    minutes INTEGER NOT NULL,
    plays   INTEGER NOT NULL
);

CREATE TABLE holidays (
    name    TEXT PRIMARY KEY,
    dates   TEXT NOT NULL, -- JSON
    made_by TEXT NOT NULL,
    made_ms BIGINT NOT NULL
);

-- Airings that were called off one by one.
CREATE TABLE cancellations (
    round    TEXT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    due_ms   BIGINT NOT NULL,
    terminal TEXT NOT NULL, -- empty for all that the round touches
    grid     TEXT NOT NULL,
    made_by  TEXT NOT NULL,
    made_ms  BIGINT NOT NULL,
    PRIMARY KEY (round, due_ms, terminal)
);

-- Every change that people made, for ever; it outlives what was changed.
CREATE TABLE changes (
    seq    BIGINT PRIMARY KEY,
    at_ms  BIGINT NOT NULL,
    act_by TEXT NOT NULL,
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL, -- what was changed, by its id
    name   TEXT NOT NULL, -- and as people called it
    grid   TEXT NOT NULL, -- whose it was
    act    TEXT NOT NULL,
    before TEXT NOT NULL, -- JSON, or empty for what was not there
    after  TEXT NOT NULL
);
CREATE INDEX changes_thing ON changes (kind, id, seq);
CREATE INDEX changes_time ON changes (at_ms);
