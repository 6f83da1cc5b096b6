package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func evening(grid playlists.GridCode, percent, floor, highest int) VolumeRule {
	return VolumeRule{VolumeRule: playlists.VolumeRule{
		Grid: grid, From: 19 * 3600, To: 22 * 3600, Percent: percent, Floor: floor, Cap: highest,
	}}
}

func TestVolumeIsInheritedAndTheTerminalsOwnComesLast(t *testing.T) {
	f := newFixture(t)
	must[VolumeRule](t)(f.SaveVolume(t.Context(), evening(town, 50, 20, 60), "关主任"))
	lower := must[VolumeRule](t)(f.SaveVolume(t.Context(), evening(shangxi, 30, 0, 30), "李四"))
	p := f.read("laoling")
	if diff := cmp.Diff([]playlists.VolumeRule{
		evening(town, 50, 20, 60).VolumeRule, evening(shangxi, 30, 0, 30).VolumeRule, {To: playlists.EndOfDay, Percent: 80},
	}, p.Volume); diff != "" {
		t.Errorf("volume (-want +got):\n%s", diff)
	}
	at := func(terminal playlists.TerminalID, hour int) int {
		percent, _, err := timetable.Volume(f.read(terminal), time.Date(2026, 1, 23, hour, 0, 0, 0, shanghai(t)))
		f.ok(err)
		return percent
	}
	if got := []int{at("laoling", 20), at("rulin", 20), at("laoling", 12)}; !cmp.Equal(got, []int{30, 60, 80}) {
		t.Errorf("in a village with a cap, without one, and at noon: %v percent", got)
	}
	lower.Percent, lower.Cap = 40, 40
	must[VolumeRule](t)(f.SaveVolume(t.Context(), lower, "李四"))
	if got := at("laoling", 20); got != 40 {
		t.Errorf("changed: %d percent", got)
	}
	f.ok(f.RemoveVolume(t.Context(), lower.ID, "李四"))
	if got := at("laoling", 20); got != 60 {
		t.Errorf("removed: %d percent", got)
	}
	if all := must[[]VolumeRule](t)(f.Volume(t.Context())); len(all) != 1 || all[0].By != "关主任" {
		t.Errorf("kept: %+v", all)
	}
}

func TestAVolumeWithoutACapIsNotOverruledByWhatATerminalIsSetTo(t *testing.T) {
	for _, test := range []struct {
		name      string
		rule      VolumeRule
		cap, want int
	}{
		{"without a cap", evening(town, 30, 0, 0), 30, 30},
		{"with a higher cap", evening(town, 30, 0, 60), 60, 60},
		{"silent", evening(town, 0, 0, 0), 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			kept := must[VolumeRule](t)(f.SaveVolume(t.Context(), test.rule, "关主任"))
			if all := must[[]VolumeRule](t)(f.Volume(t.Context())); kept.Cap != test.cap || all[0].Cap != test.cap {
				t.Errorf("kept with cap %d, read %d", kept.Cap, all[0].Cap)
			}
			got, _, err := timetable.Volume(f.read("laoling"), time.Date(2026, 1, 23, 20, 0, 0, 0, shanghai(t)))
			if f.ok(err); got != test.want {
				t.Errorf("%d percent, want %d", got, test.want)
			}
		})
	}
}

func TestAVolumeThatContradictsItselfIsRefused(t *testing.T) {
	for _, test := range []struct {
		name string
		rule VolumeRule
		want []string
	}{
		{"louder than full", evening(town, 101, 0, 0), []string{"volume_range percent"}},
		{"below nothing", evening(town, -1, 0, 0), []string{"volume_range percent"}},
		{"above its own cap", evening(town, 70, 0, 60), []string{"volume_range percent"}},
		{"below its own floor", evening(town, 30, 40, 0), []string{"volume_range percent"}},
		{"a negative cap", evening(town, 0, 0, -1), []string{"volume_range percent"}},
		{"of nobody", evening("1", 30, 0, 0), []string{"grid_unknown grid"}},
		{"at no time", VolumeRule{VolumeRule: playlists.VolumeRule{Grid: town}}, []string{"quiet_span_impossible to"}},
		{"all day", VolumeRule{VolumeRule: playlists.VolumeRule{Grid: town, To: playlists.EndOfDay}}, nil},
		{"that is not there", VolumeRule{ID: "x"}, []string{"volume_unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			_, err := f.SaveVolume(t.Context(), test.rule, "关主任")
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
