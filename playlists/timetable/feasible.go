package timetable

import (
	"errors"
	"time"

	"dalaba/playlists"
)

// MaxQuota bounds how many starts a day can be asked for.
const MaxQuota = 200

// Quota asks for at least Starts starts a day inside a window, by one terminal.
type Quota struct {
	Starts int
	// From and To are the window; where To is not later than From it runs past midnight.
	From, To playlists.TimeOfDay
	// Length is how long one tour, or one airing, takes.
	Length playlists.Millis
	// Spacing is how far apart two starts are at least; where it is shorter than Length, Length counts.
	Spacing playlists.Millis
}

// Feasibility says whether a quota can be met, and if not, each of the ways out.
type Feasibility struct {
	// Tours is how many starts one terminal manages; zero where not even one fits.
	Tours int
	// Met tells whether that is enough.
	Met bool
	// Terminals is how many of them it takes, in turn; zero where none would do.
	Terminals int
	// MaxSpacing is the longest spacing with which one terminal meets the quota, rounded down; zero where none does, or
	// where the quota is one start. MaxLength is the longest tour with the spacing as it is, and MinWindow the shortest
	// window; zero where there is none, in a day.
	MaxSpacing, MaxLength, MinWindow playlists.Millis
}

// Feasible reckons what one terminal manages: ⌊(W − L) / G⌋ + 1 tours of length L at spacing G in a window W. A quota
// that is none, or absurd, is refused with a *playlists.Problem for each mistake, joined.
func Feasible(q Quota) (Feasibility, error) {
	if err := q.check(); err != nil {
		return Feasibility{}, err
	}
	w, l, g := q.window(), q.Length, max(q.Spacing, q.Length)
	n := playlists.Millis(q.Starts)
	f := Feasibility{MinWindow: (n-1)*g + l}
	if w >= l {
		f.Tours = int((w-l)/g) + 1
		f.Terminals = (q.Starts + f.Tours - 1) / f.Tours
		if n > 1 && (w-l)/(n-1) >= l {
			f.MaxSpacing = (w - l) / (n - 1)
		}
	}
	// Back to back where that is no closer than the spacing, or else with the last one just inside the window.
	if f.MaxLength = w / n; f.MaxLength < q.Spacing {
		f.MaxLength = max(0, w-(n-1)*q.Spacing)
	}
	if f.MinWindow > dayMillis {
		f.MinWindow = 0
	}
	f.Met = f.Tours >= q.Starts
	return f, nil
}

// window is how long the window is; from a time to itself is a whole day.
func (q *Quota) window() playlists.Millis {
	to := q.To
	if pastMidnight(q.From, q.To) {
		to += playlists.EndOfDay
	}
	return playlists.MillisOf(time.Duration(to-q.From) * time.Second)
}

func (q *Quota) check() error {
	var problems []error
	mistake := func(code, field string, args map[string]any) {
		problems = append(problems, &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args})
	}
	if q.Starts < 1 || q.Starts > MaxQuota {
		mistake("quota_range", "quota", map[string]any{"max": MaxQuota})
	}
	if q.Spacing < 0 || q.Spacing > dayMillis {
		mistake("spacing_range", "spacing_ms", nil)
	}
	if q.Length <= 0 || q.Length > dayMillis {
		mistake("length_range", "length_ms", nil)
	}
	if q.From < 0 || q.From >= playlists.EndOfDay || q.To < 0 || q.To > playlists.EndOfDay {
		mistake("window_range", "from", nil)
	}
	return errors.Join(problems...)
}
