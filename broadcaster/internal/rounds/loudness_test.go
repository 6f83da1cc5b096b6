package rounds

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// loud is a round at 20:00 for the town that asks for 80 percent.
func (f *fixture) loud() Round {
	draft := daily("晚间", f.list().ID, 20, 0, town)
	draft.Volume = 80
	return draft
}

func TestARoundAsksForItsVolumeWithinWhatTheRulesLet(t *testing.T) {
	for _, test := range []struct {
		name  string
		rules []VolumeRule
		want  []Warning
	}{
		{"no rule", nil, nil},
		{"a rule that lets it", []VolumeRule{evening(town, 50, 0, 90)}, nil},
		{"a cap", []VolumeRule{evening(town, 50, 0, 60)}, []Warning{
			{Code: "volume_held", Args: map[string]any{"percent": 80, "lowest": 60, "highest": 60}},
		}},
		{"a floor", []VolumeRule{evening(town, 95, 90, 100)}, []Warning{
			{Code: "volume_held", Args: map[string]any{"percent": 80, "lowest": 90, "highest": 90}},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			for _, rule := range test.rules {
				must[VolumeRule](t)(f.SaveVolume(t.Context(), rule, "关主任"))
			}
			draft := f.loud()
			warnings := must[Preview](t)(f.Check(t.Context(), draft)).Warnings
			if diff := cmp.Diff(test.want, warnings); diff != "" {
				t.Errorf("check (-want +got):\n%s", diff)
			}
			run := must[DryRun](t)(f.DryRun(t.Context(), draft))
			for _, o := range run.Outcomes {
				if o.Loudness.Held(draft.Volume) != (test.want != nil) {
					t.Errorf("dry run: %+v", o.Loudness)
				}
			}
			made := must[Round](t)(f.CreateRound(t.Context(), draft))
			if kept := must[Round](t)(f.Round(t.Context(), made.ID)); kept.Volume != 80 {
				t.Errorf("kept %d", kept.Volume)
			}
			if got := f.read("rulin").Rounds[0].Volume; got != 80 {
				t.Errorf("travels %d", got)
			}
		})
	}
}

func TestAVolumeThatThereIsNotIsRefused(t *testing.T) {
	f := newFixture(t)
	draft := f.loud()
	for percent, want := range map[int][]string{-1: {"volume_out_of_range volume"}, 101: {"volume_out_of_range volume"}, 100: nil, 0: nil} {
		draft.Volume = percent
		_, err := f.Check(t.Context(), draft)
		if diff := cmp.Diff(want, codes(err)); diff != "" {
			t.Errorf("%d percent (-want +got):\n%s", percent, diff)
		}
	}
	if (Loudness{}).Held(80) {
		t.Error("what does not sound is held")
	}
	if round := (&Round{}); round.bounds(&playlists.Programme{}) != "" {
		t.Error("who asks for nothing is not bounded")
	}
}
