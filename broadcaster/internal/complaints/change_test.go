package complaints

import (
	"testing"

	"dalaba/playlists"
)

func TestOnlyChangesThatTouchWhatSoundedAreShown(t *testing.T) {
	e := evidenceOf(planned(30, play("口罩", 1800, 1830, 80)))
	findings := e.heard()
	e.explain(&findings[0], &playlists.Programme{
		Zone: "Asia/Shanghai", Rounds: []playlists.Round{{ID: "morning", Owner: shangxi, Playlist: "list"}},
	})
	for _, test := range []struct {
		name string
		in   ChangeNote
		want bool
	}{
		{"its round", ChangeNote{Subject: "round", ID: "morning"}, true},
		{"another round of the grid", ChangeNote{Subject: "round", ID: "evening", Grid: laoling}, false},
		{"an airing of it was called off", ChangeNote{Subject: "cancellation", ID: "morning"}, true},
		{"its playlist", ChangeNote{Subject: "playlist", ID: "list"}, true},
		{"its announcement", ChangeNote{Subject: "announcement", ID: "口罩"}, true},
		{"another announcement", ChangeNote{Subject: "announcement", ID: "洗手"}, false},
		{"a volume of the grid", ChangeNote{Subject: "volume", Grid: laoling}, true},
		{"a volume of the village", ChangeNote{Subject: "volume", Grid: shangxi}, true},
		{"a volume of another society", ChangeNote{Subject: "volume", Grid: xianfeng}, false},
		{"temporary quiet", ChangeNote{Subject: "temporary_quiet", Grid: laoling}, true},
		{"a quiet place", ChangeNote{Subject: "quiet_place", Grid: town}, true},
		{"the night", ChangeNote{Subject: "quiet", Grid: town}, true},
		{"quiet in another village", ChangeNote{Subject: "quiet", Grid: rulin}, false},
		{"a rule of where else it was heard", ChangeNote{Subject: "volume", Grid: rulin}, false},
		{"the town's limits", ChangeNote{Subject: "limits", Grid: town}, true},
		{"holidays", ChangeNote{Subject: "holidays"}, false},
	} {
		e.changes = []ChangeNote{test.in}
		if got := len(e.since()) == 1; got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
