package timetable

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
)

// Due returns what p asks of its terminal on day, in the order of due time and id, before anything is placed: this is
// what is planned, whatever happens. It returns an error for a programme that contradicts itself or is beyond bounds.
func Due(p *playlists.Programme, day playlists.Date) ([]Airing, error) {
	d, err := open(p, day)
	if err != nil {
		return nil, err
	}
	return airings(d.firings), nil
}

// firing is an airing on its way through a plan.
type firing struct {
	Airing
	// ask is what it asks for; rank is its round's precedence.
	ask  *ask
	rank rank
	// resume is when its last attempt was cut, or what cannot be moved of one that sounds is over; zero where there is
	// none.
	resume time.Time
	// done is how many entries of background have sounded, and now the index of the one that sounds, or -1.
	done, now int
	// parted tells that it is background, which may sound in pieces.
	parted bool
}

// length is how long f sounds; what is longer than any day counts as two days, so that sums stay in range.
func (f *firing) length() time.Duration { return min(f.Length, 2*dayMillis).Duration() }

// rank sorts rounds: a lower one goes first.
type rank int

// rankOf puts class first and the owner's level second: a higher grid has the shorter code.
func rankOf(r *playlists.Round) rank {
	levels := min(len(r.Owner), 99)
	if r.Class == playlists.ClassBackground {
		return rank(100 + levels)
	}
	return rank(levels)
}

// expand turns p's rules into firings, sorted by due time and id.
func (d *calendarDay) expand() error {
	var moments []time.Time
	for i := range d.Rounds {
		r := &d.Rounds[i]
		rule, err := d.openRound(r)
		if err != nil {
			return fmt.Errorf("round %s: %w", r.ID, err)
		}
		moments = rule.moments(moments[:0], d.date, d.zone)
		if err := d.fire(r, moments); err != nil {
			return fmt.Errorf("round %s: %w", r.ID, err)
		}
	}
	d.firings = sorted(d.firings)
	return nil
}

// sorted returns firings in the order of due time and id. It sorts what they are sorted by: they themselves are large.
func sorted(firings []firing) []firing {
	type key struct {
		due   int64 // Unix time in seconds: civil times have whole ones
		id    playlists.AiringID
		index int
	}
	keys := make([]key, len(firings))
	for i := range firings {
		keys[i] = key{firings[i].Due.Unix(), firings[i].ID, i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if c := cmp.Compare(a.due, b.due); c != 0 {
			return c
		}
		return bytes.Compare(a.id[:], b.id[:])
	})
	list := make([]firing, len(firings))
	for i, k := range keys {
		list[i] = firings[k.index]
	}
	return list
}

// fire appends r's firings at moments.
func (d *calendarDay) fire(r *playlists.Round, moments []time.Time) error {
	d.firings = slices.Grow(d.firings, len(moments))
	rank := rankOf(r)
	var asks *ask
	for _, due := range moments {
		if due.Before(r.Since) {
			continue
		}
		if asks == nil || !asks.holds(due) {
			asks = newAsk(d.playlists[r.Playlist], d.Dialects, d.announcements, due)
		}
		if asks.waits() {
			continue
		}
		if len(d.firings) == MaxAirings {
			return tooLarge("airings", MaxAirings)
		}
		due = due.UTC()
		d.firings = append(d.firings, firing{
			Airing: Airing{
				ID: playlists.NewAiringID(r.ID, due, d.Terminal), Round: r, Due: due,
				Entries: asks.entries, Chime: asks.chime, Length: asks.length,
			},
			ask: asks, rank: rank, now: -1,
			parted: r.Class == playlists.ClassBackground && d.PlanVersion >= firstParted,
		})
	}
	return nil
}

func airings(firings []firing) []Airing {
	list := make([]Airing, len(firings))
	for i := range firings {
		list[i] = firings[i].Airing
	}
	return list
}
