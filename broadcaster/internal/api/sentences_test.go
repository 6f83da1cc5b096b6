package api

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// codes finds where code of a room or of the pure floor gives a problem, a warning or a mistake its code.
var codes = regexp.MustCompile(`(?:\b[Cc]ode:\s*|\bcheckRoom\(|\binvalid\(|\bmistake\(|\bproblem\(|\bwarn\(|\brefusal\(|\brefuse\(|\bunknown\(|\bconflict\()"([a-z]+(?:_[a-z]+)*)"`)

func TestEveryCodeOfARoomHasASentence(t *testing.T) {
	found := make(map[string]string)
	for _, top := range []string{"..", "../../../playlists"} {
		err := filepath.WalkDir(top, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "node_modules") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, match := range codes.FindAllStringSubmatch(string(text), -1) {
				found[match[1]] = path
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 80 {
		t.Errorf("found only %d codes: does the pattern still fit the rooms?", len(found))
	}
	for code, path := range found {
		if _, ok := sentenceOf(code); !ok {
			t.Errorf("%s has the code %q, and there is no sentence for it", path, code)
		}
	}
}

func TestSentencesHaveTheSamePlacesInBothLanguages(t *testing.T) {
	place := regexp.MustCompile(`\{[a-z]+\}`)
	for _, table := range []map[string]phrase{ownSentences, peopleSentences, placeSentences, contentSentences, roundSentences, listSentences, whenSentences, whySentences, planSentences, silenceSentences, changeSentences, winnerSentences, complaintSentences} {
		for code, p := range table {
			zh, en := place.FindAllString(p.zh, -1), place.FindAllString(p.en, -1)
			if len(zh) != len(en) || p.zh == "" || p.en == "" {
				t.Errorf("%s: %q and %q have different places", code, p.zh, p.en)
			}
		}
	}
}
