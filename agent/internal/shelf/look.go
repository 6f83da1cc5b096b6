package shelf

import (
	"context"
	"fmt"
	"time"

	"dalaba/playlists"
)

// Doubt says that recording d was read and is not what it should be. It counts as missing until it has been read again.
func (s *Shelf) Doubt(d playlists.Digest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.held[d]; b != nil {
		b.whole, b.doubted = false, true
		s.stir()
	}
}

// check reads a recording again.
func (s *Shelf) check(ctx context.Context, b *book) {
	s.mu.Lock()
	d := b.clip.Digest
	s.mu.Unlock()
	err := s.Store.Verify(ctx, d)
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b.whole, b.checked, b.doubted = err == nil, true, false
	if err != nil {
		s.Log.Warn("recording is damaged", "clip", d, "error", err)
		b.problem = fmt.Sprintf("录音《%s》在本机损坏,正在重新下载", b.title)
	}
}

// look looks at the files of all wanted recordings.
func (s *Shelf) look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.wanted {
		s.lookLocked(s.held[w.Digest])
	}
}

// lookLocked compares a recording's file with what is known of it, without reading it.
func (s *Shelf) lookLocked(b *book) {
	size, stamp, err := s.stat(b.clip.Digest)
	switch {
	case err != nil:
		if b.whole {
			s.Log.Warn("recording is gone", "clip", b.clip.Digest, "error", err)
			b.problem = fmt.Sprintf("录音《%s》在本机丢失,正在重新下载", b.title)
		}
		b.whole, b.doubted = false, false
	case size != b.clip.Bytes:
		s.Log.Warn("recording has a wrong size", "clip", b.clip.Digest, "bytes", size, "want", b.clip.Bytes)
		b.problem = fmt.Sprintf("录音《%s》在本机损坏,正在重新下载", b.title)
		b.whole, b.doubted = false, false
		if err := s.Store.Remove(b.clip.Digest); err != nil {
			s.Log.Warn("recording cannot be removed", "clip", b.clip.Digest, "error", err)
		}
	case b.stamp.IsZero():
		b.whole, b.stamp = true, stamp
	case !stamp.Equal(b.stamp):
		b.whole, b.doubted, b.stamp = false, true, stamp
	}
}

func (s *Shelf) stat(d playlists.Digest) (size int64, stamp time.Time, err error) {
	file, err := s.Store.Open(d)
	if err != nil {
		return 0, time.Time{}, err
	}
	defer file.Close()
	found, err := file.Stat()
	if err != nil {
		return 0, time.Time{}, err
	}
	return found.Size(), found.ModTime(), nil
}
