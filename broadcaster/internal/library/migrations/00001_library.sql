-- +goose Up
CREATE TABLE recordings (
    digest      TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    dialect     TEXT NOT NULL,
    duration_ms BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    peak_db     DOUBLE PRECISION NOT NULL,
    notes       TEXT NOT NULL, -- JSON array of words
    owner       TEXT NOT NULL, -- grid code
    made_by     TEXT NOT NULL,
    made_ms     BIGINT NOT NULL
);
