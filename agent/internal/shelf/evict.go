package shelf

import (
	"cmp"
	"slices"
	"time"

	"dalaba/playlists"
)

// adopt takes up what an earlier run left in the store. Its days without a name are counted anew.
func (s *Shelf) adopt() {
	list, err := s.Store.List()
	if err != nil {
		s.Log.Warn("recordings cannot be listed", "error", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stored := range list {
		if s.held[stored.Digest] == nil {
			clip := playlists.Clip{Digest: stored.Digest, Bytes: stored.Bytes}
			s.held[stored.Digest] = &book{clip: clip, since: time.Now()}
		}
	}
}

// evict lets go of what nothing has named for long.
func (s *Shelf) evict() {
	for _, b := range s.unnamed(keepUnnamed) {
		s.remove(b)
	}
}

// room makes room for bytes more, by letting go of what nothing names, the longest unnamed first. It returns whether
// there is enough.
func (s *Shelf) room(bytes int64) bool {
	enough := func() bool {
		free, err := s.Free()
		return err != nil || free-bytes >= s.MinFree
	}
	for _, b := range s.unnamed(0) {
		if enough() {
			break
		}
		s.remove(b)
	}
	ok := enough()
	s.mu.Lock()
	s.low = !ok
	s.mu.Unlock()
	return ok
}

// giveBack lets go of the part of b that has filled the disk: records need the room more.
func (s *Shelf) giveBack(b *book) {
	if err := s.Store.Remove(b.clip.Digest); err != nil {
		s.Log.Warn("part of a recording cannot be removed", "clip", b.clip.Digest, "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = true
}

// unnamed returns what nothing has named for at least that long, the longest first.
func (s *Shelf) unnamed(least time.Duration) []*book {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*book
	for _, b := range s.held {
		if !b.named && time.Since(b.since) >= least {
			list = append(list, b)
		}
	}
	slices.SortFunc(list, func(a, b *book) int { return cmp.Compare(a.since.UnixNano(), b.since.UnixNano()) })
	return list
}

func (s *Shelf) remove(b *book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.named {
		return
	}
	if err := s.Store.Remove(b.clip.Digest); err != nil {
		s.Log.Warn("recording cannot be removed", "clip", b.clip.Digest, "error", err)
		return
	}
	delete(s.held, b.clip.Digest)
	s.Log.Info("recording removed", "clip", b.clip.Digest)
}
