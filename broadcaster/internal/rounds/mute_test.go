package rounds

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// hush is the mute of a horn by its village, until somebody lifts it.
func hush() Mute {
	return Mute{Terminal: "laoling", Mute: playlists.Mute{By: "陈社长", Grid: shangxi, Reason: " 有人反映太吵 "}}
}

func TestAMuteReachesItsHornAtOnceAndIsRecordedWhenItIsOrderedAndWhenItIsLifted(t *testing.T) {
	f := newFixture(t)
	made := must[Mute](t)(f.AddMute(t.Context(), hush()))
	if diff := cmp.Diff(ids{"laoling"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	want := playlists.Mute{
		From: f.clock().UTC(), Until: f.clock().UTC().Add(playlists.MaxMute), By: "陈社长", Grid: shangxi, Reason: "有人反映太吵",
	}
	if diff := cmp.Diff([]playlists.Mute{want}, f.read("laoling").Mutes); diff != "" {
		t.Errorf("mutes (-want +got):\n%s", diff)
	}
	if !made.Open() || !made.Holds(f.clock()) {
		t.Errorf("made %+v", made)
	}
	f.pass(time.Hour)
	f.ok(f.LiftMute(t.Context(), made.ID, "关主任"))
	if got := f.read("laoling").Mutes; len(got) != 1 || !got[0].Until.Equal(f.clock()) {
		t.Errorf("lifted at %v: %+v", f.clock(), got)
	}
	if diff := cmp.Diff([]string{"mute_unknown"}, codes(f.LiftMute(t.Context(), made.ID, "关主任"))); diff != "" {
		t.Errorf("lifting what is over (-want +got):\n%s", diff)
	}
	var acts []string
	for _, c := range must[[]Change](t)(f.Changes(t.Context(), ChangeFilter{Subject: SubjectMute, Grid: laoling})) {
		acts = append(acts, strings.Join([]string{string(c.Act), c.By, c.Name}, " "))
	}
	if diff := cmp.Diff([]string{"ended 关主任 老龄社喇叭", "made 陈社长 老龄社喇叭"}, acts); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if all := must[[]Mute](t)(f.Mutes(t.Context(), time.Time{})); len(all) != 1 || all[0].EndedBy != "关主任" || all[0].Holds(f.clock()) {
		t.Errorf("kept: %+v", all)
	}
	f.pass(4 * 24 * time.Hour)
	f.ok(f.refresh(t.Context()))
	if p := f.read("laoling"); p.Mutes != nil {
		t.Errorf("days later it still travels: %+v", p.Mutes)
	}
}

func TestAMuteThatCannotBeIsRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(f *fixture, m *Mute)
		want   []string
	}{
		{"30 days", func(f *fixture, m *Mute) { m.Until = f.clock().Add(playlists.MaxMute) }, nil},
		{"the horn's own grid", func(_ *fixture, m *Mute) { m.Grid = laoling }, nil},
		{"longer than 30 days", func(f *fixture, m *Mute) { m.Until = f.clock().Add(playlists.MaxMute + time.Second) }, []string{"mute_too_long until"}},
		{"an end that has passed", func(f *fixture, m *Mute) { m.Until = f.clock() }, []string{"mute_ends_before_it_begins until"}},
		{"no reason", func(_ *fixture, m *Mute) { m.Reason = "  " }, []string{"text_missing reason"}},
		{"two lines of reason", func(_ *fixture, m *Mute) { m.Reason = "太吵\n真的" }, []string{"text_unreadable reason"}},
		{"a horn that is not there", func(_ *fixture, m *Mute) { m.Terminal = "nobody" }, []string{"terminal_unknown terminal"}},
		{"a neighbour's horn", func(_ *fixture, m *Mute) { m.Terminal = "rulin" }, []string{"terminal_unknown terminal"}},
		{"from below", func(_ *fixture, m *Mute) { m.Grid = group }, []string{"terminal_unknown terminal"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			m := hush()
			test.change(f, &m)
			_, err := f.AddMute(t.Context(), m)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestANodeMutesAHornOnceAndASuperiorMayToo(t *testing.T) {
	f := newFixture(t)
	must[Mute](t)(f.AddMute(t.Context(), hush()))
	if _, err := f.AddMute(t.Context(), hush()); !cmp.Equal(codes(err), []string{"muted_already"}) {
		t.Errorf("muted twice: %v", err)
	}
	above := hush()
	above.Grid = town
	must[Mute](t)(f.AddMute(t.Context(), above))
	if got := f.read("laoling").Mutes; len(got) != 2 {
		t.Errorf("travel: %+v", got)
	}
}

func TestNobodyMutesAHornWithoutEnd(t *testing.T) {
	f := newFixture(t)
	for range maxMutesOf {
		m := must[Mute](t)(f.AddMute(t.Context(), hush()))
		f.pass(time.Second)
		f.ok(f.LiftMute(t.Context(), m.ID, "关主任"))
	}
	if _, err := f.AddMute(t.Context(), hush()); !cmp.Equal(codes(err), []string{"mutes_too_many"}) {
		t.Errorf("once more: %v", err)
	}
}

func TestAGridWhoseMuteHoldsDoesNotVanish(t *testing.T) {
	f := newFixture(t)
	m := must[Mute](t)(f.AddMute(t.Context(), hush()))
	vanish := func() []string {
		return codes(f.store.Read(t.Context(), func(tx *store.Tx) error {
			return f.MayVanish(t.Context(), tx, []playlists.GridCode{shangxi})
		}))
	}
	if got := vanish(); !cmp.Equal(got, []string{"grid_in_use"}) {
		t.Errorf("while it holds: %v", got)
	}
	f.ok(f.LiftMute(t.Context(), m.ID, "关主任"))
	f.pass(time.Second)
	if got := vanish(); got != nil {
		t.Errorf("afterwards: %v", got)
	}
}

func TestWhoeverAsksWhyIsToldWhoMutedTheHornAndWhatForAndUntilWhen(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 7, 30, laoling)))
	m := hush()
	m.Until = f.clock().Add(2 * time.Hour)
	must[Mute](t)(f.AddMute(t.Context(), m))
	for _, test := range []struct {
		name         string
		hour, minute int
		want         []string
	}{
		{"a round", 7, 30, []string{"why_silent", "why_missed"}},
		{"nothing else", 8, 30, []string{"why_silent"}},
		{"afterwards", 9, 30, []string{"why_nothing"}},
	} {
		got, because := f.why("laoling", 0, test.hour, test.minute)
		if !cmp.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
			continue
		}
		for _, line := range because.Lines {
			if line.Code == "why_nothing" {
				continue
			}
			if by := line.By; line.Cause != playlists.CauseMuted || by.Name != "陈社长" || by.Reason != "有人反映太吵" || !by.Until.Equal(m.Until) {
				t.Errorf("%s: %+v", test.name, line)
			}
		}
	}
}

func TestWhatIsPlayedByHandAtAMutedHornIsRefused(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	must[Mute](t)(f.AddMute(t.Context(), hush()))
	now := PlayNow{Playlist: list.ID, Targets: []playlists.GridCode{laoling}, Owner: town, By: "关主任"}
	if _, err := f.PlayNow(t.Context(), now); !cmp.Equal(codes(err), []string{"muted_now"}) {
		t.Errorf("at the muted horn: %v", err)
	}
	now.Targets = []playlists.GridCode{shangxi}
	must[Round](t)(f.PlayNow(t.Context(), now))
}

func TestACheckTellsOfMutedHorns(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	m := hush()
	m.Until = f.clock().Add(40 * time.Minute) // 7:40
	must[Mute](t)(f.AddMute(t.Context(), m))
	for minute, want := range map[int]string{5: "falls_into_mute", 30: "moved_by_mute"} {
		warnings := must[Preview](t)(f.Check(t.Context(), daily("早间", list.ID, 7, minute, laoling, shangxi))).Warnings
		last := warnings[len(warnings)-1]
		if last.Code != want || last.Args["by"] != "陈社长" {
			t.Errorf("07:%02d: %+v", minute, warnings)
		}
	}
}
