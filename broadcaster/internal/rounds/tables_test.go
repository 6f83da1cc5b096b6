package rounds

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"testing/cryptotest"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

var update = flag.Bool("update", false, "write the drawn towns anew")

// townsFile holds what is planned in 20 drawn towns, a handed in a line. The player's tests read it too.
const townsFile = "../../../playlists/testdata/towns.json.gz"

// handed is one terminal's programme, as it was signed, and what the tables plan for it on a day with these facts.
type handed struct {
	Terminal playlists.TerminalID `json:"terminal"`
	// Envelope lacks its body, which stands beside it as text: so it compresses.
	Envelope wire.Envelope    `json:"envelope"`
	Body     string           `json:"body"`
	Day      playlists.Date   `json:"day"`
	Facts    []timetable.Fact `json:"facts"`
	Plan     playlists.Digest `json:"plan"`
}

// digest is of everything in a plan that can be seen from outside.
func digest(t testing.TB, airings []timetable.Airing) playlists.Digest {
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

// TestTheTownsThatThePlayerPlansAreThoseOfTheTables draws 1,000 programmes from the tables of 20 towns and plans a day of
// each, before anything is signed. The file of what was signed, and of these plans, has to say the same: the player takes
// the programmes from there, opens them again from its disk, and has to come to the same plans.
func TestTheTownsThatThePlayerPlansAreThoseOfTheTables(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 20) // ids are drawn
	var text bytes.Buffer
	lines, programmes, airings := json.NewEncoder(&text), 0, 0
	for seed := range uint64(20) {
		f := newFixture(t)
		c := &clerk{fixture: f, Rand: rand.New(rand.NewPCG(seed, 20))}
		c.write(t.Context())
		c.settle()
		c.silence(t.Context())
		var tables *book
		f.ok(f.look(t.Context(), func(_ *store.Tx, b *book) error {
			tables = b
			return nil
		}))
		for _, terminal := range f.terminals {
			e, found, err := f.Programme(t.Context(), terminal.ID)
			f.ok(err)
			if !found {
				continue // nothing touches it
			}
			held := tables.programmeOf(terminal, f.zone, tables.today)
			h := handed{Terminal: terminal.ID, Envelope: e, Body: string(e.Body), Day: tables.today.AddDays(c.IntN(14))}
			h.Envelope.Body = nil
			h.Facts = c.happened(held, h.Day)
			plan := must[[]timetable.Airing](t)(timetable.Plan(held, h.Facts, h.Day))
			h.Plan = digest(t, plan)
			f.ok(lines.Encode(h))
			programmes++
			airings += len(plan)
		}
	}
	if programmes != 1000 {
		t.Errorf("%d programmes", programmes)
	}
	t.Logf("%d airings", airings)
	if *update {
		writeTowns(t, text.Bytes())
	}
	if !bytes.Equal(text.Bytes(), readTowns(t)) {
		t.Errorf("%s says something else: go test ./broadcaster/internal/rounds -run Towns -update", townsFile)
	}
}

func writeTowns(t *testing.T, text []byte) {
	t.Helper()
	var packed bytes.Buffer
	w := must[*gzip.Writer](t)(gzip.NewWriterLevel(&packed, gzip.BestCompression))
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(townsFile, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readTowns(t *testing.T) []byte {
	t.Helper()
	packed := must[*os.File](t)(os.Open(townsFile))
	defer packed.Close()
	r := must[*gzip.Reader](t)(gzip.NewReader(packed))
	return must[[]byte](t)(io.ReadAll(r))
}
