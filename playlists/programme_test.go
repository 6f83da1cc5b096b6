package playlists

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fullProgramme has every field set that a programme can have.
func fullProgramme() *Programme {
	signed := time.Date(2026, 1, 22, 16, 0, 0, 0, time.UTC)
	return &Programme{
		Terminal: "upper-west-1", Revision: 8, PlanVersion: 1, Zone: "Asia/Shanghai", Name: "上西村 1 号喇叭", Grid: "440605123001",
		Dialects: []Dialect{"yue-x-jiujiang", "cmn"},
		Rounds: []Round{
			{
				ID: "morning", Name: "早上防疫广播", Playlist: "p1", Class: ClassAnnouncement, Lateness: DefaultLateness, Owner: "440605123",
				Since: signed, Timetable: Timetable{
					Every:    &Every{Minutes: 120, From: NewTimeOfDay(6, 30, 0), To: EndOfDay},
					Weekdays: []int{1, 7}, From: Date{2026, 1, 23}, Until: Date{2026, 2, 28}, Except: []Date{{2026, 1, 31}},
				},
			},
			{ID: "music", Name: "音乐", Playlist: "p1", Class: ClassBackground, Lateness: 1000, Owner: "440605123001", Since: signed, Timetable: Timetable{Cron: "30 7 * * *"}},
		},
		Playlists: []Playlist{{ID: "p1", Name: "防疫", Entries: []PlaylistEntry{{Announcement: "wash-hands", Dialects: DialectAll, Repeats: 2, Gap: 1500}}}},
		Announcements: []Announcement{{
			ID: "wash-hands", Title: "勤洗手", Text: "勤洗手、戴口罩。", ValidFrom: signed, ValidUntil: signed.AddDate(0, 1, 0),
			Variants: []Clip{
				{Digest: Digest{1}, Bytes: 960_044, Duration: 10_000, Dialect: "cmn"},
				{Digest: Digest{2}, Bytes: 1_152_044, Duration: 12_000, Dialect: "yue-x-jiujiang"},
				{Digest: Digest{1}, Bytes: 960_044, Duration: 10_000, Dialect: "yue"},
			},
		}},
		Quiet:      []QuietRule{{Grid: "440605123", From: NewTimeOfDay(22, 0, 0), To: NewTimeOfDay(6, 0, 0), LiftedUntil: signed.Add(time.Hour)}},
		Volume:     []VolumeRule{{From: 0, To: EndOfDay, Percent: 80}},
		Publishers: []Publisher{{Key: []byte{1, 2, 3}, Grid: "440605123"}},
		Signed:     signed, Expires: signed.Add(ProgrammeLife),
	}
}

// The golden programme is what agents in the field read.
func TestAProgrammeIsWrittenAsItWas(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "programme.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Compact(&want, text); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(fullProgramme())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("encoding:\n%s", diff)
	}
	var read Programme
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fullProgramme(), &read); diff != "" {
		t.Errorf("decoding:\n%s", diff)
	}
}

func TestClipsNamesEachClipOnce(t *testing.T) {
	p := fullProgramme()
	p.Announcements = append(p.Announcements, Announcement{ID: "other", Variants: []Clip{{Digest: Digest{2}}, {Digest: Digest{3}}}})
	var got []byte
	for _, c := range p.Clips() {
		got = append(got, c.Digest[0])
	}
	if diff := cmp.Diff([]byte{1, 2, 3}, got); diff != "" {
		t.Error(diff)
	}
}

func TestVariantIsTheClipOfADialect(t *testing.T) {
	a := fullProgramme().Announcements[0]
	if c, ok := a.Variant("yue-x-jiujiang"); !ok || c.Digest != (Digest{2}) {
		t.Errorf("%v, %v", c, ok)
	}
	if c, ok := a.Variant("nan"); ok || c != (Clip{}) {
		t.Errorf("%v, %v", c, ok)
	}
}
