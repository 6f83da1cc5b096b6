package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestEntriesAreLinesTimesRepeatsTimesDialects(t *testing.T) {
	noon := time.Date(2026, 1, 23, 4, 0, 0, 0, time.UTC)
	over := announcement("over", clip("cmn", 5))
	over.ValidUntil = noon
	early := announcement("early", clip("cmn", 5))
	early.ValidFrom = noon.Add(time.Second)
	p := &playlists.Programme{
		Dialects: []playlists.Dialect{"yue", "cmn"},
		Announcements: []playlists.Announcement{
			announcement("both", clip("cmn", 10), clip("yue", 12)), announcement("cmn", clip("cmn", 20)),
			announcement("local", clip("yue-x-jiujiang", 30)), over, early,
		},
	}
	byID := make(map[playlists.AnnouncementID]*playlists.Announcement)
	for i := range p.Announcements {
		byID[p.Announcements[i].ID] = &p.Announcements[i]
	}
	pick := func(id string, rule playlists.DialectRule, repeats, gap int) playlists.PlaylistEntry {
		return playlists.PlaylistEntry{Announcement: playlists.AnnouncementID(id), Dialects: rule, Repeats: repeats, Gap: seconds(gap)}
	}
	for _, test := range []struct {
		name string
		in   []playlists.PlaylistEntry
		want []string
	}{
		{"own is the terminal's first that there is", []playlists.PlaylistEntry{pick("both", "own", 1, 0)}, []string{"both yue 0+12"}},
		{"own is else the terminal's next", []playlists.PlaylistEntry{pick("cmn", "own", 1, 0)}, []string{"cmn cmn 0+20"}},
		{"own is else the announcement's first", []playlists.PlaylistEntry{pick("local", "own", 1, 0)}, []string{"local yue-x-jiujiang 0+30"}},
		{"all is in the terminal's order", []playlists.PlaylistEntry{pick("both", "all", 1, 0)}, []string{"both yue 0+12", "both cmn 12+10"}},
		{"all has nothing that the terminal does not speak", []playlists.PlaylistEntry{pick("local", "all", 1, 0)}, nil},
		{"a named one, though the terminal does not list it", []playlists.PlaylistEntry{pick("local", "yue-x-jiujiang", 1, 0)}, []string{"local yue-x-jiujiang 0+30"}},
		{"a named one that is not there", []playlists.PlaylistEntry{pick("cmn", "yue", 1, 0)}, nil},
		{"every dialect before the next repeat, gaps between", []playlists.PlaylistEntry{pick("both", "all", 2, 3)}, []string{
			"both yue 0+12", "both cmn 15+10", "both yue 28+12", "both cmn 43+10",
		}},
		{"lines follow each other", []playlists.PlaylistEntry{pick("cmn", "own", 2, 5), pick("both", "cmn", 1, 60)}, []string{
			"cmn cmn 0+20", "cmn cmn 25+20", "both cmn 50+10",
		}},
		{"not valid at due", []playlists.PlaylistEntry{pick("over", "own", 1, 5), pick("early", "own", 1, 5), pick("cmn", "own", 1, 5)}, []string{"cmn cmn 0+20"}},
		{"no line", nil, nil},
		{"an announcement of nowhere", []playlists.PlaylistEntry{pick("gone", "own", 1, 0)}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			pl := list("p", test.in...)
			var got []string
			for _, e := range newAsk(&pl, p.Dialects, byID, noon).entries {
				got = append(got, fmt.Sprintf("%s %s %d+%d", e.Announcement, e.Dialect, e.At/1000, e.Duration/1000))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
