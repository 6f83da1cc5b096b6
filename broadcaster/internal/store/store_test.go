package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"dalaba/playlists"
)

func openTest(t *testing.T) *DB {
	t.Helper()
	moment := time.Date(2026, 1, 23, 7, 30, 0, 123_456_789, time.UTC)
	db, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "a b?.db"), Now: func() time.Time { return moment }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

var shelves = fstest.MapFS{"00001_shelves.sql": {Data: []byte("-- +goose Up\nCREATE TABLE shelves (id BIGINT PRIMARY KEY);\n")}}

func count(t *testing.T, db *DB) int {
	t.Helper()
	var n int
	if err := db.Read(t.Context(), func(tx *Tx) error {
		return tx.QueryRow("SELECT COUNT(*) FROM shelves").Scan(&n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWriteCommitsAllOrNothing(t *testing.T) {
	db := openTest(t)
	if err := db.Migrate(t.Context(), "shelves", shelves); err != nil {
		t.Fatal(err)
	}
	insert := func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO shelves VALUES ($1)", tx.Now.UnixMilli())
		return err
	}
	called := false
	broken := errors.New("broken")
	err := db.Write(t.Context(), func(tx *Tx) error {
		tx.AfterCommit(func() { called = true })
		return errors.Join(insert(tx), broken)
	})
	if !errors.Is(err, broken) || called || count(t, db) != 0 {
		t.Fatalf("after a failed write: err %v, called %v, %d rows", err, called, count(t, db))
	}
	if err := db.Write(t.Context(), func(tx *Tx) error {
		// A write from here would wait for ever if the writer were still held.
		tx.AfterCommit(func() {
			called = db.Write(context.WithoutCancel(t.Context()), func(*Tx) error { return nil }) == nil
		})
		return insert(tx)
	}); err != nil || !called || count(t, db) != 1 {
		t.Fatalf("after a write: err %v, called %v, %d rows", err, called, count(t, db))
	}
}

func TestMigrateIsRepeatableAndRefusesANewerDatabase(t *testing.T) {
	db := openTest(t)
	for range 2 {
		if err := db.Migrate(t.Context(), "shelves", shelves); err != nil {
			t.Fatal(err)
		}
	}
	newer := fstest.MapFS{"00002_more.sql": {Data: []byte("-- +goose Up\nCREATE TABLE more (id BIGINT);\n")}}
	for name, file := range shelves {
		newer[name] = file
	}
	if err := db.Migrate(t.Context(), "shelves", newer); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "shelves", shelves); err == nil {
		t.Fatal("an older program opened a newer database")
	}
	// Another room starts from the beginning.
	if err := db.Migrate(t.Context(), "boxes", fstest.MapFS{"00001_boxes.sql": {Data: []byte("-- +goose Up\nCREATE TABLE boxes (id BIGINT);\n")}}); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskIsSaidInWords(t *testing.T) {
	db := openTest(t)
	err := db.Write(t.Context(), func(tx *Tx) error {
		if _, err := tx.Exec("PRAGMA max_page_count = 8"); err != nil {
			return err
		}
		_, err := tx.Exec("CREATE TABLE crowd AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n LIMIT 1000) SELECT x, hex(zeroblob(500)) FROM n")
		return err
	})
	if p := playlists.ProblemOf(err); p == nil || p.Code != "disk_full" || p.Kind != playlists.Unavailable {
		t.Errorf("got %v", err)
	}
}
