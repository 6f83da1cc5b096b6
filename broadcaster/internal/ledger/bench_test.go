package ledger

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// BenchmarkIngest stores plays in batches as they come from a terminal's journal, two plays to an airing, onto a disk.
// In "planned" the airings had been written down before, as they are while the broadcaster runs.
func BenchmarkIngest(b *testing.B) {
	for _, known := range []bool{false, true} {
		b.Run(fmt.Sprintf("planned=%v", known), func(b *testing.B) {
			d := newDesk(b)
			begin := at(0, 0).AddDate(0, 0, -200)
			if known {
				d.town.publish(horn, 1, begin, 1, 1, 0, playlists.NewTimeOfDay(23, 59, 0))
			}
			batch := func(n int) []json.RawMessage {
				rows := make([]playlists.Report, 0, wire.MaxReports)
				for i := range wire.MaxReports {
					r := play(begin.Add(time.Duration(n*wire.MaxReports/2+i/2)*time.Minute), 1, i%2, time.Millisecond)
					r.Seq = uint64(n*wire.MaxReports + i + 1)
					rows = append(rows, r)
				}
				return contents(rows...)
			}
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				rows := batch(n)
				if known {
					d.now = begin.Add(time.Duration(n+1) * wire.MaxReports / 2 * time.Minute)
					d.Republished([]playlists.TerminalID{horn})
					d.must(d.CatchUp(b.Context(), d.now))
				}
				b.StartTimer()
				d.deliver("j", rows...)
			}
			b.ReportMetric(float64(b.N*wire.MaxReports)/b.Elapsed().Seconds(), "plays/s")
		})
	}
}
