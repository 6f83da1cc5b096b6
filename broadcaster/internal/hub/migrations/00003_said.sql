-- +goose Up

-- When each terminal said that of itself, in Unix ms; zero for one that has said nothing. Before this was kept, it was
-- no later than when the terminal was last heard of.
ALTER TABLE last_seen ADD COLUMN said BIGINT NOT NULL DEFAULT 0;
UPDATE last_seen SET said = seen WHERE status <> '' AND status NOT LIKE '%"clock":""%';
