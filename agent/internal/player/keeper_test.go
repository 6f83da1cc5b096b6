package player

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// signer is a publisher.
type signer struct{ ed25519.PrivateKey }

func newSigner(t *testing.T) signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key}
}

func (s signer) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	return s.Public().(ed25519.PublicKey), ed25519.Sign(s.PrivateKey, message), nil
}

func (s signer) publisher() playlists.Publisher {
	return playlists.Publisher{Key: s.Public().(ed25519.PublicKey), Grid: "440605124"}
}

var signed = time.Date(2026, 1, 23, 7, 0, 0, 0, time.UTC)

// programme is a good one for terminal t.
func programme(revision uint64, publishers ...playlists.Publisher) *playlists.Programme {
	p := round(revision, at10, playlists.Clip{Digest: playlists.Digest{1}, Duration: 1000, Dialect: "cmn"})
	p.Publishers, p.Signed, p.Expires = publishers, signed, signed.Add(playlists.ProgrammeLife)
	return p
}

func seal(t *testing.T, s signer, p *playlists.Programme) wire.Envelope {
	t.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	e, err := wire.Seal(s, wire.ContextProgramme, "t", p.Revision, p.Expires, body)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type shop struct {
	file  string
	first playlists.Publisher
	now   time.Time
	full  bool // the disk cannot be written
}

func (s *shop) open(t *testing.T) *Keeper {
	t.Helper()
	k, err := NewKeeper(KeeperOptions{
		File: s.file, Terminal: "t", Publishers: []playlists.Publisher{s.first}, Log: slog.New(slog.DiscardHandler),
		Now: func() (time.Time, bool) { return s.now, !s.now.IsZero() },
		Write: func(path string, content []byte) error {
			if s.full {
				return errors.New("disk is full")
			}
			return os.WriteFile(path, content, 0o600)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAKeeperTakesNothingButItsOwnNewerProgramme(t *testing.T) {
	town, foreign := newSigner(t), newSigner(t)
	good := func(revision uint64) *playlists.Programme { return programme(revision, town.publisher()) }
	for _, c := range []struct {
		name string
		make func() wire.Envelope
		ok   bool
	}{
		{"newer", func() wire.Envelope { return seal(t, town, good(6)) }, true},
		{"the same again", func() wire.Envelope { return seal(t, town, good(5)) }, true},
		{"the same revision, other content", func() wire.Envelope {
			p := good(5)
			p.Name = "x"
			return seal(t, town, p)
		}, false},
		{"older", func() wire.Envelope { return seal(t, town, good(4)) }, false},
		{"foreign key", func() wire.Envelope { return seal(t, foreign, good(6)) }, false},
		{"altered", func() wire.Envelope {
			e := seal(t, town, good(6))
			e.Body[len(e.Body)-2] ^= 1
			return e
		}, false},
		{"raised revision", func() wire.Envelope {
			e := seal(t, town, good(4))
			e.Revision = 6
			return e
		}, false},
		{"for another terminal", func() wire.Envelope {
			e := seal(t, town, good(6))
			e.Audience = "u"
			return e
		}, false},
		{"of another context", func() wire.Envelope {
			e := seal(t, town, good(6))
			e.Context = "event"
			return e
		}, false},
		{"expired", func() wire.Envelope {
			p := good(6)
			p.Expires = signed
			return seal(t, town, p)
		}, false},
		{"of newer rules", func() wire.Envelope {
			p := good(6)
			p.PlanVersion = timetable.Version + 1
			return seal(t, town, p)
		}, false},
		{"that is too large", func() wire.Envelope {
			p := good(6)
			p.Name = strings.Repeat("大", playlists.MaxProgramme/3)
			return seal(t, town, p)
		}, false},
		{"that says another terminal inside", func() wire.Envelope {
			p := good(6)
			p.Terminal = "u"
			return seal(t, town, p)
		}, false},
		{"that believes nobody", func() wire.Envelope { return seal(t, town, programme(6)) }, false},
		{"that contradicts itself", func() wire.Envelope {
			p := good(6)
			p.Playlists = nil
			return seal(t, town, p)
		}, false},
		{"that is no programme", func() wire.Envelope {
			e, err := wire.Seal(town, wire.ContextProgramme, "t", 6, signed.Add(time.Hour), []byte("[]"))
			if err != nil {
				t.Fatal(err)
			}
			return e
		}, false},
	} {
		s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: town.publisher(), now: signed.Add(time.Minute)}
		k := s.open(t)
		if r := k.Take(seal(t, town, good(5))); !r.InForce {
			t.Fatalf("%s: %s", c.name, r.Reason)
		}
		e := c.make()
		r := k.Take(e)
		if r.InForce != c.ok || (r.Reason == "") != c.ok || (k.Problem() == "") != c.ok {
			t.Errorf("%s: %+v, %q", c.name, r, k.Problem())
		}
		want := uint64(5)
		if c.ok {
			want = e.Revision
		}
		if again := s.open(t); k.Revision() != want || again.Revision() != want {
			t.Errorf("%s: revision %d, after a restart %d, want %d", c.name, k.Revision(), again.Revision(), want)
		}
	}
}

func TestAProgrammeOfNewerRulesLeavesTheOldOneInForceAndAsksForAnUpdate(t *testing.T) {
	town := newSigner(t)
	s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: town.publisher(), now: signed.Add(time.Minute)}
	k := s.open(t)
	older := programme(5, town.publisher())
	older.PlanVersion = timetable.Version - 1
	if r := k.Take(seal(t, town, older)); !r.InForce {
		t.Fatalf("of older rules: %s", r.Reason)
	}
	newer := programme(6, town.publisher())
	newer.PlanVersion = timetable.Version + 1
	r := k.Take(seal(t, town, newer))
	if held, _ := k.Held(); r.InForce || held == nil || held.Revision != 5 || held.PlanVersion != timetable.Version-1 {
		t.Errorf("%+v, in force %+v", r, held)
	}
	if !strings.Contains(r.Reason, "newer software") || !strings.Contains(k.Problem(), "请更新") {
		t.Errorf("%q, %q", r.Reason, k.Problem())
	}
}

func TestKeysAreHandedOnFromProgrammeToProgramme(t *testing.T) {
	first, second := newSigner(t), newSigner(t)
	s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: first.publisher(), now: signed}
	k := s.open(t)
	if r := k.Take(seal(t, second, programme(1, second.publisher()))); r.InForce {
		t.Fatal("a key that nobody handed on is believed")
	}
	for _, e := range []wire.Envelope{
		seal(t, first, programme(1, second.publisher())),
		seal(t, second, programme(2, second.publisher())),
	} {
		if r := k.Take(e); !r.InForce {
			t.Fatal(r.Reason)
		}
		k = s.open(t) // what is kept is verified with the keys that were believed when it came
		if k.Revision() != e.Revision {
			t.Fatalf("revision %d after a restart", k.Revision())
		}
	}
	if r := k.Take(seal(t, first, programme(3, first.publisher()))); r.InForce {
		t.Error("the old key is believed still")
	}
}

func TestWhatWasTamperedWithOnDiskIsNotBelieved(t *testing.T) {
	town := newSigner(t)
	s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: town.publisher(), now: signed}
	k := s.open(t)
	e := seal(t, town, programme(1, town.publisher()))
	if r := k.Take(e); !r.InForce {
		t.Fatal(r.Reason)
	}
	e.Body[10] ^= 1
	content, err := json.Marshal(kept{Envelope: e, Publishers: []playlists.Publisher{town.publisher()}})
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range [][]byte{content, []byte("{"), nil} {
		if err := os.WriteFile(s.file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		k = s.open(t)
		if p, _ := k.Held(); p != nil || k.Problem() == "" {
			t.Errorf("%.20s: held %v, problem %q", content, p, k.Problem())
		}
	}
}

func TestWhatCannotBeKeptIsInForceAndKeptLater(t *testing.T) {
	town := newSigner(t)
	s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: town.publisher()}
	k := s.open(t)
	take := func(revision uint64) {
		t.Helper()
		if r := k.Take(seal(t, town, programme(revision, town.publisher()))); !r.InForce || k.Revision() != revision {
			t.Fatalf("revision %d: %+v", revision, r)
		}
	}
	take(1)
	s.full = true
	take(2)
	take(3)
	if err := k.Keep(); err == nil || !strings.Contains(k.Problem(), "断电") {
		t.Errorf("not kept, and nobody is told: %v, %q", err, k.Problem())
	}
	if was := s.open(t).Revision(); was != 1 {
		t.Errorf("revision %d is on a full disk", was)
	}
	s.full = false
	if err := k.Keep(); err != nil || k.Problem() != "" || s.open(t).Revision() != 3 {
		t.Errorf("%v, %q, revision %d", err, k.Problem(), s.open(t).Revision())
	}
}
