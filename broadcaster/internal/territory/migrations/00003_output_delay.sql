-- +goose Up
ALTER TABLE terminals ADD COLUMN output_delay_ms BIGINT NOT NULL DEFAULT 0; -- how long its sound is on the way to the air
