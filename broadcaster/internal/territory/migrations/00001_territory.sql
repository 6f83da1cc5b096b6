-- +goose Up
CREATE TABLE grids (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  chief TEXT NOT NULL,
  households BIGINT NOT NULL, -- a group's own; the sum of the groups below for every other
  invented BOOLEAN NOT NULL
);

CREATE TABLE outlines (
  code TEXT PRIMARY KEY,
  geometry TEXT NOT NULL -- GeoJSON geometry, WGS-84
);

CREATE TABLE terminals (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  grid TEXT NOT NULL,
  dialects TEXT NOT NULL, -- JSON list of tags, best first
  volume BIGINT NOT NULL, -- percent
  created_ms BIGINT NOT NULL,
  UNIQUE (grid, name)
);

CREATE TABLE dialects (
  tag TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  place BIGINT NOT NULL -- the town's order
);
INSERT INTO dialects (tag, name, place) VALUES
  ('cmn', '普通话', 1),
  ('yue', '粤语', 2),
  ('yue-x-jiujiang', '九江话', 3);
