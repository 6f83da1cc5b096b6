package sound

import (
	"encoding/binary"
	"errors"
	"os"
)

// wavHeader is the size of the header of a 16-bit PCM file that has nothing else in it.
const wavHeader = 44

// wavFile is a WAV file that grows. Its header never promises more than has been written.
type wavFile struct {
	file   *os.File
	frames int64
	bytes  []byte // room for one chunk
}

// createWAV makes a new, empty file. It is an error if there is one of that name.
func createWAV(path string) (*wavFile, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	w := &wavFile{file: file}
	if _, err := file.Write(wavHeaderOf(0)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// append writes frames after those that are there.
func (w *wavFile) append(frames []int16) error {
	w.bytes = w.bytes[:0]
	for _, s := range frames {
		w.bytes = binary.LittleEndian.AppendUint16(w.bytes, uint16(s))
	}
	n, err := w.file.Write(w.bytes)
	w.frames += int64(n) / 2
	return err
}

// flush brings the header up to what has been appended.
func (w *wavFile) flush() error {
	_, err := w.file.WriteAt(wavHeaderOf(w.frames), 0)
	return err
}

func (w *wavFile) close() error {
	return errors.Join(w.flush(), w.file.Close())
}

// wavHeaderOf is the header of a mono 16-bit file of frames frames.
func wavHeaderOf(frames int64) []byte {
	size := uint32(frames * 2)
	h := make([]byte, 0, wavHeader)
	h = append(h, "RIFF"...)
	h = binary.LittleEndian.AppendUint32(h, wavHeader-8+size)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = binary.LittleEndian.AppendUint16(h, 1) // PCM
	h = binary.LittleEndian.AppendUint16(h, 1) // mono
	h = binary.LittleEndian.AppendUint32(h, Rate)
	h = binary.LittleEndian.AppendUint32(h, Rate*2)
	h = binary.LittleEndian.AppendUint16(h, 2)
	h = binary.LittleEndian.AppendUint16(h, 16)
	h = append(h, "data"...)
	return binary.LittleEndian.AppendUint32(h, size)
}
