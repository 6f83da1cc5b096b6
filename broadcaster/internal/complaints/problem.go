package complaints

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalaba/playlists"
)

func invalid(code, field string, args map[string]any) error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
}

func conflict(code string) error {
	return &playlists.Problem{Kind: playlists.Conflict, Code: code}
}

// line checks a text of one line and returns it without the spaces around it.
func line(field, s string, atMost int) (string, error) {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsControl) {
		return "", invalid("text_unreadable", field, nil)
	}
	return s, length(field, s, 0, atMost)
}

// prose checks a text of several lines and returns it without the spaces around it.
func prose(field, s string, atLeast, atMost int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	odd := func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }
	if strings.ContainsFunc(s, odd) {
		return "", invalid("text_unreadable", field, nil)
	}
	return s, length(field, s, atLeast, atMost)
}

func length(field, s string, atLeast, atMost int) error {
	if !utf8.ValidString(s) {
		return invalid("text_unreadable", field, nil)
	}
	n := utf8.RuneCountInString(s)
	if n < atLeast {
		return invalid("text_missing", field, nil)
	}
	if n > atMost {
		return invalid("text_too_long", field, map[string]any{"most": atMost, "is": n})
	}
	return nil
}
