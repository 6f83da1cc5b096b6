package playlists

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestAProblemIsFoundInWhatWrapsIt(t *testing.T) {
	p := &Problem{Kind: Invalid, Code: "cron_syntax", Field: "timetable.cron", Args: map[string]any{"max": 5}, Err: io.EOF}
	for _, err := range []error{p, fmt.Errorf("save round: %w", p), errors.Join(p, &Problem{Code: "second"}), fmt.Errorf("save: %w", errors.Join(io.EOF, p))} {
		if ProblemOf(err) != p || !errors.Is(err, io.EOF) {
			t.Errorf("%v holds %v", err, ProblemOf(err))
		}
	}
	for _, err := range []error{nil, io.EOF} {
		if ProblemOf(err) != nil {
			t.Errorf("%v holds %v", err, ProblemOf(err))
		}
	}
	if got, want := p.Error(), "cron_syntax in timetable.cron map[max:5]: EOF"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
