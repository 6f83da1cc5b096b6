package rounds

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// school is a quiet place in the village, 300 m around, on two days in the morning.
func school() QuietPlace {
	return QuietPlace{
		Grid: shangxi, Name: "中考", Lat: 22.8, Lon: 112.9, Radius: 300, From: 8 * 3600, To: 12 * 3600,
		FirstDay: playlists.Date{Year: 2026, Month: 6, Day: 20}, LastDay: playlists.Date{Year: 2026, Month: 6, Day: 21},
	}
}

// metresPerDegree is the length of a degree of a great circle.
const metresPerDegree = 6_371_008.8 * math.Pi / 180

// stand places terminals: laoling 299 m north of the school, xianfeng 301 m, rulin in it; nobody knows about shangxi.
func (f *fixture) stand() {
	north := func(metres float64) (*float64, *float64) {
		lat, lon := 22.8+metres/metresPerDegree, 112.9
		return &lat, &lon
	}
	for i := range f.terminals {
		t := &f.terminals[i]
		switch t.ID {
		case "laoling":
			t.Lat, t.Lon = north(299)
		case "xianfeng":
			t.Lat, t.Lon = north(301)
		case "rulin":
			t.Lat, t.Lon = north(0)
		}
	}
}

func names(terminals []Terminal) ids {
	var all ids
	for _, t := range terminals {
		all = append(all, t.ID)
	}
	return all
}

func TestAQuietPlaceSilencesWhatStandsWithinReach(t *testing.T) {
	f := newFixture(t)
	f.stand()
	preview := must[Reached](t)(f.PreviewQuietPlace(t.Context(), school()))
	if f.told() != nil {
		t.Error("a preview changed something")
	}
	place, reached, err := f.SaveQuietPlace(t.Context(), school(), "关主任")
	f.ok(err)
	if diff := cmp.Diff([]ids{{"laoling"}, {"shangxi"}, {"rulin"}}, []ids{names(reached.Silenced), names(reached.Unplaced), names(reached.Beyond)}); diff != "" {
		t.Errorf("silenced, unplaced and beyond (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(preview, reached); diff != "" {
		t.Errorf("a preview says other (-preview +saved):\n%s", diff)
	}
	if diff := cmp.Diff(ids{"laoling"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	want := []playlists.QuietRule{{
		Grid: shangxi, Name: "中考", Place: true, From: 8 * 3600, To: 12 * 3600, FirstDay: place.FirstDay, LastDay: place.LastDay,
	}}
	if diff := cmp.Diff(want, f.read("laoling").Quiet); diff != "" {
		t.Errorf("quiet (-want +got):\n%s", diff)
	}

	place.Radius, place.Lat = 1, place.Lat+301/metresPerDegree
	place, reached, err = f.SaveQuietPlace(t.Context(), place, "李四")
	f.ok(err)
	if diff := cmp.Diff(ids{"xianfeng"}, names(reached.Silenced)); diff != "" {
		t.Errorf("moved, it silences (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(ids{"laoling", "xianfeng"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]QuietPlace{place}, must[[]QuietPlace](t)(f.QuietPlaces(t.Context()))); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	f.ok(f.RemoveQuietPlace(t.Context(), place.ID, "李四"))
	if p := f.read("xianfeng"); p.Quiet != nil {
		t.Errorf("removed, it still silences: %+v", p.Quiet)
	}
}

func TestAQuietPlaceThatIsOverMayStillBeRenamedAndKeepsWhoMadeIt(t *testing.T) {
	f := newFixture(t)
	place := school()
	place.FirstDay, place.LastDay, place.ByID = january(23)[0], january(23)[0], "guan"
	place, _, err := f.SaveQuietPlace(t.Context(), place, "关主任")
	f.ok(err)
	f.pass(24 * time.Hour)
	place.Name, place.ByID = "期末考试", "li"
	place, _, err = f.SaveQuietPlace(t.Context(), place, "李四")
	f.ok(err)
	if all := must[[]QuietPlace](t)(f.QuietPlaces(t.Context())); len(all) != 1 || all[0].ByID != "guan" || all[0].Name != "期末考试" {
		t.Errorf("kept %+v", all)
	}
}

func TestReachIsExactToTheMillimetre(t *testing.T) {
	place := school()
	for _, test := range []struct {
		name        string
		north, east float64 // metres
		want        bool
	}{
		{"on the edge", 300, 0, true},
		{"half a millimetre inside the rounding", 300.0004, 0, true},
		{"a millimetre outside", 300.001, 0, false},
		{"on the edge in the east", 0, 300, true},
		{"outside in the east", 0, 300.001, false},
		{"a diagonal", 180, 240, true},
	} {
		lat := place.Lat + test.north/metresPerDegree
		lon := place.Lon + test.east/(metresPerDegree*math.Cos(place.Lat*math.Pi/180))
		if got := place.silences(Terminal{Grid: shangxi, Lat: &lat, Lon: &lon}); got != test.want {
			t.Errorf("%s: silenced %v", test.name, got)
		}
		if place.silences(Terminal{Grid: shangxi, Lat: &lat, Lon: &lon, Kind: playlists.KindMobile}) {
			t.Errorf("%s: a tricycle fell silent", test.name)
		}
	}
}

func TestAQuietPlaceThatCannotBeIsRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*QuietPlace)
		want   []string
	}{
		{"no name", func(p *QuietPlace) { p.Name = "" }, []string{"text_missing name"}},
		{"beyond the pole", func(p *QuietPlace) { p.Lat = 90.1 }, []string{"position_out_of_range lat"}},
		{"nowhere", func(p *QuietPlace) { p.Lon = math.NaN() }, []string{"position_out_of_range lat"}},
		{"no radius", func(p *QuietPlace) { p.Radius = math.NaN() }, []string{"radius_out_of_range radius_m"}},
		{"half the county", func(p *QuietPlace) { p.Radius = 5001 }, []string{"radius_out_of_range radius_m"}},
		{"no hours", func(p *QuietPlace) { p.To = p.From }, []string{"quiet_span_impossible to"}},
		{"ends before it begins", func(p *QuietPlace) { p.LastDay = p.FirstDay.AddDays(-1) }, []string{"quiet_ends_before_it_begins last_day"}},
		{"over", func(p *QuietPlace) { p.FirstDay, p.LastDay = playlists.Date{}, january(22)[0] }, []string{"quiet_place_over last_day"}},
		{"over today", func(p *QuietPlace) { p.FirstDay, p.LastDay, p.From, p.To = january(23)[0], january(23)[0], 0, 7*3600 }, []string{"quiet_place_over last_day"}},
		{"that goes on until noon", func(p *QuietPlace) { p.FirstDay, p.LastDay = january(23)[0], january(23)[0] }, nil},
		{"that goes on since last night", func(p *QuietPlace) { p.FirstDay, p.LastDay, p.From = january(22)[0], january(22)[0], 20*3600 }, nil},
		{"of nobody", func(p *QuietPlace) { p.Grid = "1" }, []string{"grid_unknown grid"}},
		{"that is not there", func(p *QuietPlace) { p.ID = "x" }, []string{"quiet_place_unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			place := school()
			test.change(&place)
			_, _, err := f.SaveQuietPlace(t.Context(), place, "关主任")
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
