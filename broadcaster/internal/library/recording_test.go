package library

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestARecordingIsRenamedUnlessItsUsersRefuse(t *testing.T) {
	f := newFixture(t)
	recording, _, err := f.Upload(t.Context(), bytes.NewReader(tone(440, time.Second)), meta("勤洗手"))
	f.ok(err)
	f.refused = &playlists.Problem{Kind: playlists.Conflict, Code: "dialect_twice"}
	for _, test := range []struct {
		name    string
		digest  playlists.Digest
		title   string
		dialect playlists.Dialect
		want    string
	}{
		{"another dialect that a user refuses", recording.Digest, "勤洗手", "cmn", "dialect_twice"},
		{"a dialect that the town has not", recording.Digest, "勤洗手", "wuu", "dialect_unknown"},
		{"no title", recording.Digest, "", "yue", "text_missing"},
		{"nothing", playlists.Digest{}, "勤洗手", "yue", "recording_unknown"},
		{"another title", recording.Digest, "洗手", "yue", ""},
	} {
		_, err := f.Update(t.Context(), test.digest, test.title, test.dialect)
		if got := code(err); got != test.want {
			t.Errorf("%s: answered %q, want %q", test.name, got, test.want)
		}
	}
	f.refused = nil
	changed, err := f.Update(t.Context(), recording.Digest, "洗手", "cmn")
	f.ok(err)
	recording.Title, recording.Dialect = "洗手", "cmn"
	if diff := cmp.Diff(recording, changed); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	kept, err := f.Get(t.Context(), recording.Digest)
	f.ok(err)
	if diff := cmp.Diff(recording, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

func TestARecordingIsRemovedWithItsFileOnceNothingUsesIt(t *testing.T) {
	f := newFixture(t)
	recording, _, err := f.Upload(t.Context(), bytes.NewReader(tone(440, time.Second)), meta("勤洗手"))
	f.ok(err)
	f.users[recording.Digest] = []string{"早间提醒"}
	err = f.Remove(t.Context(), recording.Digest)
	if p := playlists.ProblemOf(err); p == nil || p.Code != "recording_in_use" || p.Args["users"] != "早间提醒" {
		t.Errorf("while it is used: %v", err)
	}
	if !f.clips.Has(recording.Digest) {
		t.Error("the file of a recording in use is gone")
	}
	delete(f.users, recording.Digest)
	f.ok(f.Remove(t.Context(), recording.Digest))
	if _, err := f.Open(recording.Digest); code(err) != "recording_unknown" {
		t.Errorf("opening what was removed: %v", err)
	}
	if err := f.Remove(t.Context(), recording.Digest); code(err) != "recording_unknown" {
		t.Errorf("removing what was removed: %v", err)
	}
}
