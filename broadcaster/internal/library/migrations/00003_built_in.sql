-- +goose Up
ALTER TABLE recordings ADD COLUMN built_in BOOLEAN NOT NULL DEFAULT FALSE; -- nobody brought it: it comes with the software
