package timetable

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"dalaba/playlists"
)

// busyDay is a terminal with ten rounds of forty airings each, of two owners, that get in each other's way.
func busyDay() *playlists.Programme {
	var rounds []playlists.Round
	for i := range 10 {
		owner := village
		if i%3 == 0 {
			owner = town
		}
		rounds = append(rounds, playlists.Round{
			ID: playlists.RoundID(fmt.Sprintf("0123456789abcdef0123456789abcde%d", i)), Name: fmt.Sprint("r", i), Owner: owner,
			Timetable: every(20, fmt.Sprintf("07:0%d", i), "20:09"),
		})
	}
	p := programme(rounds...)
	p.Terminal = "fedcba9876543210fedcba9876543210"
	p.Quiet = []playlists.QuietRule{night()}
	p.Volume = []playlists.VolumeRule{{From: clock("07:00"), To: clock("20:00"), Percent: 80}}
	return p
}

func BenchmarkPlan(b *testing.B) {
	p := busyDay()
	airings, err := Plan(p, nil, friday)
	if err != nil {
		b.Fatal(err)
	}
	half := make([]Fact, 0, len(airings)/2)
	for _, a := range airings[:len(airings)/2] {
		half = append(half, Fact{Kind: FactSounded, Airing: a.ID, Attempt: 1, Whole: true, Begin: a.Start, End: a.Start.Add(a.Length.Duration())})
	}
	for _, bench := range []struct {
		name  string
		facts []Fact
	}{{"morning", nil}, {"noon", half}} {
		b.Run(bench.name, func(b *testing.B) {
			var count int
			allocs := testing.AllocsPerRun(10, func() {
				list, err := Plan(p, bench.facts, friday)
				if err != nil {
					b.Fatal(err)
				}
				count = len(list)
			})
			b.ResetTimer()
			for b.Loop() {
				if _, err := Plan(p, bench.facts, friday); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(count), "ns/airing")
			b.ReportMetric(allocs/float64(count), "allocs/airing")
			b.ReportMetric(float64(count), "airings")
		})
	}
}

// TestPlanAllocatesAtMostOnceAnAiring keeps the promise that the benchmark measures.
func TestPlanAllocatesAtMostOnceAnAiring(t *testing.T) {
	p := busyDay()
	airings, err := Plan(p, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	allocs := testing.AllocsPerRun(10, func() {
		if _, err := Plan(p, nil, friday); err != nil {
			t.Error(err)
		}
	})
	if most := float64(len(airings)); allocs > most {
		t.Errorf("%v allocations for %v airings", allocs, most)
	}
}

// ruleSets is how many different programmes a dry run over a town's terminals has to plan, for how many days.
const (
	ruleSets = 50
	dryDays  = 14
)

// differently is busyDay with everything that a programme can have, unlike that of another n.
func differently(n int) *playlists.Programme {
	p := busyDay()
	for i := range p.Rounds {
		p.Rounds[i].Name += fmt.Sprint(" of ", n)
	}
	p.Playlists[0].Entries[0].Repeats = 1 + n%2
	p.Holidays = []playlists.HolidaySet{{Name: "假日", Dates: []playlists.Date{{Year: 2026, Month: 2, Day: 17}}}}
	p.Rounds[0].Timetable.ExceptHolidays = []string{"假日"}
	p.Rounds[9].Class = playlists.ClassBackground
	p.Rounds[1].Mandatory = true
	p.Quiet = append(p.Quiet, playlists.QuietRule{Grid: village, From: clock("12:00"), To: clock("12:30"), Name: "午休"})
	p.Volume = append(p.Volume, loud(town, 70, 40, 90), loud(village, 60, 0, 0))
	p.Limits = playlists.Limits{Minutes: 24 * 60, Plays: 10_000}
	return p
}

// BenchmarkDryRun plans two weeks of each rule set, before and after, on as many cores as there are, and compares.
func BenchmarkDryRun(b *testing.B) {
	programmes := make([]*playlists.Programme, ruleSets)
	for i := range programmes {
		programmes[i] = differently(i)
	}
	airings := 0
	for d := range dryDays {
		plan, err := Plan(programmes[0], nil, friday.AddDays(d))
		if err != nil {
			b.Fatal(err)
		}
		airings += len(plan)
	}
	var most uint64
	for b.Loop() {
		sets := make(chan *playlists.Programme)
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for p := range sets {
					for d := range dryDays {
						if _, err := Plan(p, nil, friday.AddDays(d)); err != nil {
							b.Error(err)
						}
					}
				}
			})
		}
		for i, p := range programmes {
			sets <- p
			if i%10 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		close(sets)
		workers.Wait()
	}
	b.ReportMetric(float64(airings), "airings/set")
	b.ReportMetric(float64(most)/1e6, "MB-heap")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(airings*ruleSets), "ns/airing")
}

// BenchmarkWhy asks about a minute of a busy day.
func BenchmarkWhy(b *testing.B) {
	p := busyDay()
	at := clock("12:00").On(friday, zoneOf(b, p))
	for b.Loop() {
		if _, err := Why(p, nil, at); err != nil {
			b.Fatal(err)
		}
	}
}

func zoneOf(b *testing.B, p *playlists.Programme) *time.Location {
	loc, err := time.LoadLocation(p.Zone)
	if err != nil {
		b.Fatal(err)
	}
	return loc
}
