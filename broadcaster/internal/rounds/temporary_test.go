package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// funeral is quiet for a society for a day from now on.
func (f *fixture) funeral() TemporaryQuiet {
	return TemporaryQuiet{
		TemporaryQuiet: playlists.TemporaryQuiet{Grid: laoling, End: f.clock().Add(24 * time.Hour)},
		Reason:         QuietFuneral, Note: "陈家", By: "关主任", ByID: "guan",
	}
}

func TestTemporaryQuietReachesWhomItIsMeantFor(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*TemporaryQuiet)
		want   ids
	}{
		{"a society", func(*TemporaryQuiet) {}, ids{"laoling"}},
		{"a village", func(q *TemporaryQuiet) { q.Grid = shangxi }, ids{"laoling", "shangxi", "xianfeng"}},
		{"one horn of a village", func(q *TemporaryQuiet) { q.Grid, q.Terminal = shangxi, "xianfeng" }, ids{"xianfeng"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			quiet := f.funeral()
			test.change(&quiet)
			made := must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), quiet))
			if diff := cmp.Diff(test.want, f.told()); diff != "" {
				t.Errorf("terminals that have news (-want +got):\n%s", diff)
			}
			want := []playlists.TemporaryQuiet{{
				Grid: quiet.Grid, Name: "丧事", Begin: f.clock().UTC(), End: f.clock().UTC().Add(24 * time.Hour),
			}}
			if diff := cmp.Diff(want, f.read(test.want[0]).Temporary); diff != "" {
				t.Errorf("temporary quiet (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]TemporaryQuiet{made}, must[[]TemporaryQuiet](t)(f.TemporaryQuiet(t.Context(), f.clock()))); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTemporaryQuietEndsEarlyAndIsRecorded(t *testing.T) {
	f := newFixture(t)
	quiet := must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), f.funeral()))
	f.pass(time.Hour)
	f.ok(f.EndTemporaryQuiet(t.Context(), quiet.ID, "李四"))
	if p := f.read("laoling"); p.Revision != 2 || len(p.Temporary) != 1 || !p.Temporary[0].End.Equal(f.clock()) {
		t.Errorf("ended at %v: %+v", f.clock(), p.Temporary)
	}
	if diff := cmp.Diff([]string{"quiet_unknown"}, codes(f.EndTemporaryQuiet(t.Context(), quiet.ID, "李四"))); diff != "" {
		t.Errorf("ending what is over (-want +got):\n%s", diff)
	}
	later := f.funeral()
	later.Begin, later.End = f.clock().Add(24*time.Hour), f.clock().Add(48*time.Hour)
	later = must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), later))
	f.ok(f.EndTemporaryQuiet(t.Context(), later.ID, "李四"))
	if diff := cmp.Diff([]string{"quiet_unknown"}, codes(f.EndTemporaryQuiet(t.Context(), later.ID, "李四"))); diff != "" {
		t.Errorf("ending what was called off (-want +got):\n%s", diff)
	}
	if p := f.read("laoling"); len(p.Temporary) != 1 {
		t.Errorf("what was ended before it began is still planned: %+v", p.Temporary)
	}
	all := must[[]TemporaryQuiet](t)(f.TemporaryQuiet(t.Context(), time.Time{}))
	if len(all) != 2 || all[0].EndedBy != "李四" || all[1].EndedBy != "李四" || all[1].By != "关主任" {
		t.Errorf("recorded: %+v", all)
	}
	var acts []string
	for _, c := range must[[]Change](t)(f.Changes(t.Context(), ChangeFilter{Subject: SubjectTemporaryQuiet})) {
		acts = append(acts, string(c.Act)+" "+c.By)
	}
	if diff := cmp.Diff([]string{"ended 李四", "made 关主任", "ended 李四", "made 关主任"}, acts); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	f.pass(4 * 24 * time.Hour)
	f.ok(f.refresh(t.Context()))
	if p := f.read("laoling"); p.Temporary != nil {
		t.Errorf("days later it still travels: %+v", p.Temporary)
	}
}

func TestTemporaryQuietThatCannotBeIsRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*TemporaryQuiet)
		want   []string
	}{
		{"72 hours", func(q *TemporaryQuiet) { q.End = q.End.Add(48 * time.Hour) }, nil},
		{"longer than 72 hours", func(q *TemporaryQuiet) { q.End = q.End.Add(48*time.Hour + time.Second) }, []string{"quiet_too_long end"}},
		{"an end in the past", func(q *TemporaryQuiet) { q.End = q.End.Add(-25 * time.Hour) }, []string{"quiet_ends_before_it_begins end"}},
		{"years ahead", func(q *TemporaryQuiet) {
			q.Begin, q.End = q.End.AddDate(3, 0, 0), q.End.AddDate(3, 0, 1)
		}, []string{"moment_out_of_range begin"}},
		{"no reason", func(q *TemporaryQuiet) { q.Reason = "" }, []string{"quiet_reason_unknown reason"}},
		{"a grid that is not there", func(q *TemporaryQuiet) { q.Grid = "1" }, []string{"grid_unknown grid"}},
		{"a horn of the neighbours", func(q *TemporaryQuiet) { q.Terminal = "rulin" }, []string{"terminal_unknown terminal"}},
		{"everything at once", func(q *TemporaryQuiet) { *q = TemporaryQuiet{Note: "一\n二"} }, []string{
			"text_unreadable note", "quiet_reason_unknown reason", "quiet_ends_before_it_begins end", "grid_unknown grid",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			quiet := f.funeral()
			test.change(&quiet)
			_, err := f.AddTemporaryQuiet(t.Context(), quiet)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
