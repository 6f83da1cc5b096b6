-- +goose Up
ALTER TABLE recordings ADD COLUMN sound TEXT NOT NULL DEFAULT ''; -- JSON; empty where it was not measured
CREATE TABLE recording_outlines (
    digest TEXT PRIMARY KEY,
    points TEXT NOT NULL -- JSON array of pairs
);
