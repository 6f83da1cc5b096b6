package audio

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"

	"dalaba/playlists"
)

func TestWhatCannotBePlayedIsRefusedInWords(t *testing.T) {
	second := pcm(8_000, tone(500, 0.5, 8_000, 8_000))
	good := second.file()
	altered := func(at int, text ...byte) []byte {
		file := bytes.Clone(good)
		copy(file[at:], text)
		return file
	}
	extensible := recording{layout: second.layout, extensible: true, sound: second.sound}.file()
	extensible[12+8+30] ^= 0xFF // in the name of the kind
	empty := riff(chunk("fmt ", second.fmtChunk()), chunk("data", nil), chunk("LIST", []byte("INFO")))
	for _, test := range []struct {
		name string
		in   []byte
		want string
	}{
		{"an empty file", nil, "clip_no_sound"},
		{"a text", []byte("你好,这不是录音"), "not_a_recording"},
		{"one byte", []byte("R"), "not_a_recording"},
		{"RF64", append([]byte("RF64"), good[4:]...), "form_unread RF64"},
		{"an AVI", append(append(bytes.Clone(good[:8]), "AVI "...), good[12:]...), "form_video AVI"},
		{"only a header", good[:12], "wav_broken"},
		{"no samples", empty, "clip_no_sound"},
		{"header only up to data", good[:44], "clip_no_sound"},
		{"half a sample", good[:45], "clip_no_sound"},
		{"no format", riff(chunk("data", good[44:])), "wav_broken"},
		{"a short format", riff(chunk("fmt ", make([]byte, 12)), chunk("data", good[44:])), "wav_broken"},
		{"µ-law", altered(20, 7), "wav_format µ-law"},
		{"IMA ADPCM", altered(20, 0x11), "wav_format ADPCM"},
		{"something unheard of", altered(20, 0x34, 0x12), "wav_format_unknown"},
		{"12 bits", altered(34, 12), "wav_bits 12"},
		{"no bits", altered(34, 0), "wav_bits 0"},
		{"no channels", altered(22, 0), "wav_broken"},
		{"9 channels", altered(22, 9), "wav_channels 9"},
		{"65,535 channels", altered(22, 0xFF, 0xFF), "wav_channels 65535"},
		{"a rate of 0", altered(24, 0, 0), "wav_rate 0"},
		{"a rate of 4 GHz", altered(24, 0xFF, 0xFF, 0xFF, 0xFF), "wav_rate 4294967295"},
		{"block align lies", altered(32, 4), "wav_broken"},
		{"extensible of an unknown kind", extensible, "wav_broken"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := render(t, test.in, Limits{})
			p := playlists.ProblemOf(err)
			if p == nil {
				t.Fatalf("got %v, want the problem %s", err, test.want)
			}
			got := p.Code
			for _, place := range []string{"format", "bits", "channels", "rate"} {
				if v, has := p.Args[place]; has {
					got += fmt.Sprint(" ", v)
				}
			}
			if got != test.want {
				t.Errorf("got the problem %s, want %s", got, test.want)
			}
		})
	}
}

func TestLengthIsRefusedBeforeAnyWork(t *testing.T) {
	const rate = 4_000
	for seconds, want := range map[int64]string{3 * 3600: "clip_too_long map[limit:30 minutes:180]", 1801: "clip_too_long map[limit:30 minutes:31]"} {
		l := pcm(rate, nil).layout
		l.bytes = seconds * rate * 2
		head, err := io.ReadAll(header(l))
		if err != nil {
			t.Fatal(err)
		}
		reads := 0
		src := watch{bytes.NewReader(head), func() { reads++ }}
		var out memory
		_, err = Render(t.Context(), src, clipHeader+l.bytes, &out, Limits{})
		if p := playlists.ProblemOf(err); p == nil || p.Error() != want || reads > 8 || len(out.bytes) > 0 {
			t.Errorf("%d s: %v after %d reads, %d bytes written", seconds, err, reads, len(out.bytes))
		}
	}
}

func TestHeadersThatLiePlayWhatIsThere(t *testing.T) {
	in := pcm(48_000, tone(500, 0.5, 48_000, 60_000))
	good := in.file()
	fmtChunk := chunk("fmt ", in.fmtChunk())
	data := good[44:]
	sized := func(size uint32) []byte {
		file := bytes.Clone(good)
		binary.LittleEndian.PutUint32(file[40:], size)
		return file
	}
	unpadded := append(chunk("LIST", []byte("odd"))[:8+3], good[36:]...)
	for _, test := range []struct {
		name string
		in   []byte
		want int
		note bool
	}{
		{"as it should be", good, 60_000, false},
		{"cut off", good[:44+50_001], 25_000, true},
		{"promises a gigabyte", sized(1 << 30), 60_000, true},
		{"written into a pipe", sized(0xFFFFFFFF), 60_000, false},
		{"written into another pipe", sized(0x7FFFF000), 60_000, false},
		{"never closed", sized(0), 60_000, false},
		{"less than there is", sized(100_000), 50_000, false},
		{"an odd size", sized(100_001), 50_000, false},
		{"RIFF's size is nothing", append([]byte("RIFF\x00\x00\x00\x00"), good[8:]...), 60_000, false},
		{"chunks before", riff(chunk("JUNK", make([]byte, 33)), fmtChunk, chunk("LIST", []byte("INFO")), chunk("data", data)), 60_000, false},
		{"a chunk behind", riff(fmtChunk, chunk("data", data), chunk("LIST", make([]byte, 99))), 60_000, false},
		{"format behind the samples", riff(chunk("data", data), fmtChunk), 60_000, false},
		{"an odd chunk without padding", riff(fmtChunk, unpadded), 60_000, false},
		{"a second format", riff(fmtChunk, chunk("fmt ", make([]byte, 16)), chunk("data", data)), 60_000, false},
		{"a byte rate that lies", append(append(bytes.Clone(good[:28]), 1, 2, 3, 4), good[32:]...), 60_000, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			made, clip, err := render(t, test.in, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if made.Frames != int64(test.want) || slices.Contains(made.Notes, NoteTruncated) != test.note {
				t.Errorf("%d frames with the notes %v, want %d", made.Frames, made.Notes, test.want)
			}
			if !bytes.Equal(clip[44:], data[:2*test.want]) {
				t.Error("not the samples that are there")
			}
		})
	}
}

func TestASmallHostileFileCostsLittle(t *testing.T) {
	pad := func(file []byte) []byte {
		return append(file, make([]byte, max(0, small-len(file)))...)
	}
	huge := binary.LittleEndian.AppendUint32(nil, 0xFFFF_FFF0)
	wide := recording{layout: layout{format: formatPCM, channels: 8, rate: 192_000, bits: 32}}
	odd := recording{layout: layout{format: formatPCM, channels: 1, rate: 191_999, bits: 16}}
	var chunks []byte
	for range small / 8 {
		chunks = append(chunks, "LIST\x00\x00\x00\x00"...)
	}
	for name, file := range map[string][]byte{
		"a huge list":          pad(append([]byte("RIFF\xFF\xFF\xFF\xFFWAVELIST"), huge...)),
		"a huge format":        pad(append([]byte("RIFF\xFF\xFF\xFF\xFFWAVEfmt "), huge...)),
		"a huge sampler chunk": pad(append([]byte("RIFF\xFF\xFF\xFF\xFFWAVEsmpl"), huge...)),
		"a huge data chunk":    pad(riff(chunk("fmt ", wide.fmtChunk()), append([]byte("data"), huge...))),
		"an odd rate":          pad(riff(chunk("fmt ", odd.fmtChunk()), append([]byte("data"), huge...))),
		"a list of lists":      append([]byte("RIFF\xFF\xFF\xFF\xFFWAVE"), chunks...),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, _, err := render(t, file, Limits{})
			runtime.ReadMemStats(&after)
			spent := after.TotalAlloc - before.TotalAlloc
			t.Logf("%d KB, %v", spent>>10, err)
			if spent > 4<<20 {
				t.Errorf("%d bytes of file cost %d bytes of memory", len(file), spent)
			}
		})
	}
}
