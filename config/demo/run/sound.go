package main

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"
)

// A window of the agents' WAV files counts as sound when its mean level is above this, of a full scale of 1: -50 dBFS.
const audible = 0.00316

// The agents' files are 16-bit mono at 48,000 frames a second, with a header of 44 bytes.
const (
	header = 44
	rate   = 48_000
	window = rate / 10
)

// soundIn returns how much sound the WAV files of folder hold, in tenths of a second, and a pattern that names them.
func soundIn(folder string) (time.Duration, string, error) {
	pattern := filepath.Join(folder, "*.wav")
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return 0, pattern, err
	}
	var sum time.Duration
	for _, path := range paths {
		sounded, err := soundInFile(path)
		if err != nil {
			return 0, pattern, err
		}
		sum += sounded
	}
	return sum, pattern, nil
}

func soundInFile(path string) (time.Duration, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if _, err := file.Seek(header, io.SeekStart); err != nil {
		return 0, err
	}
	var sounded time.Duration
	for buffer := make([]byte, window*2); ; {
		n, err := io.ReadFull(file, buffer)
		if n < len(buffer) {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return sounded, nil
			}
			return 0, err
		}
		var energy float64
		for i := 0; i < n; i += 2 {
			sample := float64(int16(binary.LittleEndian.Uint16(buffer[i:]))) / 32768
			energy += sample * sample
		}
		if math.Sqrt(energy/window) > audible {
			sounded += time.Second / 10
		}
	}
}
