-- +goose Up
ALTER TABLE terminals ADD COLUMN lat DOUBLE PRECISION; -- degrees, WGS-84; null where that is not known, as with lon
ALTER TABLE terminals ADD COLUMN lon DOUBLE PRECISION;
ALTER TABLE terminals ADD COLUMN shared TEXT NOT NULL DEFAULT '[]'; -- JSON list of grid codes, in order
