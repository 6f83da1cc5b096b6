package playlists

import (
	"errors"
	"fmt"
)

// ProblemKind sorts problems by what the one who meets it can do.
type ProblemKind string

// The kinds of problem.
const (
	Invalid         ProblemKind = "invalid"         // what was sent is wrong: mend it and send it again
	NotFound        ProblemKind = "not_found"       // there is no such thing, or not for this person
	Conflict        ProblemKind = "conflict"        // it cannot be done as things stand
	Forbidden       ProblemKind = "forbidden"       // this person may not do it
	Unauthenticated ProblemKind = "unauthenticated" // nobody has signed in
	TooLarge        ProblemKind = "too_large"       // it is beyond a bound
	TooMany         ProblemKind = "too_many"        // come back later
	Unavailable     ProblemKind = "unavailable"     // something that it needs is missing just now
)

// Problem is an error that a person can do something about. Code is a snake-case word that never changes; the edge has
// a sentence for it in each language, with Args in its places. Rooms return Problems, handlers do not read them.
type Problem struct {
	Kind ProblemKind
	Code string
	// Field is the JSON path of what was wrong in the request, such as "timetable.cron", or "".
	Field string
	// Args fill the places {name} of the sentence.
	Args map[string]any
	// Err is the cause for the log, or nil.
	Err error
}

// Error describes p for the log.
func (p *Problem) Error() string {
	s := p.Code
	if p.Field != "" {
		s += " in " + p.Field
	}
	if len(p.Args) > 0 {
		s += fmt.Sprintf(" %v", p.Args)
	}
	if p.Err != nil {
		s += ": " + p.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// ProblemOf returns the Problem that err is or wraps, or nil.
func ProblemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}
