package rounds

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestEveryChangeIsWrittenDownWithWhoWhatAndWhen(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	f.pass(time.Minute)
	before := round
	round.Name, round.Quota = "早播", Quota{Starts: 1}
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四")) // says nothing new
	f.ok(f.Pause(t.Context(), round.ID, true, "李四"))
	f.ok(f.Pause(t.Context(), round.ID, true, "李四"))
	f.ok(f.Pause(t.Context(), round.ID, false, "关主任"))
	f.ok(f.RemoveRound(t.Context(), round.ID, "李四"))
	f.ok(f.RemovePlaylist(t.Context(), list.ID, "李四"))
	f.ok(f.RemoveAnnouncement(t.Context(), list.Entries[0].Announcement, "李四"))
	rule := must[Quiet](t)(f.AddQuiet(t.Context(), laoling, 12*3600, 14*3600, "午休", "关主任"))
	f.ok(f.RemoveQuiet(t.Context(), rule.ID, "李四"))

	all := must[[]Change](t)(f.Changes(t.Context(), ChangeFilter{}))
	var got []string
	for _, c := range all {
		got = append(got, string(c.Subject)+" "+string(c.Act)+" "+c.Name+" "+c.By)
	}
	want := []string{
		"quiet removed 12:00–14:00 李四", "quiet made 12:00–14:00 关主任", "announcement removed 勤洗手 李四", "playlist removed 早间 李四",
		"round removed 早播 李四", "round resumed 早播 关主任", "round paused 早播 李四", "round changed 早播 李四", "round made 晨播 关主任",
		"playlist made 早间 关主任", "announcement made 勤洗手 关主任",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	var was, is Round
	f.ok(json.Unmarshal(all[7].Before, &was))
	f.ok(json.Unmarshal(all[7].After, &is))
	if diff := cmp.Diff([]Round{before, round}, []Round{was, is}); diff != "" {
		t.Errorf("before and after (-want +got):\n%s", diff)
	}
	if !all[7].At.Equal(f.clock()) || all[7].Grid != town || all[8].Before != nil || all[4].After != nil {
		t.Errorf("change: %+v", all[7])
	}
}

func TestChangesAreFiltered(t *testing.T) {
	f := newFixture(t)
	start := f.clock()
	list := f.list()
	f.pass(time.Hour)
	local := daily("村里", list.ID, 7, 30, laoling)
	local.Owner = shangxi
	round := must[Round](t)(f.CreateRound(t.Context(), local))
	for _, test := range []struct {
		name string
		in   ChangeFilter
		want int
	}{
		{"all", ChangeFilter{}, 3},
		{"rounds", ChangeFilter{Subject: SubjectRound}, 1},
		{"one thing", ChangeFilter{Subject: SubjectPlaylist, ID: string(list.ID)}, 1},
		{"a thing of another kind", ChangeFilter{Subject: SubjectPlaylist, ID: string(round.ID)}, 0},
		{"a village", ChangeFilter{Grid: shangxi}, 1},
		{"the town with all below", ChangeFilter{Grid: town}, 3},
		{"later", ChangeFilter{From: start.Add(time.Minute)}, 1},
		{"earlier", ChangeFilter{To: start.Add(time.Minute)}, 2},
		{"a page", ChangeFilter{Most: 2}, 2},
		{"the next page", ChangeFilter{BeforeSeq: 2}, 1},
	} {
		if got := len(must[[]Change](t)(f.Changes(t.Context(), test.in))); got != test.want {
			t.Errorf("%s: %d changes, want %d", test.name, got, test.want)
		}
	}
}

func TestARoundKeepsWhatIsAskedOfIt(t *testing.T) {
	f := newFixture(t)
	draft := daily("晨播", f.list().ID, 7, 30, laoling)
	draft.Mandatory, draft.Unlimited, draft.UnlimitedReason = true, f.clock().AddDate(0, 0, 9), "防疫专题"
	draft.Quota = Quota{Starts: 1, Spacing: 60_000}
	round := must[Round](t)(f.CreateRound(t.Context(), draft))
	if kept := must[Round](t)(f.Round(t.Context(), round.ID)); !cmp.Equal(kept, round) || kept.UnlimitedReason != "防疫专题" {
		t.Error(cmp.Diff(round, kept))
	}
	if p := f.read("laoling").Rounds[0]; !p.Mandatory || !p.Unlimited.Equal(draft.Unlimited) {
		t.Errorf("in the programme: %+v", p)
	}
	for _, test := range []struct {
		name   string
		change func(*Round)
		want   []string
	}{
		{"no limit without a reason", func(r *Round) { r.UnlimitedReason = "" }, []string{"text_missing unlimited_reason"}},
		{"no limit for ever", func(r *Round) { r.Unlimited = f.clock().AddDate(2, 0, 0) }, []string{"lift_end_out_of_range unlimited_until"}},
		{"10,000 starts", func(r *Round) { r.Quota.Starts = 10_000 }, []string{"quota_range quota.starts"}},
		{"fewer than no starts", func(r *Round) { r.Quota.Starts = -1 }, []string{"quota_range quota.starts"}},
		{"days apart", func(r *Round) { r.Quota.Spacing = playlists.Millis(25 * 60 * 60 * 1000) }, []string{"spacing_range quota.spacing_ms"}},
	} {
		wrong := draft
		test.change(&wrong)
		if diff := cmp.Diff(test.want, codes(second(f.CreateRound(t.Context(), wrong)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
