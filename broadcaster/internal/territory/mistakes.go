package territory

import (
	"fmt"
	"strings"

	"dalaba/playlists"
)

// MaxMistakes is how many mistakes of one file are described; the others are only counted.
const MaxMistakes = 50

type args = map[string]any

// Mistakes are what is wrong with a file that was to be imported. They are the cause of a Problem with the code
// grids_bad, whose argument count is Count.
type Mistakes struct {
	// Found are the first MaxMistakes, in the order in which they were found. Field is the place in the file, such as
	// features[12].properties.code; Args has feature, counted from 1.
	Found []*playlists.Problem
	// Count is how many there are.
	Count int
}

// Error describes m for the log.
func (m *Mistakes) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d mistakes", m.Count)
	for _, p := range m.Found {
		b.WriteString("; " + p.Error())
	}
	return b.String()
}

// add notes a mistake in a property of a feature, or in the feature's own member if property begins with a dot, or in
// the file as a whole if feature is negative.
func (m *Mistakes) add(feature int, property, code string, a args) {
	m.Count++
	if len(m.Found) >= MaxMistakes {
		return
	}
	p := &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: property, Args: a}
	if feature >= 0 {
		place, inner := strings.CutPrefix(property, ".")
		if !inner {
			place = "properties." + property
		}
		p.Field = strings.TrimSuffix(fmt.Sprintf("features[%d].%s", feature, place), ".")
		if p.Args == nil {
			p.Args = args{}
		}
		p.Args["feature"] = feature + 1
	}
	m.Found = append(m.Found, p)
}

// problem returns m as a Problem, nil if there is no mistake.
func (m *Mistakes) problem() error {
	if m.Count == 0 {
		return nil
	}
	return &playlists.Problem{Kind: playlists.Invalid, Code: "grids_bad", Args: args{"count": m.Count}, Err: m}
}
