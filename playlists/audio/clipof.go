package audio

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ClipOf returns the bytes of the clip that sounds like sound: mono at Rate, full scale ±1. What is beyond is cut off. The
// same sound gives the same bytes.
func ClipOf(sound []float32) ([]byte, error) {
	size := int64(len(sound)) * clipBits / 8
	file, err := io.ReadAll(header(layout{format: formatPCM, channels: 1, rate: Rate, bits: clipBits, bytes: size}))
	if err != nil {
		return nil, fmt.Errorf("write clip: %w", err)
	}
	for _, v := range sound {
		file = binary.LittleEndian.AppendUint16(file, uint16(int16(quantise(v))))
	}
	return file, nil
}

// SoundOf reads a whole clip of at most most frames, of which the file at r has size bytes.
func SoundOf(r io.ReaderAt, size, most int64) ([]float32, error) {
	clip, err := OpenClip(r, size)
	if err != nil {
		return nil, err
	}
	if clip.Frames() > most {
		return nil, fmt.Errorf("read clip: %d frames are more than %d", clip.Frames(), most)
	}
	sound := make([]float32, clip.Frames())
	if _, err := clip.ReadFrames(sound, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return sound, nil
}
