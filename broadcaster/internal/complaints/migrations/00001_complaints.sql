-- +goose Up

-- What was complained of, and how it stands. Names are as they were when it was written down.
CREATE TABLE complaints (
    id            TEXT PRIMARY KEY,
    grid          TEXT   NOT NULL,
    grid_path     TEXT   NOT NULL,
    terminal      TEXT   NOT NULL, -- empty where none was named
    terminal_name TEXT   NOT NULL,
    lat           DOUBLE PRECISION,
    lon           DOUBLE PRECISION,
    at_ms         BIGINT NOT NULL,
    words         TEXT   NOT NULL,
    caller        TEXT   NOT NULL,
    made_by       TEXT   NOT NULL,
    made_ms       BIGINT NOT NULL,
    reply         TEXT   NOT NULL,
    outcome       TEXT   NOT NULL,
    closed_ms     BIGINT NOT NULL, -- 0 while it is open
    closed_by     TEXT   NOT NULL,
    changes       TEXT   NOT NULL  -- JSON: the changes with which it was closed, an empty list while it is open
);
CREATE INDEX complaints_time ON complaints (made_ms, id);

-- Each thing that was done about a complaint, for ever.
CREATE TABLE complaint_steps (
    complaint TEXT   NOT NULL,
    n         BIGINT NOT NULL,
    at_ms     BIGINT NOT NULL,
    act       TEXT   NOT NULL,
    act_by    TEXT   NOT NULL,
    reply     TEXT   NOT NULL,
    outcome   TEXT   NOT NULL,
    changes   TEXT   NOT NULL, -- JSON, as above
    PRIMARY KEY (complaint, n)
);
