-- +goose Up
CREATE TABLE announcements (
    id             TEXT PRIMARY KEY,
    title          TEXT NOT NULL,
    text           TEXT NOT NULL,
    valid_from_ms  BIGINT NOT NULL, -- zero does not bound
    valid_until_ms BIGINT NOT NULL,
    owner          TEXT NOT NULL,
    made_by        TEXT NOT NULL,
    made_ms        BIGINT NOT NULL
);

-- A variant's dialect is the recording's, which the library keeps.
CREATE TABLE variants (
    announcement TEXT NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    digest       TEXT NOT NULL,
    PRIMARY KEY (announcement, position)
);
CREATE INDEX variants_digest ON variants (digest);

CREATE TABLE playlists (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    owner   TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_ms BIGINT NOT NULL
);

CREATE TABLE playlist_entries (
    playlist     TEXT NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    announcement TEXT NOT NULL REFERENCES announcements (id),
    dialects     TEXT NOT NULL,
    repeats      INTEGER NOT NULL,
    gap_ms       BIGINT NOT NULL,
    PRIMARY KEY (playlist, position)
);
CREATE INDEX playlist_entries_announcement ON playlist_entries (announcement);

CREATE TABLE rounds (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    playlist    TEXT NOT NULL REFERENCES playlists (id),
    timetable   TEXT NOT NULL, -- JSON
    class       TEXT NOT NULL,
    lateness_ms BIGINT NOT NULL,
    owner       TEXT NOT NULL,
    paused      BOOLEAN NOT NULL,
    since_ms    BIGINT NOT NULL,
    made_by     TEXT NOT NULL,
    made_ms     BIGINT NOT NULL
);
CREATE INDEX rounds_playlist ON rounds (playlist);

CREATE TABLE round_targets (
    round TEXT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    grid  TEXT NOT NULL,
    PRIMARY KEY (round, grid)
);

CREATE TABLE quiet_rules (
    id              TEXT PRIMARY KEY,
    grid            TEXT NOT NULL,
    from_s          INTEGER NOT NULL, -- seconds after midnight
    to_s            INTEGER NOT NULL,
    night           BOOLEAN NOT NULL, -- the root's night, which can be lifted and never removed
    note            TEXT NOT NULL,
    lifted_until_ms BIGINT NOT NULL, -- zero while it stands
    lift_reason     TEXT NOT NULL,
    lifted_by       TEXT NOT NULL,
    made_ms         BIGINT NOT NULL
);

-- What people did to quiet rules, for ever; it outlives the rules.
CREATE TABLE quiet_acts (
    seq      BIGINT PRIMARY KEY,
    quiet    TEXT NOT NULL,
    at_ms    BIGINT NOT NULL,
    act      TEXT NOT NULL,
    grid     TEXT NOT NULL,
    from_s   INTEGER NOT NULL,
    to_s     INTEGER NOT NULL,
    until_ms BIGINT NOT NULL,
    reason   TEXT NOT NULL,
    act_by   TEXT NOT NULL
);

-- Every revision ever published for a terminal, with the exact bytes that were signed. A withdrawal (the terminal was
-- removed) is a revision with an empty body.
CREATE TABLE programmes (
    terminal     TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    published_ms BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,
    content      TEXT NOT NULL, -- what decides whether two revisions say the same
    body         TEXT NOT NULL, -- JSON
    key          TEXT NOT NULL, -- hexadecimal, as is the signature
    signature    TEXT NOT NULL,
    PRIMARY KEY (terminal, revision)
);

-- The terminals whose newest programme could not be signed.
CREATE TABLE unpublished (
    terminal TEXT PRIMARY KEY,
    since_ms BIGINT NOT NULL
);
