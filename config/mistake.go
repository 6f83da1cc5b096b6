package config

import (
	"fmt"
	"slices"
	"strings"
)

// Mistakes is everything that is wrong with a program's settings, by file and line. It is never empty as an error.
type Mistakes []Mistake

// Mistake is one thing that is wrong.
type Mistake struct {
	// File is the path that was given, or the name of a variable of the environment.
	File string
	// Line counts from 1; 0 means the file as a whole.
	Line int
	// Chinese and English are the sentence for people.
	Chinese, English string
}

// Error tells every mistake on a line of its own.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = mistake.String()
	}
	return strings.Join(lines, "\n")
}

// String is the mistake with its place, Chinese before English.
func (m Mistake) String() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s:%s / %s", m.File, m.Chinese, m.English)
	}
	return fmt.Sprintf("%s 第 %d 行:%s / line %d: %s", m.File, m.Line, m.Chinese, m.Line, m.English)
}

// sentence is what is wrong, in both languages. The zero sentence says that nothing is.
type sentence struct{ chinese, english string }

// place is where something was said: a line of a file, or a variable (line 0).
type place struct {
	file string
	line int
}

// loading gathers what is said and what is wrong.
type loading struct {
	file     string // as given, or ""
	own      []setting
	places   map[string]place // of each key that was said
	wrong    map[string]bool  // the keys of which something wrong was said
	mistakes Mistakes
}

// set takes what was said of s at a place.
func (l *loading) set(s *setting, at place, v value) {
	l.places[s.key] = at
	said := s.set(v)
	l.wrong[s.key] = said != sentence{}
	l.say(at, said)
}

func (l *loading) say(at place, s sentence) {
	if s != (sentence{}) {
		l.mistakes = append(l.mistakes, Mistake{File: at.file, Line: at.line, Chinese: s.chinese, English: s.english})
	}
}

// placeOf returns where key was said, or else the file as a whole.
func (l *loading) placeOf(key string) place {
	if at, said := l.places[key]; said {
		return at
	}
	if l.file == "" {
		return place{file: key}
	}
	return place{file: l.file}
}

func (l *loading) result() error {
	if len(l.mistakes) == 0 {
		return nil
	}
	slices.SortStableFunc(l.mistakes, func(a, b Mistake) int {
		switch {
		case a.File == b.File:
			return a.Line - b.Line
		case a.File == l.file: // the file before the environment
			return -1
		case b.File == l.file:
			return 1
		}
		return 0
	})
	return l.mistakes
}
