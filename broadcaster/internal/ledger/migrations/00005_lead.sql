-- +goose Up

-- How long its attempt had sounded when a play began: the chime. The attempt began at began less lead.
ALTER TABLE plays ADD COLUMN lead BIGINT NOT NULL DEFAULT 0; -- in milliseconds
