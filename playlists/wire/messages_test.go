package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// messages is one of each type, every field set.
func messages() []Message {
	airing := playlists.AiringID{0xde, 0x0b, 0x5a, 15: 0x01}
	digest := playlists.Digest{0xc1, 31: 0x0f}
	due := time.Date(2026, 1, 22, 23, 30, 0, 0, time.UTC)
	return []Message{
		Challenge{Version: 1, Nonce: []byte{1, 2, 3}},
		Hello{
			Version: 1, Terminal: "upper-west-1", Signature: []byte{4, 5, 6}, Boot: "boot-1", Process: "process-1",
			Software: "0.1.0", PlanVersion: 1, Revision: 7, Journal: "journal-1",
		},
		Welcome{Version: 1, Ticket: "ticket-1", AckedThrough: 41},
		Refusal{Code: RefusedPending, Text: "请先在控制台上批准这个喇叭"},
		Programme{Envelope: Envelope{
			Context: ContextProgramme, Audience: "upper-west-1", Revision: 8, ExpiresMS: 1_769_124_600_000,
			Body: []byte(`{"terminal":"upper-west-1"}`), Key: []byte{7, 8}, Signature: []byte{9, 10},
		}},
		ProgrammeResult{Revision: 8, InForce: false, Reason: "envelope has expired"},
		Status{
			Revision: 8,
			Sounding: &Sounding{
				Event: "event-1", Airing: airing, Round: "daily-0730", Announcement: "wash-hands", Dialect: "yue-x-jiujiang",
				Begin: due.Add(20 * time.Millisecond), Duration: 12_345,
			},
			ClipsWanted: 3, ClipsWhole: 2, Clock: playlists.ClockEstimated, ClockError: 12, RoundTripUS: 1_800, Volume: 80,
			Output: "device", Fault: playlists.CauseDeviceError, DiskFree: 1 << 30, Problems: []string{"录音缺了一段"},
		},
		Reports{Journal: "journal-1", Rows: []playlists.Report{
			{Seq: 42, Play: &playlists.Play{
				Event: "event-1", Airing: airing, Round: "daily-0730", Due: due, Revision: 8, Attempt: 2, Entry: 1, Entries: 2,
				Announcement: "wash-hands", Dialect: "yue-x-jiujiang", Clip: digest, Boot: "boot-1", Process: "process-1",
				Begin: due.Add(20 * time.Millisecond), End: due.Add(5 * time.Second), Mono: 123_456, Sounded: 4_980,
				Clock: playlists.ClockTrusted, ClockError: 2, Volume: 80, Result: playlists.ResultCut,
				Cause: playlists.CausePreempted, By: "镇应急广播", Evidence: playlists.EvidenceLevel, Output: "file",
			}},
			{Seq: 43, Miss: &playlists.Miss{Airing: airing, Round: "daily-0730", Due: due, Revision: 8, Cause: playlists.CauseClipAbsent, By: "library"}},
			{Seq: 44, Accounted: &playlists.Accounted{Through: due.Add(time.Hour), Revisions: []uint64{7, 8}}},
		}},
		ReportsAck{Journal: "journal-1", Through: 44},
		TimeRequest{T1: 1_234_567_890},
		TimeReply{T1: 1_234_567_890, T2: 1_769_124_600_000_000_001, T3: 1_769_124_600_000_000_002},
	}
}

// goldenFile returns the path and the compact text of the golden message of this kind.
func goldenFile(t testing.TB, kind string) (string, []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", kind+".json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return path, compact.Bytes()
}

// A golden message is what other versions of these programs send and expect. Change one only with the wire's version.
func TestMessagesAreWhatTheyWere(t *testing.T) {
	golden := make(map[string]bool)
	for _, m := range messages() {
		t.Run(m.kind(), func(t *testing.T) {
			path, want := goldenFile(t, m.kind())
			golden[filepath.Base(path)] = true
			got, err := Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("encoding:\n%s", diff)
			}
			read, err := Decode(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(m, read); diff != "" {
				t.Errorf("decoding:\n%s", diff)
			}
			newer := append([]byte(`{"added_later":{"type":1},`), want[1:]...)
			if read, err = Decode(newer); err != nil || !cmp.Equal(m, read) {
				t.Errorf("with a field that is not known yet: %v, %v", read, err)
			}
		})
	}
	files, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !golden[file.Name()] {
			t.Errorf("%s: a golden message of a type that is gone; the name of a type is never given up", file.Name())
		}
	}
}

func TestZeroMessagesSurviveTheWay(t *testing.T) {
	for _, m := range []Message{
		Challenge{}, Hello{}, Welcome{}, Refusal{}, Programme{}, ProgrammeResult{}, Status{}, Reports{}, ReportsAck{}, TimeRequest{}, TimeReply{},
	} {
		text, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		if read, err := Decode(text); err != nil || !cmp.Equal(m, read) {
			t.Errorf("%s becomes %+v, %v", text, read, err)
		}
	}
}

func TestDecodeTellsUnknownFromBroken(t *testing.T) {
	for _, test := range []struct {
		name, in string
		unknown  bool
	}{
		{"a type of the future", `{"type":"talk","stream":1}`, true},
		{"no type", `{}`, true},
		{"null", `null`, true},
		{"a huge type", `{"type":"` + strings.Repeat("x", 1<<16) + `"}`, true},
		{"nothing", ``, false},
		{"half", `{"type":"hello"`, false},
		{"a list", `["hello"]`, false},
		{"a type that is no text", `{"type":1}`, false},
		{"a field of another type", `{"type":"hello","version":"one"}`, false},
		{"two messages", `{"type":"hello"}{"type":"hello"}`, false},
		{"deeper than anything", `{"type":"hello","a":` + strings.Repeat("[", 1<<16) + strings.Repeat("]", 1<<16) + `}`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Decode([]byte(test.in))
			if err == nil || errors.Is(err, ErrUnknownType) != test.unknown {
				t.Errorf("%v", err)
			}
			if err != nil && len(err.Error()) > 300 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
		})
	}
}

// FuzzDecode holds Decode to its word: it never panics, and what it reads means the same when it is sent on.
func FuzzDecode(f *testing.F) {
	for _, m := range messages() {
		_, text := goldenFile(f, m.kind())
		f.Add(text)
	}
	f.Add([]byte(`{"type":"reports","rows":[null,{}]}`))
	f.Add([]byte(`{"TYPE":"status","sounding":{"airing":"00"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Decode(text)
		if err != nil {
			return
		}
		once, err := Encode(m)
		if err != nil {
			// A time of day or an instant can be read that cannot be written, such as one in the year 10000.
			return
		}
		again, err := Decode(once)
		if err != nil {
			t.Fatalf("%s: %v", once, err)
		}
		twice, err := Encode(again)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s became %s, %v", once, twice, err)
		}
	})
}
