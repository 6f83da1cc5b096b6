package api

import (
	"testing"
	"time"
)

func TestAnInstantIsSaidAsPeopleDo(t *testing.T) {
	zone := time.FixedZone("town", 8*3600)
	at := time.Date(2026, 1, 23, 7, 5, 0, 0, zone)
	tests := []struct {
		name   string
		now    time.Time
		zh, en string
	}{
		{"today, seen from elsewhere", time.Date(2026, 1, 22, 17, 0, 0, 0, time.UTC), "07:05", "07:05"},
		{"tomorrow", time.Date(2026, 1, 22, 23, 0, 0, 0, zone), "1月23日 07:05", "23 January 07:05"},
		{"next year", time.Date(2025, 12, 31, 23, 0, 0, 0, zone), "2026年1月23日 07:05", "23 January 2026 07:05"},
	}
	for _, test := range tests {
		if zh, en := when(chinese, at, test.now), when(english, at, test.now); zh != test.zh || en != test.en {
			t.Errorf("%s: %q, %q", test.name, zh, en)
		}
	}
}
