-- +goose Up

-- A journal is one file on one terminal's disk; every row up to acked is stored for good, or lost.
CREATE TABLE journals (
    journal  TEXT PRIMARY KEY,
    terminal TEXT   NOT NULL,
    acked    BIGINT NOT NULL
);

-- Every airing that was planned, and every one that was reported without having been planned.
CREATE TABLE airings (
    due           BIGINT  NOT NULL,
    terminal      TEXT    NOT NULL,
    round         TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    planned       BOOLEAN NOT NULL,
    revision      BIGINT  NOT NULL,
    class         TEXT    NOT NULL,
    round_name    TEXT    NOT NULL,
    terminal_name TEXT    NOT NULL,
    grid          TEXT    NOT NULL,
    grid_path     TEXT    NOT NULL,
    entries       BIGINT  NOT NULL,
    contents      TEXT    NOT NULL, -- JSON: the entries that were planned, an empty list where nothing was
    clips         TEXT    NOT NULL, -- the digests of these entries, in order, with spaces between
    outcome       TEXT    NOT NULL,
    timing        TEXT    NOT NULL,
    cause         TEXT    NOT NULL,
    by_whom       TEXT    NOT NULL,
    began         BIGINT  NOT NULL, -- 0 where nothing sounded
    unexplained   BOOLEAN NOT NULL,
    reported      BOOLEAN NOT NULL, -- whether plays or misses of it are stored
    PRIMARY KEY (due, terminal, round)
);
CREATE INDEX airings_open ON airings (terminal, due) WHERE outcome = 'unreported';

CREATE TABLE plays (
    due          BIGINT NOT NULL,
    terminal     TEXT   NOT NULL,
    round        TEXT   NOT NULL,
    attempt      BIGINT NOT NULL,
    entry        BIGINT NOT NULL,
    event        TEXT   NOT NULL,
    journal      TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    entries      BIGINT NOT NULL,
    revision     BIGINT NOT NULL,
    announcement TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    dialect      TEXT   NOT NULL,
    clip         TEXT   NOT NULL,
    grid         TEXT   NOT NULL,
    boot         TEXT   NOT NULL,
    process      TEXT   NOT NULL,
    began        BIGINT NOT NULL,
    ended        BIGINT NOT NULL,
    mono         BIGINT NOT NULL,
    sounded      BIGINT NOT NULL,
    clock        TEXT   NOT NULL,
    clock_error  BIGINT NOT NULL,
    volume       BIGINT NOT NULL,
    result       TEXT   NOT NULL,
    cause        TEXT   NOT NULL,
    by_whom      TEXT   NOT NULL,
    evidence     BIGINT NOT NULL,
    output       TEXT   NOT NULL,
    PRIMARY KEY (due, terminal, round, attempt, entry, event)
);

CREATE TABLE misses (
    due      BIGINT NOT NULL,
    terminal TEXT   NOT NULL,
    round    TEXT   NOT NULL,
    journal  TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    cause    TEXT   NOT NULL,
    by_whom  TEXT   NOT NULL,
    PRIMARY KEY (due, terminal, round, journal, seq)
);

-- What a terminal said: every airing due before through has been reported, under these revisions (a JSON list).
CREATE TABLE accounted (
    terminal  TEXT   NOT NULL,
    through   BIGINT NOT NULL,
    journal   TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    revisions TEXT   NOT NULL,
    PRIMARY KEY (terminal, through, journal, seq)
);

-- Rows that could not be believed, as they came, and the first of rows that never came (reason 'lost').
CREATE TABLE quarantine (
    journal  TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    terminal TEXT   NOT NULL,
    arrived  BIGINT NOT NULL,
    reason   TEXT   NOT NULL,
    content  TEXT   NOT NULL,
    PRIMARY KEY (journal, seq)
);

-- Every airing due before planned has been written into airings; every one due before accounted has been reported.
CREATE TABLE horizons (
    terminal  TEXT PRIMARY KEY,
    planned   BIGINT NOT NULL, -- 0: nothing has been planned yet
    accounted BIGINT NOT NULL  -- 0: the terminal has said nothing yet
);
