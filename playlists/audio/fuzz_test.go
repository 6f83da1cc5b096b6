package audio

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"dalaba/playlists"
)

// brief bounds what fuzzing renders.
func brief() Limits { return Limits{Longest: 2 * time.Second, Target: DefaultTarget} }

// renderAny fails unless file is rendered right or refused in words.
func renderAny(t *testing.T, file []byte) {
	t.Helper()
	made, clip, err := render(t, file, brief())
	if err != nil {
		if playlists.ProblemOf(err) == nil {
			t.Fatalf("not told in words: %v", err)
		}
		return
	}
	if made.Frames > 2*Rate || int64(len(frames(t, clip))) != made.Frames {
		t.Fatalf("%d frames", made.Frames)
	}
}

func FuzzWAV(f *testing.F) {
	for _, bits := range []int{8, 16, 24, 32} {
		f.Add(recording{layout: layout{format: formatPCM, channels: 2, rate: 11_025, bits: bits}, extensible: bits == 24, sound: tone(500, 0.5, 11_025, 200)}.file())
	}
	f.Add(recording{layout: layout{format: formatFloat, channels: 1, rate: 96_000, bits: 32}, sound: tone(500, 2, 96_000, 200)}.file())
	f.Add(riff(chunk("LIST", []byte("INFOISFT\xFF\xFF\xFF\x7F")), chunk("data", nil)))
	f.Fuzz(func(t *testing.T, file []byte) { renderAny(t, file) })
}

func FuzzFLAC(f *testing.F) {
	for _, name := range []string{"mono24.flac", "mono8.flac"} {
		f.Add(sample(f, name))
	}
	f.Add(sample(f, "stereo16.flac")[:6000])
	f.Fuzz(func(t *testing.T, file []byte) { renderAny(t, file) })
}

func FuzzMP3(f *testing.F) {
	for _, name := range []string{"cbr.mp3", "vbr.mp3", "mpeg2.mp3", "mpeg25.mp3", "layer2.mp2"} {
		f.Add(sample(f, name)[:900])
		f.Add(sample(f, name)[700:1500])
	}
	f.Fuzz(func(t *testing.T, file []byte) { renderAny(t, file) })
}

// FuzzOgg does not look at the pages' checksums, which would let no changed input through.
func FuzzOgg(f *testing.F) {
	for _, name := range []string{"mono.ogg", "stereo.ogg", "opus.ogg"} {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 64<<10 {
			return
		}
		if err := measureUnchecked(t, file); err != nil && playlists.ProblemOf(err) == nil {
			t.Fatalf("not told in words: %v", err)
		}
	})
}

// measureUnchecked reads an Ogg file whose pages may have any checksum.
func measureUnchecked(t *testing.T, file []byte) error {
	src := io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file)))
	found, err := careful(KindVorbis, src, func(r *disk) (opened, error) {
		packets := newOggReader(r)
		packets.unchecked = true
		return newPerceptual(packets)
	})
	if err != nil {
		return err
	}
	job := rendering{longest: 2}
	_, err = job.measure(t.Context(), found, correction{})
	return err
}

// TestADecodersPanicIsARefusal has files, found by fuzzing, on which the decoder panics when their checksums are right.
func TestADecodersPanicIsARefusal(t *testing.T) {
	for _, test := range []struct {
		name  string
		at    int
		value byte
	}{
		{"a book that is not there", 3219, 255},
		{"a partition of no size", 3230, 0},
		{"a book without values", 3316, 0},
	} {
		file := sample(t, "mono.ogg")
		file[test.at] = test.value
		err := measureUnchecked(t, file)
		p := playlists.ProblemOf(err)
		if p == nil || p.Code != "recording_broken" || !strings.Contains(err.Error(), "decoder panicked") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// small is the size of a small file.
const small = 32 << 10

// TestNoFileOf32KBCostsMuch looks at how much memory is held while files that promise too much are read. What fuzzing
// found is in testdata/fuzz.
func TestNoFileOf32KBCostsMuch(t *testing.T) {
	const most = 64 << 20
	pad := func(text string) []byte { return append([]byte(text), make([]byte, small-len(text))...) }
	for name, file := range hostile(t, pad) {
		t.Run(name, func(t *testing.T) {
			peak, err := memoryOf(t, file)
			if err != nil && playlists.ProblemOf(err) == nil {
				t.Errorf("not told in words: %v", err)
			}
			t.Logf("%d KB held, %v", peak>>10, err)
			if peak > most {
				t.Errorf("%d KB held", peak>>10)
			}
		})
	}
}

// hostile are files that a decoder left alone would make gigabytes of room for, or never come back from.
func hostile(t *testing.T, pad func(string) []byte) map[string][]byte {
	flac := string(sample(t, "mono24.flac"))
	setup := func(book string) []byte {
		return oggOf(vorbisFirst+"\x00\x00\x00\x00\x01\x80\xBB\x00\x00............\xB8\x01", "\x03vorbis", vorbisSetup+book)
	}
	return map[string][]byte{
		"a tag of a gigabyte before an MP3": pad("ID3\x04\x00\x00\x7F\x7F\x7F\x7F\xFF\xFB\x90\x64"),
		"a tag whose size is no size":       pad("ID3\x04\x00\x00\xFF\xFF\xFF\xFF"),
		"a FLAC's picture of 16 MB":         pad(flac[:42] + "\x06\xFF\xFF\xFF"),
		"a FLAC that begins with a picture": pad("fLaC\x06\xFF\xFF\xFF\x00\x00\x00\x03\xFF\xFF\xFF\xFF"),
		"a FLAC's table that is endless":    pad(flac[:42] + "\x03\xFF\xFF\xFF"),
		"a FLAC's comments of 4 GB":         pad(flac[:42] + "\x04\x00\x00\x20\xFF\xFF\xFF\xFF"),
		"a book of 16 million entries":      setup("\x00BCV\x01\x00\xFF\xFF\xFF\x00"),
		"a book of no entries":              setup("\x00BCV\x01\x00\x00\x00\x00\x00"),
		"a book of one entry":               setup("\x00BCV\x01\x00\x01\x00\x00\x00"),
		"a book whose codes end nowhere":    setup("\x00BCV\x01\x00\x04\x00\x00\x02\x00\x00\x00\x00"),
		"a book in order that stands still": setup("\x00BCV\x01\x00\xFF\x00\x00\x01" + string(make([]byte, 2000))),
		"a book of 65,535 dimensions":       setup("\x00BCV\xFF\xFF\x00\x10\x00\x01" + string(make([]byte, 2000))),
		"an Ogg of empty pages":             bytes.Repeat(oggPage(0, nil)[:27], small/27),
		"an Ogg of empty packets":           oggOf(append([]string{vorbisFirst}, make([]string, 20_000)...)...),
	}
}

// oggOf puts packets into pages of a stream.
func oggOf(packets ...string) []byte {
	var file []byte
	for i, p := range packets {
		flags := byte(0)
		if i == 0 {
			flags = oggBegins
		}
		file = append(file, oggPage(flags, []byte(p))...)
	}
	return file
}

// oggPage is a page with one packet.
func oggPage(flags byte, packet []byte) []byte {
	o := newOggReader(bytes.NewReader(nil))
	copy(o.head[:], "OggS\x00")
	o.head[5] = flags
	for rest := len(packet); ; rest -= 255 {
		o.sizes = append(o.sizes, byte(min(rest, 255)))
		if rest < 255 {
			break
		}
	}
	o.head[26] = byte(len(o.sizes))
	o.body = packet
	sum := o.sum()
	o.head[22], o.head[23], o.head[24], o.head[25] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
	return append(append(o.head[:], o.sizes...), o.body...)
}
