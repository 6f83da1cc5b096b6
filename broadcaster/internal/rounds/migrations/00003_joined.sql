-- +goose Up

-- Since when a round touches a terminal that it came to touch after its own since: another target, or another place of the
-- terminal. What was due before then does not sound there. A row has done its work after some days.
CREATE TABLE joined (
    round    TEXT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    terminal TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    PRIMARY KEY (round, terminal)
);
