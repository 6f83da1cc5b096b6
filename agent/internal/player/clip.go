package player

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// errChanged means that what was read is not what was approved: the disk has given other bytes than it was given.
var errChanged = errors.New("the recording has changed on the disk")

// clipFile gives a clip's frames from its file, and takes its digest as they are read. The last frames come with
// errChanged if it is not the clip's: a disk rots without a word, and nobody has read this file since it was fetched.
type clipFile struct {
	file   *os.File
	clip   *audio.ClipReader
	digest playlists.Digest
	doubt  func(playlists.Digest)
	sum    hash.Hash
	summed int64 // how many bytes are in sum
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
	f := &clipFile{file: file, digest: d, doubt: c.Doubt, sum: sha256.New()}
	found, err := file.Stat()
	if err == nil {
		f.clip, err = audio.OpenClip(f, found.Size())
	}
	if err != nil {
		return nil, fmt.Errorf("open recording: %w", errors.Join(err, file.Close()))
	}
	f.frames = f.clip.Frames()
	return f, nil
}

// ReadAt reads the file, which is to be done from its beginning to its end. See io.ReaderAt.
func (f *clipFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := f.file.ReadAt(p, at)
	if at == f.summed {
		f.sum.Write(p[:n]) // never fails
		f.summed += int64(n)
	}
	return n, err
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
	if err == nil && f.at == f.frames && playlists.Digest(f.sum.Sum(nil)) != f.digest {
		f.doubt(f.digest)
		err = errChanged
	}
	return n, err
}

// Close closes the file. See io.Closer.
func (f *clipFile) Close() error { return f.file.Close() }
