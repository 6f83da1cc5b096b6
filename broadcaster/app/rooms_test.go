package app

import (
	"testing"
	"time"
)

func TestBroadcasterTimeNeverSteps(t *testing.T) {
	clock := steady(time.Now())
	last := clock()
	for range 10_000 {
		now := clock()
		if now.Before(last) {
			t.Fatalf("from %v back to %v", last, now)
		}
		last = now
	}
}
