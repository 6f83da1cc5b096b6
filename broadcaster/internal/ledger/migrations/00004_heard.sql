-- +goose Up

-- The airings that people said they heard; the word may come before anything else of the airing.
CREATE TABLE heard (
    due      BIGINT NOT NULL,
    terminal TEXT   NOT NULL,
    round    TEXT   NOT NULL,
    PRIMARY KEY (due, terminal, round)
);

-- What microphones heard.
CREATE INDEX plays_picked_up ON plays (terminal, began) WHERE evidence >= 4;
