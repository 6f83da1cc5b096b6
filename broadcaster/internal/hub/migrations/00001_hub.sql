-- +goose Up

-- When each terminal was last heard of, and what it was then, for those that are not connected.
CREATE TABLE last_seen (
    terminal TEXT PRIMARY KEY,
    seen     BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    software TEXT   NOT NULL,
    address  TEXT   NOT NULL
);
