package parent

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPausesGrowAndAreForgottenAfterAGoodRun(t *testing.T) {
	var p pauses
	var got []time.Duration
	for _, ran := range []time.Duration{
		0, 1, 1, 1, 1, 1, lived, 1, lived + 1, time.Second,
	} {
		got = append(got, p.next(ran)/time.Second)
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 1, 2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
