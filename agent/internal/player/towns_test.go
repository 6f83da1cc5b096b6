package player

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// handed is a line of the file that the broadcaster's tests write: one terminal's programme, as it was signed, and what
// the tables that it was made from plan on a day with these facts.
type handed struct {
	Terminal playlists.TerminalID `json:"terminal"`
	Envelope wire.Envelope        `json:"envelope"`
	Body     string               `json:"body"` // of the envelope
	Day      playlists.Date       `json:"day"`
	Facts    []timetable.Fact     `json:"facts"`
	Plan     playlists.Digest     `json:"plan"`
}

// digest is of everything in a plan that can be seen from outside, as the broadcaster's tests have it.
func digest(t *testing.T, airings []timetable.Airing) playlists.Digest {
	t.Helper()
	sum := sha256.New()
	lines := json.NewEncoder(sum)
	for _, a := range airings {
		if err := lines.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	return playlists.Digest(sum.Sum(nil))
}

// TestWhatTheBroadcastersTablesPlanIsPlannedFromTheDiskAfterARestart takes 1,000 programmes of 20 towns, opens each from
// the disk in another process's keeper, and has to come to the plan that the tables came to under the same facts.
func TestWhatTheBroadcastersTablesPlanIsPlannedFromTheDiskAfterARestart(t *testing.T) {
	packed, err := os.Open("../../../playlists/testdata/towns.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	text, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	folder, programmes, airings := t.TempDir(), 0, 0
	for lines := json.NewDecoder(text); lines.More(); programmes++ {
		var h handed
		if err := lines.Decode(&h); err != nil {
			t.Fatal(err)
		}
		h.Envelope.Body = []byte(h.Body)
		o := KeeperOptions{
			File: filepath.Join(folder, fmt.Sprint(programmes, ".json")), Terminal: h.Terminal, Log: slog.New(slog.DiscardHandler),
			Publishers: []playlists.Publisher{{Key: h.Envelope.Key, Grid: "440605124"}},
			Now:        func() (time.Time, bool) { return time.UnixMilli(h.Envelope.ExpiresMS).Add(-time.Hour), true },
			Write:      func(path string, content []byte) error { return os.WriteFile(path, content, 0o600) },
		}
		before, err := NewKeeper(o)
		if err != nil {
			t.Fatal(err)
		}
		if result := before.Take(h.Envelope); !result.InForce {
			t.Fatal(result.Reason)
		}
		after, err := NewKeeper(o)
		if err != nil {
			t.Fatal(err)
		}
		held, _ := after.Held()
		if held == nil {
			t.Fatal(after.Problem())
		}
		plan, err := timetable.Plan(held, h.Facts, h.Day)
		if err != nil {
			t.Fatal(err)
		}
		if digest(t, plan) != h.Plan {
			t.Fatalf("programme %d, of terminal %s: another plan", programmes, h.Terminal)
		}
		airings += len(plan)
	}
	if programmes != 1000 {
		t.Errorf("%d programmes", programmes)
	}
	t.Logf("%d airings", airings)
}
