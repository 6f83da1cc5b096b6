package ledger

import (
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// hears lets people say whether they heard the round's airing due at due.
func (d *desk) hears(round playlists.RoundID, due time.Time, heard bool) {
	d.Helper()
	d.must(d.db.Write(d.Context(), func(tx *store.Tx) error { return d.SetHeard(d.Context(), tx, horn, round, due, heard) }))
}

func TestWhatAPersonHeardIsEvidenceOfAPersonWhicheverComesFirst(t *testing.T) {
	for _, test := range []struct {
		name  string
		first bool
	}{{"the word first", true}, {"the play first", false}} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			everyHour(d)
			if test.first {
				d.hears(washing, at(6, 0), true)
			}
			d.send(both(at(6, 0), 1, 0)...)
			if !test.first {
				d.hears(washing, at(6, 0), true)
			}
			d.hears(washing, at(6, 0), true) // again
			for _, p := range d.plays() {
				if p.Evidence != playlists.EvidencePerson {
					t.Errorf("entry %d: evidence %d", p.Entry, p.Evidence)
				}
			}
			d.hears(washing, at(6, 0), false)
			for _, p := range d.plays() {
				if p.Evidence != playlists.EvidencePlayer {
					t.Errorf("after all nobody heard entry %d: evidence %d", p.Entry, p.Evidence)
				}
			}
		})
	}
}

func TestAPersonsWordLowersNothingAndRaisesNoSilence(t *testing.T) {
	for _, test := range []struct {
		name     string
		reported playlists.Evidence
		sounded  int64
		want     playlists.Evidence
	}{
		{"a microphone heard it", playlists.EvidenceMic, 5000, playlists.EvidenceMic},
		{"nothing came out", playlists.EvidencePlayer, 0, playlists.EvidencePlayer},
		{"level came out", playlists.EvidenceLevel, 5000, playlists.EvidencePerson},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			everyHour(d)
			reports := both(at(6, 0), 1, 0)
			for i := range reports {
				reports[i].Play.Evidence, reports[i].Play.Sounded = test.reported, playlists.Millis(test.sounded)
			}
			d.send(reports...)
			d.hears(washing, at(6, 0), true)
			for _, p := range d.plays() {
				if p.Evidence != test.want {
					t.Errorf("evidence %d, not %d", p.Evidence, test.want)
				}
			}
		})
	}
}

func TestMicrophonesAreRememberedByTerminal(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.send(both(at(6, 0), 1, 0)...)
	reports := both(at(7, 0), 1, 0)
	reports[0].Play.Evidence = playlists.EvidenceMic
	began := reports[0].Play.Begin
	d.send(reports...)
	d.must(d.db.Read(t.Context(), func(tx *store.Tx) error {
		all, err := d.HeardByMicrophone(t.Context(), tx)
		if len(all) != 1 || !all[horn].Equal(began) {
			t.Errorf("%v, not %v", all, began)
		}
		return err
	}))
}

func TestTheRingTestIsCountedAsPlayedAndReachesNobody(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	for i := range d.town.published[horn] {
		d.town.published[horn][i].Programme.Rounds[0].ID = playlists.RingTest
	}
	reports := both(at(6, 0), 1, 0)
	for i := range reports {
		p := reports[i].Play
		p.Round, p.Airing = playlists.RingTest, playlists.NewAiringID(playlists.RingTest, p.Due, horn)
	}
	d.send(reports...)
	if c := d.figures(); c.Planned != 6 || c.Played != 1 {
		t.Errorf("%+v", c)
	}
	d.must(d.db.Read(t.Context(), func(tx *store.Tx) error {
		completed, err := d.Completed(t.Context(), tx, at(0, 0), at(12, 0))
		if len(completed) != 0 {
			t.Errorf("it reached households: %+v", completed)
		}
		return err
	}))
}
