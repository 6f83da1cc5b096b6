package shelf

import (
	"bytes"
	"log/slog"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists/clips"
)

func TestWhatNothingNamesGoesAfterAWeek(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, err := clips.New(clips.Options{Folder: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		put := func(text string) Wanted {
			stored, err := store.Put(t.Context(), bytes.NewReader([]byte(text)))
			if err != nil {
				t.Fatal(err)
			}
			w := Wanted{Title: text}
			w.Digest, w.Bytes = stored.Digest, stored.Bytes
			return w
		}
		named, dropped, old := put("named"), put("dropped"), put("old")
		s, err := New(Options{
			Store: store, Client: http.DefaultClient, Changed: func() {}, Free: func() (int64, error) { return 1 << 40, nil },
			Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Want([]Wanted{named, dropped})
		go s.Run(t.Context())
		time.Sleep(24 * time.Hour)
		s.Want([]Wanted{named})
		for _, c := range []struct {
			day                 int
			named, dropped, old bool
		}{{6, true, true, true}, {7, true, true, false}, {9, true, false, false}} {
			time.Sleep(time.Duration(c.day)*24*time.Hour + time.Hour - time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)))
			synctest.Wait()
			got := [3]bool{store.Has(named.Digest), store.Has(dropped.Digest), store.Has(old.Digest)}
			if want := [3]bool{c.named, c.dropped, c.old}; got != want {
				t.Errorf("on day %d: %v, want %v", c.day, got, want)
			}
		}
	})
}
