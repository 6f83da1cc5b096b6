package rounds

import (
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
)

func TestABookOfTheFirstVersionIsReadOn(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "dalaba.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const first = "00001_rounds.sql"
	text, err := fs.ReadFile(Migrations(), first)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "rounds", fstest.MapFS{first: {Data: text}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, row := range []string{
			"INSERT INTO playlists VALUES ('p', '早间', '440605104', '关主任', 1)",
			"INSERT INTO rounds VALUES ('r', '晨播', 'p', '{}', 'announcement', 1, '440605104', FALSE, 1, '关主任', 1)",
		} {
			if _, err := tx.Exec(row); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	const second = "00002_programme.sql"
	more, err := fs.ReadFile(Migrations(), second)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "rounds", fstest.MapFS{first: {Data: text}, second: {Data: more}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO volume_rules VALUES ('a', '440605104', 0, 60, 30, 0, 0, '关主任', 1),
			('b', '440605104', 0, 60, 30, 0, 60, '关主任', 2), ('c', '440605104', 0, 60, 0, 0, 0, '关主任', 3)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "rounds", Migrations()); err != nil {
		t.Fatal(err)
	}
	if err := db.Read(t.Context(), func(tx *store.Tx) error {
		rounds, err := roundssql.New(tx.Tx).Rounds(t.Context())
		if len(rounds) != 1 || rounds[0].Name != "晨播" || rounds[0].Mandatory || rounds[0].QuotaStarts != 0 || rounds[0].MadeBy != "关主任" {
			t.Errorf("rounds: %+v", rounds)
		}
		if err != nil {
			return err
		}
		volume, err := roundssql.New(tx.Tx).VolumeRules(t.Context())
		if len(volume) != 3 || volume[0].Cap != 30 || volume[1].Cap != 60 || volume[2].Cap != 1 {
			t.Errorf("a percent without a cap: %+v", volume)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
