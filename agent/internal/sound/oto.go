package sound

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ebitengine/oto/v3"
)

// otoReady is how long the library may take to open the device before that is told. A sound server that idles on a sink
// with two seconds of buffer takes up to 1.95 s, and one on a machine that has just started longer: that it has not
// answered does not mean that there is nothing to play on.
const otoReady = 1500 * time.Millisecond

// otoBurst is how many times as much is ready when the device begins as it was told to keep: it may keep more.
const otoBurst = 3

// otoDriver plays through oto, which allows one context in a process: once that has failed, only a new process gets the
// device back.
type otoDriver struct {
	mu      sync.Mutex // guards what follows
	context *oto.Context
	ready   chan struct{}
}

func (d *otoDriver) open(ctx context.Context, r reader, buffer time.Duration) (stream, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.context == nil {
		c, ready, err := oto.NewContext(&oto.NewContextOptions{
			SampleRate: Rate, ChannelCount: 1, Format: oto.FormatSignedInt16LE,
			BufferSize: buffer, ApplicationName: "dalaba",
		})
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNoDevice, err)
		}
		d.context, d.ready = c, ready
	}
	// The player is there, and full, before the device begins: what it takes then, all at once, is what it keeps.
	player := d.context.NewPlayer(r)
	player.SetBufferSize(int(2 * Frames(otoBurst*buffer)))
	playing := &otoStream{context: d.context, player: player}
	r.attach(playing)
	player.Play()
	late := time.NewTimer(otoReady)
	defer late.Stop()
	select {
	case <-d.ready:
	case <-late.C:
		player.PauseAndStopReading()
		return nil, fmt.Errorf("no answer within %v: %w: %w", otoReady, ErrLate, ErrSpent)
	case <-ctx.Done():
		player.PauseAndStopReading()
		return nil, ctx.Err()
	}
	if err := d.context.Err(); err != nil {
		player.PauseAndStopReading()
		return nil, fmt.Errorf("%w: %w: %w", ErrNoDevice, ErrSpent, err)
	}
	player.SetBufferSize(int(2 * Frames(buffer)))
	return playing, nil
}

type otoStream struct {
	context *oto.Context
	player  *oto.Player
}

func (s *otoStream) buffered() int { return s.player.BufferedSize() }

func (s *otoStream) err() error {
	if err := s.context.Err(); err != nil {
		return err
	}
	return s.player.Err()
}

// close stops reading, so that the source can be given to another output.
func (s *otoStream) close() { s.player.PauseAndStopReading() }
