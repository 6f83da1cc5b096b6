-- +goose Up

-- When the town's ring test sounds; no row while there is none.
CREATE TABLE ring_test (
    town     TEXT PRIMARY KEY,
    weekday  INTEGER NOT NULL, -- 1 for Monday to 7 for Sunday
    at_s     INTEGER NOT NULL, -- seconds after midnight
    since_ms BIGINT  NOT NULL, -- it does not fire for moments before
    set_by   TEXT    NOT NULL,
    set_ms   BIGINT  NOT NULL
);

-- What is said of a grid in the ring test.
CREATE TABLE place_names (
    grid   TEXT PRIMARY KEY,
    digest TEXT   NOT NULL, -- of the recording
    set_by TEXT   NOT NULL,
    set_ms BIGINT NOT NULL
);

-- The ring test of a name, as a clip.
CREATE TABLE renderings (
    name        TEXT PRIMARY KEY, -- digest of the recording; empty for the ring test without a name
    digest      TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    made_of     TEXT   NOT NULL -- the digest of the ring test without a name that the software made then
);

-- Whether somebody heard an airing at a terminal.
CREATE TABLE answers (
    airing      TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    person_name TEXT    NOT NULL,
    terminal    TEXT    NOT NULL,
    round       TEXT    NOT NULL,
    round_name  TEXT    NOT NULL,
    due_ms      BIGINT  NOT NULL,
    heard       BOOLEAN NOT NULL,
    note        TEXT    NOT NULL,
    first_ms    BIGINT  NOT NULL, -- when he first answered
    at_ms       BIGINT  NOT NULL, -- when he last did
    task        TEXT    NOT NULL, -- the task that it opened or stands in, or empty
    PRIMARY KEY (airing, person)
);
CREATE INDEX answers_heard ON answers (terminal, at_ms) WHERE heard;
CREATE INDEX answers_task ON answers (task) WHERE task <> '';

-- What the electrician is to look at. Names are as they were when it was opened.
CREATE TABLE tasks (
    id            TEXT PRIMARY KEY,
    terminal      TEXT   NOT NULL,
    terminal_name TEXT   NOT NULL,
    grid          TEXT   NOT NULL,
    grid_path     TEXT   NOT NULL,
    opened_by     TEXT   NOT NULL,
    opened_ms     BIGINT NOT NULL,
    done_ms       BIGINT NOT NULL, -- 0 while it is open
    done_by       TEXT   NOT NULL,
    outcome       TEXT   NOT NULL
);
CREATE UNIQUE INDEX tasks_open ON tasks (terminal) WHERE done_ms = 0;
CREATE INDEX tasks_time ON tasks (opened_ms, id);
