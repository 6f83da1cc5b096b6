package shelf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"dalaba/playlists/clips"
	"dalaba/playlists/wire"
)

// idle is how long a transfer may stand still.
const idle = 30 * time.Second

// errTurnedAway means that the ticket does not serve: the link will bring another.
var errTurnedAway = errors.New("the ticket is not accepted")

// fetch fetches one recording, or what is missing of it.
func (s *Shelf) fetch(ctx context.Context, b *book) {
	s.mu.Lock()
	ticket, clip, title := s.ticket, b.clip, b.title
	s.mu.Unlock()
	if !s.room(clip.Bytes) {
		s.put(b, errors.New("disk is full"), "")
		return
	}
	began := time.Now()
	err := s.get(ctx, ticket, b)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		s.Log.Info("recording fetched", "clip", clip.Digest, "bytes", clip.Bytes, "took", time.Since(began).Round(time.Millisecond))
		s.put(b, nil, "")
		return
	}
	s.Log.Warn("recording cannot be fetched", "clip", clip.Digest, "error", err)
	problem := ""
	switch {
	case errors.Is(err, clips.ErrFull):
		s.giveBack(b)
	case errors.Is(err, clips.ErrCorrupt):
		problem = fmt.Sprintf("录音《%s》下载后核对不上,正在重新下载", title)
	case errors.Is(err, errTurnedAway):
	default:
		problem = fmt.Sprintf("录音《%s》还没下载下来,会再试", title)
	}
	s.put(b, err, problem)
}

// put notes how a fetch ended.
func (s *Shelf) put(b *book, err error, problem string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.problem = problem
	if err == nil {
		b.pause, b.stamp, s.full = 0, time.Time{}, false
		s.lookLocked(b)
		b.checked = b.whole // it was, on its way in
		return
	}
	b.pause = min(max(2*b.pause, minRetry), maxRetry)
	b.retry = time.Now().Add(b.pause)
}

// get asks for the bytes of b behind those that are here.
func (s *Shelf) get(ctx context.Context, ticket string, b *book) error {
	clip := b.clip
	if clip.Bytes <= 0 || clip.Bytes > maxClip {
		return fmt.Errorf("a recording of %d bytes", clip.Bytes)
	}
	offset := s.Store.PartSize(clip.Digest)
	if offset > clip.Bytes {
		offset = 0
	}
	if offset == clip.Bytes {
		return s.Store.PutExpected(ctx, clip.Digest, clip.Bytes, strings.NewReader(""), offset)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(idle, func() { cancel(errors.New("transfer stands still")) })
	defer watch.Stop()
	address := strings.TrimSuffix(s.Address, "/") + wire.ClipPath + clip.Digest.String()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+ticket)
	if offset > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	response, err := s.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusPartialContent:
		if !strings.HasPrefix(response.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", offset)) {
			return fmt.Errorf("asked for bytes from %d and got %q", offset, response.Header.Get("Content-Range"))
		}
	case http.StatusOK:
		offset = 0 // it does not know ranges, or the part is of another file
	case http.StatusRequestedRangeNotSatisfiable:
		return errors.Join(errors.New("the part here is not a part of it"), s.Store.Remove(clip.Digest))
	case http.StatusUnauthorized, http.StatusForbidden:
		return errTurnedAway
	default:
		return fmt.Errorf("the broadcaster answered %s", response.Status)
	}
	return s.Store.PutExpected(ctx, clip.Digest, clip.Bytes, &stirred{Reader: response.Body, watch: watch}, offset)
}

// stirred puts the watch off whenever bytes come.
type stirred struct {
	io.Reader
	watch *time.Timer
}

func (r *stirred) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if n > 0 {
		r.watch.Reset(idle)
	}
	return n, err
}
