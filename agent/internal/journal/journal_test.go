package journal

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

var morning = time.Date(2026, 1, 23, 7, 30, 0, 0, time.UTC)

func open(t *testing.T, folder, boot string) *Journal {
	t.Helper()
	j, err := Open(Options{Folder: folder, Boot: boot, Process: "p", Log: slog.New(slog.DiscardHandler), unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func closing(t *testing.T, j *Journal) {
	t.Helper()
	must(t, j.Close())
}

// play is entry of an airing that asks for two.
func play(event string, entry int) playlists.Play {
	begin := morning.Add(time.Duration(entry) * 10 * time.Second)
	return playlists.Play{
		Event: event, Airing: playlists.NewAiringID("r", morning, "t"), Round: "r", Due: morning, Revision: 3,
		Attempt: 1, Entry: entry, Entries: 2, Begin: begin, Clip: playlists.Digest{1}, Volume: 80, Output: "file",
	}
}

func complete(p playlists.Play) playlists.Play {
	p.End, p.Sounded, p.Result, p.Evidence = p.Begin.Add(10*time.Second), 10_000, playlists.ResultComplete, playlists.EvidenceLevel
	return p
}

func rowsOf(t *testing.T, j *Journal) []playlists.Report {
	t.Helper()
	rows, err := j.Rows(500)
	must(t, err)
	return rows
}

func TestAPlayBecomesOneRowUntilItIsAcknowledged(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "b")
	must(t, j.Start(play("e", 0)))
	must(t, j.Mark("e", 5000, true))
	if rows := rowsOf(t, j); len(rows) != 0 {
		t.Errorf("an open play is delivered: %+v", rows)
	}
	must(t, j.End(complete(play("e", 0))))
	want := complete(play("e", 0))
	for range 2 {
		if diff := cmp.Diff([]playlists.Report{{Seq: 1, Play: &want}}, rowsOf(t, j)); diff != "" {
			t.Fatal(diff)
		}
		id := j.ID()
		closing(t, j)
		if j = open(t, folder, "b"); j.ID() != id {
			t.Fatal("the journal has another id")
		}
	}
	must(t, j.Ack(1))
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if rows := rowsOf(t, j); len(rows) != 0 || j.Acked() != 1 {
		t.Errorf("acknowledged through %d, and there is %+v", j.Acked(), rows)
	}
	must(t, j.Misses([]playlists.Miss{{Round: "r", Due: morning, Cause: playlists.CauseClipAbsent}}))
	if rows := rowsOf(t, j); len(rows) != 1 || rows[0].Seq != 2 {
		t.Errorf("%+v", rows)
	}
}

func TestWhatTheLastProcessLeftOpenIsClosedOnce(t *testing.T) {
	for _, c := range []struct {
		name, boot string
		want       playlists.Cause
	}{
		{"the agent died", "b", playlists.CauseAgentDown},
		{"the machine was off", "another", playlists.CausePowerOff},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			j := open(t, folder, "b")
			must(t, j.Alive(morning))
			must(t, j.Start(play("e", 0)))
			must(t, j.Mark("e", 1000, true))
			must(t, j.Mark("e", 2000, true))
			closing(t, j)
			want := play("e", 0)
			want.Result, want.Cause, want.Sounded = playlists.ResultCut, c.want, 2000
			want.End, want.Evidence = want.Begin.Add(2*time.Second), playlists.EvidenceLevel
			for range 2 {
				j = open(t, folder, c.boot)
				if diff := cmp.Diff([]playlists.Report{{Seq: 1, Play: &want}}, rowsOf(t, j)); diff != "" {
					t.Error(diff)
				}
				closing(t, j)
			}
		})
	}
}

func TestTheNextProcessKnowsHowLongItSlept(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "b")
	if since, cause := j.Slept(); cause != "" || !since.IsZero() {
		t.Errorf("a new journal slept since %v: %s", since, cause)
	}
	must(t, j.Alive(morning))
	must(t, j.Outage(Outage{Cause: playlists.CauseDeviceError, Begin: morning.Add(-time.Minute)}))
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if since, cause := j.Slept(); cause != playlists.CauseAgentDown || !since.Equal(morning) {
		t.Errorf("slept since %v: %s", since, cause)
	}
	facts := j.Facts(time.Time{})
	want := []timetable.Fact{{Kind: timetable.FactOutage, Cause: playlists.CauseDeviceError, Begin: morning.Add(-time.Minute), End: morning}}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Error(diff)
	}
}

func TestAgentsThatNeverKnewTheTimeAreNoPowerCut(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "a")
	must(t, j.Alive(morning))
	for i, want := range []playlists.Cause{playlists.CausePowerOff, playlists.CauseClockUntrusted, playlists.CauseClockUntrusted} {
		closing(t, j)
		j = open(t, folder, fmt.Sprint("boot ", i))
		if since, cause := j.Slept(); cause != want || !since.Equal(morning) {
			t.Errorf("slept since %v: %s, want %s", since, cause, want)
		}
	}
	must(t, j.Alive(morning.Add(time.Hour)))
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if since, cause := j.Slept(); cause != playlists.CausePowerOff || !since.Equal(morning.Add(time.Hour)) {
		t.Errorf("slept since %v: %s", since, cause)
	}
}

func TestBackgroundGoesOnBehindWhatHasSounded(t *testing.T) {
	j := open(t, t.TempDir(), "b")
	defer closing(t, j)
	for i, p := range []playlists.Play{play("a", 0), play("b", 1)} {
		p.Attempt, p.Entries = i+1, 3
		must(t, j.Start(p))
		must(t, j.End(complete(p)))
	}
	entries := map[int]int{}
	for _, f := range j.Facts(time.Time{}) {
		entries[f.Attempt] = f.Entries
	}
	if diff := cmp.Diff(map[int]int{1: 1, 2: 2}, entries); diff != "" {
		t.Error(diff)
	}
}

func TestFactsOutliveTheProcess(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "b")
	airing := play("", 0).Airing
	for entry := range 2 {
		p := play(fmt.Sprint(entry), entry)
		must(t, j.Start(p))
		must(t, j.End(complete(p)))
	}
	missed := playlists.Miss{Airing: playlists.AiringID{9}, Due: morning, Cause: playlists.CausePreempted, By: "镇里"}
	must(t, j.Misses([]playlists.Miss{missed}))
	must(t, j.Outage(Outage{Cause: playlists.CauseClockUntrusted, Begin: morning, End: morning.Add(time.Second)}))
	want := []timetable.Fact{
		{Kind: timetable.FactMissed, Begin: morning, Airing: missed.Airing, Cause: missed.Cause, By: missed.By},
		{Kind: timetable.FactOutage, Begin: morning, End: morning.Add(time.Second), Cause: playlists.CauseClockUntrusted},
		{Kind: timetable.FactSounded, Begin: morning, End: morning.Add(20 * time.Second), Airing: airing, Attempt: 1, Whole: true, Entries: 2},
	}
	inOrder := cmpopts.SortSlices(func(a, b timetable.Fact) bool { return a.Kind < b.Kind })
	for range 2 {
		if diff := cmp.Diff(want, j.Facts(morning), inOrder); diff != "" {
			t.Error(diff)
		}
		if !j.Missed(missed.Airing) || j.Missed(airing) {
			t.Error("missed is not what was missed")
		}
		closing(t, j)
		j = open(t, folder, "b")
	}
	if facts := j.Facts(morning.Add(time.Hour)); len(facts) != 0 {
		t.Errorf("facts of another time: %v", facts)
	}
	closing(t, j)
}

func TestAnAttemptThatStoppedBetweenEntriesIsNotWhole(t *testing.T) {
	j := open(t, t.TempDir(), "b")
	defer closing(t, j)
	must(t, j.Start(play("e", 0)))
	must(t, j.End(complete(play("e", 0))))
	facts := j.Facts(time.Time{})
	if len(facts) != 1 || facts[0].Whole || facts[0].Entries != 1 || facts[0].Cause != "" {
		t.Errorf("%+v", facts)
	}
}

func TestAccountsNameTheRevisionsSinceTheLast(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "b")
	must(t, j.InForce(4, time.Time{}))
	must(t, j.InForce(4, time.Time{}))
	must(t, j.Account(morning))
	must(t, j.InForce(6, time.Time{}))
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if !j.Unaccounted() {
		t.Error("a new programme is not noticed")
	}
	must(t, j.Account(morning.Add(time.Hour)))
	must(t, j.Account(morning.Add(2*time.Hour)))
	var got [][]uint64
	for _, r := range rowsOf(t, j) {
		got = append(got, r.Accounted.Revisions)
	}
	if diff := cmp.Diff([][]uint64{{4}, {4, 6}, {6}}, got); diff != "" {
		t.Error(diff)
	}
	if !j.Accounted().Equal(morning.Add(2 * time.Hour)) {
		t.Errorf("accounted through %v", j.Accounted())
	}
}

func TestAnAccountNamesWhatWasInForceWhenTheLastOneEnded(t *testing.T) {
	j := open(t, t.TempDir(), "b")
	defer closing(t, j)
	must(t, j.InForce(3, morning))
	must(t, j.InForce(4, morning.Add(4*time.Second)))
	// What was due at the very end of this account belongs to the next, and revision 3 asked for it.
	must(t, j.Account(morning.Add(time.Second)))
	must(t, j.Account(morning.Add(20*time.Second)))
	must(t, j.Account(morning.Add(time.Hour)))
	var got [][]uint64
	for _, r := range rowsOf(t, j) {
		got = append(got, r.Accounted.Revisions)
	}
	if diff := cmp.Diff([][]uint64{{3, 4}, {3, 4}, {4}}, got); diff != "" {
		t.Error(diff)
	}
}
