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
	p := secondProgramme()
	p.PlanVersion, p.OutputDelay, p.Rounds[0].Volume = 3, 120, 70
	p.Playlists[0].Chime = &Clip{Digest: Digest{9}, Bytes: 240_044, Duration: 2500, Dialect: "zxx"}
	p.Mutes = []Mute{{From: p.Signed, Until: p.Signed.Add(MaxMute), By: "关主任", Grid: "440605123001", Reason: "有人反映太吵"}}
	return p
}

// secondProgramme has every field set that the second version of planning rules knew.
func secondProgramme() *Programme {
	p := firstProgramme()
	p.PlanVersion, p.AlertVolume, p.Limits = 2, 90, Limits{Minutes: DefaultLimitMinutes, Plays: DefaultLimitPlays}
	p.Rounds[0].Mandatory, p.Rounds[0].Unlimited = true, p.Signed.AddDate(0, 0, 7)
	table := &p.Rounds[1].Timetable
	table.ExceptHolidays, table.OnlyHolidays = []string{"高考"}, []string{"法定假日"}
	table.Lunar = []LunarDay{{Day: 1}, {Month: 12, Day: LastLunarDay}, {Month: 6, Day: 15, Leap: true}}
	table.Market = &Market{Endings: []int{3, 6, 9}, Lunar: true}
	p.Quiet[0].Name = "夜间静音"
	p.Quiet = append(p.Quiet, QuietRule{
		Grid: "440605123001", From: NewTimeOfDay(8, 30, 0), To: NewTimeOfDay(17, 0, 0), Name: "上西小学考试", Place: true,
		FirstDay: Date{2026, 6, 7}, LastDay: Date{2026, 6, 9},
	})
	p.Temporary = []TemporaryQuiet{{Grid: "440605123001", Name: "丧事", Begin: p.Signed, End: p.Signed.Add(MaxTemporaryQuiet)}}
	p.Volume = append(p.Volume, VolumeRule{From: 0, To: NewTimeOfDay(7, 0, 0), Percent: 60, Grid: "440605123", Floor: 40, Cap: 70})
	p.Holidays = []HolidaySet{{Name: "法定假日", Dates: []Date{{2026, 2, 17}}}, {Name: "高考", Dates: []Date{{2026, 6, 7}}}}
	p.Cancelled = []Cancellation{{Airing: AiringID{1}, By: "关主任", Grid: "440605123"}}
	return p
}

// firstProgramme has every field set that the first version of planning rules knew.
func firstProgramme() *Programme {
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

// The golden programmes are what agents in the field read.
func TestAProgrammeIsWrittenAsItWas(t *testing.T) {
	expectGolden(t, "programme_1.json", firstProgramme())
	expectGolden(t, "programme_2.json", secondProgramme())
	expectGolden(t, "programme_3.json", fullProgramme())
}

func expectGolden(t *testing.T, name string, programme *Programme) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Compact(&want, text); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(programme)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("encoding:\n%s", diff)
	}
	read, err := ReadProgramme(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(programme, read); diff != "" {
		t.Errorf("decoding:\n%s", diff)
	}
}

func TestAProgrammeThatCannotBeReadIsRefusedInWords(t *testing.T) {
	for _, test := range []struct {
		name string
		in   []byte
		want string
	}{
		{"longer than any", bytes.Repeat([]byte(" "), MaxProgramme+1), "programme_too_large"},
		{"10 MB", bytes.Repeat([]byte("["), 10<<20), "programme_too_large"},
		{"nothing", nil, "programme_unreadable"},
		{"deep", bytes.Repeat([]byte("["), MaxProgramme), "programme_unreadable"},
		{"another thing", []byte(`{"rounds":7}`), "programme_unreadable"},
		{"a day that there is not", []byte(`{"holidays":[{"dates":["2026-02-30"]}]}`), "programme_unreadable"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := ReadProgramme(test.in)
			if problem := ProblemOf(err); p != nil || problem == nil || problem.Code != test.want {
				t.Errorf("%v, %v, want %s", p, err, test.want)
			}
		})
	}
}

// BenchmarkReadProgramme reads the largest programme that is read at all.
func BenchmarkReadProgramme(b *testing.B) {
	p := fullProgramme()
	for i := 0; ; i++ {
		p.Announcements = append(p.Announcements, p.Announcements[:min(len(p.Announcements), 1_000)]...)
		text, err := json.Marshal(p)
		if err != nil {
			b.Fatal(err)
		}
		if len(text) < MaxProgramme*9/10 {
			continue
		}
		if len(text) > MaxProgramme {
			b.Fatalf("%d bytes", len(text))
		}
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := ReadProgramme(text); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
}

func TestClipsNamesEachClipOnce(t *testing.T) {
	p := fullProgramme()
	p.Announcements = append(p.Announcements, Announcement{ID: "other", Variants: []Clip{{Digest: Digest{2}}, {Digest: Digest{3}}}})
	var got []byte
	for _, c := range p.Clips() {
		got = append(got, c.Digest[0])
	}
	if diff := cmp.Diff([]byte{9, 1, 2, 3}, got); diff != "" {
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
