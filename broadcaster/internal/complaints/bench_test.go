package complaints

import (
	"fmt"
	"testing"
	"time"

	"dalaba/playlists"
)

// BenchmarkDecide decides a complaint in a village of 100 horns, with thirteen hours of twenty airings each behind it.
func BenchmarkDecide(b *testing.B) {
	e := evidenceOf()
	for horn := range 100 {
		id := playlists.TerminalID(fmt.Sprint(horn))
		e.stand[id] = Terminal{ID: id, Grid: laoling}
		e.present[id] = inForce(laoling, laoling, 1, cron(6, 30))
		for i := range 20 {
			due := at(6, 30, 0).Add(-time.Duration(i) * 39 * time.Minute)
			s := planned(0, Play{Title: "口罩", Begin: due, End: due.Add(time.Minute), Volume: 80})
			s.Terminal, s.TerminalName, s.Due = id, string(id), due
			e.sounds = append(e.sounds, s)
		}
	}
	for b.Loop() {
		findings := e.heard()
		for i := range findings {
			e.explain(&findings[i], e.present[findings[i].Terminal])
		}
		if c := e.decide(findings); len(c.Findings) != 100 || len(c.Remedies) != 3 {
			b.Fatalf("%d findings, %d remedies", len(c.Findings), len(c.Remedies))
		}
	}
}
