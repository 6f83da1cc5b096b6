package api

import "time"

// when says an instant of the town's as people do: the time alone today, else with its day.
func when(l language, t, now time.Time) string {
	now = now.In(t.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return dated(l, t, now)
}

// dated says an instant with its day, and with its year if that is not this one.
func dated(l language, t, now time.Time) string {
	thisYear := t.Year() == now.In(t.Location()).Year()
	switch {
	case l == english && thisYear:
		return t.Format("2 January 15:04")
	case l == english:
		return t.Format("2 January 2006 15:04")
	case thisYear:
		return t.Format("1月2日 15:04")
	}
	return t.Format("2006年1月2日 15:04")
}
