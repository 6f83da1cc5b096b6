package player

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/agent/internal/sound"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// markEvery is how often the journal learns how far a play has come.
const markEvery = time.Second

// maxStarved is how much of a play may be silence because the disk was slow, before it counts as cut.
const maxStarved = 50 * time.Millisecond

// sounding is one entry on its way to the horn.
type sounding struct {
	play   playlists.Play
	entry  playlists.Entry
	voice  *sound.Voice
	file   *clipFile
	stop   context.CancelFunc // ends the voice's feeding
	fed    chan struct{}      // closed when that has ended
	marked time.Duration
}

// over tells whether the entry's last frame is out.
func (s *sounding) over(line sound.Line, now Reading) bool {
	return line.Time(s.voice.End()) <= now.Mono && s.voice.Pulled() >= s.voice.End()-s.voice.Start()
}

// out is how many of the entry's frames are out.
func (s *sounding) out(line sound.Line, now Reading) int64 {
	return max(0, min(s.voice.Pulled(), line.FrameAt(now.Mono)-s.voice.Start()))
}

// mark writes down how far the entry has come, once a second while it sounds.
func (s *sounding) mark(j *journal.Journal, line sound.Line, now Reading) error {
	out := s.out(line, now)
	if out == 0 || s.marked != 0 && now.Mono-s.marked < markEvery {
		return nil
	}
	s.marked = now.Mono
	return j.Mark(s.play.Event, playlists.MillisOf(sound.Length(out)), s.voice.Carried())
}

// ended is the record of an entry that is over.
func (s *sounding) ended(line sound.Line, a *attempt) playlists.Play {
	s.timed(line, a)
	frames, starved := s.voice.End()-s.voice.Start(), s.voice.Starved()
	s.play.Sounded = playlists.MillisOf(sound.Length(frames - starved))
	s.play.End = s.play.Begin.Add(sound.Length(frames))
	s.play.Result, s.play.Evidence = playlists.ResultComplete, playlists.EvidencePlayer
	if sound.Length(starved) > maxStarved {
		s.play.Result, s.play.Cause, s.play.Evidence = playlists.ResultCut, playlists.CauseDeviceError, playlists.EvidencePlanned
	}
	if s.voice.Carried() {
		s.play.Evidence = playlists.EvidenceLevel
	}
	return s.play
}

// cut ends the entry before its end and is the record of that. Without a line, what is known is what was last marked.
func (s *sounding) cut(line sound.Line, ok bool, now Reading, a *attempt) playlists.Play {
	s.voice.Cut()
	out := s.voice.Pulled()
	if ok {
		s.timed(line, a)
		out = s.out(line, now)
	}
	s.play.Sounded = playlists.MillisOf(sound.Length(out))
	s.play.End = s.play.Begin.Add(sound.Length(out))
	s.play.Result, s.play.Evidence = playlists.ResultCut, playlists.EvidencePlanned
	if out > 0 && s.voice.Carried() {
		s.play.Evidence = playlists.EvidenceLevel
	}
	return s.play
}

// timed sets the play's beginning to where it really began.
func (s *sounding) timed(line sound.Line, a *attempt) {
	if s.voice.Pulled() == 0 {
		return
	}
	began := line.Time(s.voice.Start())
	s.play.Begin, s.play.Mono = a.reading.at(began).UTC().Round(time.Millisecond), playlists.MillisOf(began)
}

// close takes the entry off the timeline and lets go of its recording.
func (s *sounding) close() {
	s.stop()
	<-s.fed
	s.voice.Remove()
	s.file.Close()
}

// clipFile gives a clip's frames from its file.
type clipFile struct {
	*os.File
	clip   *audio.ClipReader
	frames int64
	at     int64
	room   [4096]float32
}

// openClip opens a clip that is whole.
func openClip(c clips, d playlists.Digest) (*clipFile, error) {
	file, err := c.Open(d)
	if err != nil {
		return nil, fmt.Errorf("open recording: %w", err)
	}
	found, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("open recording: %w", err)
	}
	clip, err := audio.OpenClip(file, found.Size())
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("open recording: %w", err)
	}
	return &clipFile{File: file, clip: clip, frames: clip.Frames()}, nil
}

// ReadFrames gives the next frames. See sound.FrameReader.
func (f *clipFile) ReadFrames(p []int16) (int, error) {
	if f.at >= f.frames {
		return 0, io.EOF
	}
	// The clip is 16 bits deep: scaling by a power of two there and back loses nothing.
	room := f.room[:min(int64(len(f.room)), int64(len(p)), f.frames-f.at)]
	n, err := f.clip.ReadFrames(room, f.at)
	for i, s := range room[:n] {
		p[i] = int16(s * 32768)
	}
	f.at += int64(n)
	return n, err
}
