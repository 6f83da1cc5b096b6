package playlists

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// The ids are what sha256sum says of the text that each case names, cut to 32 digits: both programs and every ledger
// have to agree on them for ever.
func TestAiringIDIsComputedTheSameEverywhere(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for _, test := range []struct {
		name     string
		round    RoundID
		due      time.Time
		terminal TerminalID
		want     string
	}{
		{"daily-0730|2026-01-22T23:30:00Z|upper-west-1", "daily-0730", time.Date(2026, 1, 22, 23, 30, 0, 0, time.UTC), "upper-west-1", "fd90c3494dc8a7b3794965c41a63afd1"},
		{"the same instant in the town's zone", "daily-0730", time.Date(2026, 1, 23, 7, 30, 0, 0, shanghai), "upper-west-1", "fd90c3494dc8a7b3794965c41a63afd1"},
		{"|0001-01-01T00:00:00Z|", "", time.Time{}, "", "19acaf51d54b42b413eb91ef8330fae7"},
		{"ids longer than its room: 200 a and 200 b", RoundID(strings.Repeat("a", 200)), time.Date(2026, 1, 22, 23, 30, 0, 0, time.UTC), TerminalID(strings.Repeat("b", 200)), "387d6a639e33a3a04ef8802cb18e8787"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := NewAiringID(test.round, test.due, test.terminal).String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAiringIDDoesNotAllocate(t *testing.T) {
	round, terminal := RoundID(strings.Repeat("a", 32)), TerminalID(strings.Repeat("b", 32))
	due := time.Date(2026, 1, 22, 23, 30, 0, 0, time.UTC)
	if allocs := testing.AllocsPerRun(100, func() { NewAiringID(round, due, terminal) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestAiringIDIsReadAsItIsWritten(t *testing.T) {
	want := NewAiringID("r", time.Time{}, "t")
	text, err := json.Marshal(map[AiringID]AiringID{want: want})
	if err != nil {
		t.Fatal(err)
	}
	var read map[AiringID]AiringID
	if err := json.Unmarshal(text, &read); err != nil || read[want] != want || want.IsZero() {
		t.Errorf("%s becomes %v, %v", text, read, err)
	}
	for _, in := range []string{"", "00", strings.Repeat("0", 31), strings.Repeat("0", 33), strings.Repeat("g", 32), strings.Repeat("00", 15) + "0g"} {
		id := want
		if err := id.UnmarshalText([]byte(in)); err == nil || id != want {
			t.Errorf("%q is read as %s, %v", in, id, err)
		}
	}
}
