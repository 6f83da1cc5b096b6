package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Language is that of a printed sheet.
type Language string

// The languages.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// in returns the words in language l.
func (w Words) in(l Language) string {
	if l == English {
		return w.English
	}
	return w.Chinese
}

// word says a mark in words, for those who do not see the sign.
func (m Mark) word() Words {
	switch m {
	case Good:
		return Words{"好", "good"}
	case Bad:
		return Words{"不行", "bad"}
	}
	return Words{"请看", "look"}
}

// Print writes the sheet of the terminal named title, as it was at now.
func Print(w io.Writer, l Language, title string, now time.Time, lines []Line) error {
	var b strings.Builder
	heading := Words{"安装单", "Installation sheet"}
	fmt.Fprintf(&b, "%s  %s  %s\n\n", heading.in(l), title, now.Format("2006-01-02 15:04"))
	wide, counted := 0, map[Mark]int{}
	for _, line := range lines {
		wide = max(wide, width(line.Name.in(l)))
		counted[line.Mark]++
	}
	for _, line := range lines {
		mark := pad(string(line.Mark)+" "+line.Mark.word().in(l), 6)
		fmt.Fprintf(&b, "%s  %s  %s\n", mark, pad(line.Name.in(l), wide), line.Found.in(l))
		if do := line.Do.in(l); do != "" {
			fmt.Fprintf(&b, "%s→ %s\n", strings.Repeat(" ", 6+2+wide+2), do)
		}
	}
	sum := Words{
		fmt.Sprintf("%d 项不行,%d 项请看一看,%d 项好。\n听到喇叭响:□   安装人:____________   日期:____________", counted[Bad], counted[Look], counted[Good]),
		fmt.Sprintf("%d bad, %d to look at, %d good.\nHorn heard: □   Installed by: ____________   Date: ____________", counted[Bad], counted[Look], counted[Good]),
	}
	fmt.Fprintf(&b, "\n%s\n", sum.in(l))
	_, err := io.WriteString(w, b.String())
	return err
}

// pad fills s up to so many columns.
func pad(s string, columns int) string { return s + strings.Repeat(" ", max(0, columns-width(s))) }

// width is how many columns s takes: two for a Chinese character.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 && r <= 0xffef {
			n++
		}
	}
	return n
}
