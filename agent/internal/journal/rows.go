package journal

import (
	"fmt"

	"dalaba/playlists"
)

// maxSequence bounds sequences: a row a nanosecond would take a century to get there.
const maxSequence = 1 << 62

// Rows returns the first rows that have not been acknowledged, in order, at most limit of them. Rows that were lost or
// damaged are not among them: their sequences are missing.
func (j *Journal) Rows(limit int) ([]playlists.Report, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var rows []playlists.Report
	for _, g := range j.segments.list {
		if g.next <= j.state.acked+1 {
			continue
		}
		if len(rows) >= limit {
			break
		}
		data, err := j.segments.read(g.number)
		if err != nil {
			return nil, fmt.Errorf("read journal: %w", err)
		}
		scan(data, func(l line, _ int) bool {
			if l.Report != nil && l.Report.Seq > j.state.acked {
				rows = append(rows, *l.Report)
			}
			return len(rows) < limit
		})
	}
	return rows, nil
}

// Ack notes that the broadcaster has stored every row up to through for good. A through that is not new changes
// nothing; one beyond the last row means that this disk has gone back in time, and the sequence goes on behind it.
func (j *Journal) Ack(through uint64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if through <= j.state.acked {
		return nil
	}
	if through > maxSequence {
		return fmt.Errorf("acknowledgement of row %d", through)
	}
	return j.addLocked(line{Ack: &through}, true)
}

// Acked returns the highest sequence that has been acknowledged, zero for none.
func (j *Journal) Acked() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state.acked
}
