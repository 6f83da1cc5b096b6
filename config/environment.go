package config

import (
	"fmt"
	"strings"
)

// variablePrefix begins the name of every variable that is ours.
const variablePrefix = "DALABA_"

// variable is the environment's name for the setting key.
func variable(key string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// readEnvironment sets what env says. Variables of the other program's settings are none of our business; others that
// carry our prefix are mistakes.
func (l *loading) readEnvironment(env []string, foreign []setting) {
	names := make(map[string]*setting)
	for i := range foreign {
		names[variable(foreign[i].key)] = nil
	}
	for i := range l.own {
		names[variable(l.own[i].key)] = &l.own[i]
	}
	last := make(map[string]int) // as everywhere, the last of several wins
	for i, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		last[name] = i
	}
	for i, entry := range env {
		name, text, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variablePrefix) || text == "" || last[name] != i {
			continue
		}
		s, known := names[name]
		switch {
		case !known:
			l.say(place{file: name}, l.unknownVariable(name))
		case s != nil:
			l.set(s, place{file: name}, value{text: text})
		}
	}
}

// unknown says that there is no setting key, and which was meant, if that can be guessed.
func (l *loading) unknown(key string) sentence {
	s := sentence{fmt.Sprintf("没有“%s”这一项", short(key)), fmt.Sprintf("there is no setting %q", short(key))}
	var names []string
	for _, own := range l.own {
		names = append(names, own.key)
		if group, _, grouped := strings.Cut(own.key, "."); grouped {
			names = append(names, group)
		}
	}
	return s.orMeant(nearest(key, names))
}

func (l *loading) unknownVariable(name string) sentence {
	var names []string
	for _, own := range l.own {
		names = append(names, variable(own.key))
	}
	s := sentence{"没有这个环境变量", "there is no such variable"}
	return s.orMeant(nearest(name, names))
}

func (s sentence) orMeant(meant string) sentence {
	if meant == "" {
		return s
	}
	return sentence{s.chinese + fmt.Sprintf(",是不是“%s”?", meant), s.english + fmt.Sprintf("; did you mean %q?", meant)}
}

// nearest returns the name that word was meant to be: one at the end of which word stands, or the one that takes the fewest
// changes of a letter, of about a third of them at most. It returns "" when there is none.
func nearest(word string, names []string) string {
	if len(word) > 100 {
		return ""
	}
	best, fewest := "", (len(word)+2)/3+1
	for _, name := range names {
		if strings.HasSuffix(name, "."+word) {
			return name
		}
		if n := changes(strings.ToLower(word), strings.ToLower(name)); n < fewest {
			best, fewest = name, n
		}
	}
	return best
}

// changes counts the letters to be put in, taken out or replaced to make b of a.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			n := diagonal
			if a[i] != b[j] {
				n = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], n
		}
	}
	return row[len(b)]
}
