package timetable

import (
	"time"

	"github.com/6tail/lunar-go/calendar"

	"dalaba/playlists"
)

// Lunar days are known for the years FirstLunarYear to LastLunarYear of the common calendar; outside of them timetables
// with lunar days do not fire. Within them the library beneath was compared, day by day, with another reckoning.
const (
	FirstLunarYear = 1970
	LastLunarYear  = 2100
)

// lunarDate is a day of the lunar calendar.
type lunarDate struct {
	month, day int
	leap       bool
	// length is how many days its month has.
	length int
}

// is tells whether l is a day that named names.
func (l lunarDate) is(named playlists.LunarDay) bool {
	day := named.Day
	if day == playlists.LastLunarDay {
		day = l.length
	}
	return l.day == day && (named.Month == 0 || named.Month == l.month && named.Leap == l.leap)
}

// lunarMonth is a month by the Julian day number of its first day.
type lunarMonth struct {
	first, length, number int
	leap                  bool
}

// lunarYear holds the months that touch one year of the common calendar. It asks the library once: that is slow, takes
// a lock and remembers one year only.
type lunarYear struct {
	year   int
	months []lunarMonth
}

// date returns the lunar date of d, and false outside of the known years.
func (y *lunarYear) date(d playlists.Date) (lunarDate, bool) {
	if d.Year < FirstLunarYear || d.Year > LastLunarYear {
		return lunarDate{}, false
	}
	if y.year != d.Year {
		y.read(d.Year)
	}
	number := julianDay(d)
	for _, m := range y.months {
		if day := number - m.first; day >= 0 && day < m.length {
			return lunarDate{month: m.number, day: day + 1, leap: m.leap, length: m.length}, true
		}
	}
	return lunarDate{}, false
}

func (y *lunarYear) read(year int) {
	y.year, y.months = year, y.months[:0]
	months := calendar.NewLunarYear(year).GetMonths()
	for e := months.Front(); e != nil; e = e.Next() {
		m, ok := e.Value.(*calendar.LunarMonth)
		if !ok {
			continue
		}
		// The library counts from noon, as astronomers do, and a leap month's number is negative.
		one := lunarMonth{first: int(m.GetFirstJulianDay()), length: m.GetDayCount(), number: m.GetMonth(), leap: m.IsLeap()}
		if one.leap {
			one.number = -one.number
		}
		y.months = append(y.months, one)
	}
}

// julianDay returns the number by which astronomers know d: that of its noon.
func julianDay(d playlists.Date) int {
	const unixNoon = 2_440_588 // of 1 January 1970
	return unixNoon + int(d.Midnight(time.UTC).Unix()/(24*60*60))
}
