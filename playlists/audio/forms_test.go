package audio

import (
	"bytes"
	"math"
	"math/cmplx"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dalaba/playlists"
)

// sample reads a file of testdata.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// clarity fits a sine of hertz and of any phase to the middle of sound, and returns how far, in dB, what is left lies
// below it, and the sine's amplitude.
func clarity(sound []float32, hertz float64) (ratio, amplitude float64) {
	// A whole number of periods of 1 kHz.
	middle := sound[len(sound)/4:][:len(sound)/2/Rate*Rate+Rate/10]
	var sum complex128
	for i, v := range middle {
		sum += complex(float64(v), 0) * cmplx.Exp(complex(0, -2*math.Pi*hertz*float64(i)/Rate))
	}
	sum *= complex(2/float64(len(middle)), 0)
	var rest float64
	for i, v := range middle {
		e := float64(v) - real(sum*cmplx.Exp(complex(0, 2*math.Pi*hertz*float64(i)/Rate)))
		rest += e * e
	}
	amplitude = cmplx.Abs(sum)
	return 10 * math.Log10(amplitude*amplitude/2*float64(len(middle))/rest), amplitude
}

func TestWhatPeopleSendSoundsAsItWasRecorded(t *testing.T) {
	for _, test := range []struct {
		name      string
		seconds   float64
		amplitude float64
		purity    float64 // dB: what the form itself keeps
	}{
		{"cbr.mp3", 1.07, 0.475, 80},
		{"vbr.mp3", 1.05, 0.354, 60},
		{"mpeg2.mp3", 1.1, 0.475, 65},
		{"stereo16.flac", 1, 0.354, 75},
		{"mono24.flac", 0.3, 0.5, 75},
		{"mono8.flac", 0.5, 0.5, 40},
		{"mono.ogg", 1, 0.5, 37},
		{"stereo.ogg", 1, 0.354, 39},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := sample(t, test.name)
			for name, in := range map[string][]byte{
				"as it is":               file,
				"with a tag before":      append([]byte("ID3\x04\x00\x00\x00\x00\x00\x08TIT2....fLaC")[:18], file...),
				"with two tags before":   append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00ID3\x04\x00\x00\x00\x00\x00\x00"), file...),
				"with something behind":  append(bytes.Clone(file), append([]byte("TAG"), make([]byte, 125)...)...),
				"with its last byte off": file[:len(file)-1],
			} {
				mp3 := filepath.Ext(test.name) == ".mp3"
				if name == "with something behind" && !mp3 {
					continue // no program writes it there
				}
				if name == "with its last byte off" && !mp3 {
					in = in[:len(in)-len(in)/4]
				}
				made, clip, err := render(t, in, Limits{})
				if filepath.Ext(test.name) == ".ogg" && len(in) < len(file) && playlists.ProblemOf(err) != nil {
					continue // all of it lay in the page that was cut off
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				ratio, amplitude := clarity(frames(t, clip), 1000)
				seconds := float64(made.Frames) / Rate
				if ratio < test.purity || math.Abs(amplitude-test.amplitude) > 0.01 || math.Abs(seconds-test.seconds) > 0.5 {
					t.Errorf("%s: %.3f s, %.1f dB, amplitude %.3f", name, seconds, ratio, amplitude)
				}
				truncated := slices.Contains(made.Notes, NoteTruncated)
				if !mp3 && truncated != (len(in) < len(file)) {
					t.Errorf("%s: truncated %v", name, truncated)
				}
			}
		})
	}
}

func TestOggAndFLACAreAsLongAsTheyWere(t *testing.T) {
	for name, want := range map[string]int64{"mono.ogg": 48_000, "stereo.ogg": 48_000, "stereo16.flac": 48_000, "mono24.flac": 14_400, "mono8.flac": 24_000} {
		made, _, err := render(t, sample(t, name), Limits{})
		if err != nil || made.Frames != want {
			t.Errorf("%s: %d frames, want %d (%v)", name, made.Frames, want, err)
		}
	}
}

func TestAnMP3ThatWasCutOutOfAnotherBeginsWithoutNoise(t *testing.T) {
	file := sample(t, "cbr.mp3")
	// Frames are 156 or 157 bytes long and refer to the ones before.
	for cut := 1000; cut < 1700; cut += 51 {
		_, clip, err := render(t, file[cut:], Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if most := loudestOf(frames(t, clip)); most > 0.56 {
			t.Errorf("cut at %d: reaches %.2f of full scale", cut, most)
		}
	}
}

func TestWhatIsNotReadIsRefusedByItsName(t *testing.T) {
	at := func(n int, text string) []byte { return append(make([]byte, n), text+"................"...) }
	for _, test := range []struct {
		name string
		in   []byte
		want string
		kind Kind // that another program may read
	}{
		{"a phone's memo", sample(t, "memo.m4a"), "form_unread M4A", KindM4A},
		{"AAC", sample(t, "raw.aac"), "form_unread AAC", KindAAC},
		{"Opus", sample(t, "opus.ogg"), "form_unread Opus", KindOpus},
		{"MPEG 2.5", sample(t, "mpeg25.mp3"), "form_unread MP3", KindMP3},
		{"layer II", sample(t, "layer2.mp2"), "form_unread MPEG layer 2", KindMP3},
		{"an old phone's", []byte("#!AMR\n<\x00\x00"), "form_unread AMR", KindAMR},
		{"a new phone's", []byte("#!AMR-WB\n<\x00\x00"), "form_unread AMR", KindAMR},
		{"WeChat's voice", []byte("\x02#!SILK_V3\x10\x00"), "form_wechat_voice SILK", KindSILK},
		{"QQ's voice", []byte("#!SILK_V3\x10\x00"), "form_wechat_voice SILK", KindSILK},
		{"a video", []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"), "form_video MP4", KindMP4},
		{"an iPhone's video", []byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "), "form_video MOV", KindMOV},
		{"an old phone's video", []byte("\x00\x00\x00\x14ftyp3gp4\x00\x00\x02\x003gp4"), "form_video 3GP", Kind3GP},
		{"a browser's", []byte("\x1A\x45\xDF\xA3\x9fB\x86\x81\x01"), "form_video WebM", KindMKV},
		{"AIFF", append([]byte("FORM\x00\x00\x01\x00"), "AIFFCOMM"...), "form_unread AIFF", KindAIFF},
		{"a picture", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), "not_a_recording_but JPEG", ""},
		{"a document", []byte("%PDF-1.7"), "not_a_recording_but PDF", ""},
		{"an archive", []byte("PK\x03\x04\x14\x00"), "not_a_recording_but ZIP", ""},
		{"nothing but noughts", at(5000, ""), "not_a_recording", ""},
		{"a FLAC of pictures", []byte("fLaC\x86\xFF\xFF\xFF...."), "recording_broken FLAC", ""},
		{"a FLAC's beginning", sample(t, "mono24.flac")[:60], "recording_broken FLAC", ""},
		{"an Ogg's beginning", sample(t, "mono.ogg")[:3000], "recording_broken Ogg Vorbis", ""},
		{"an Ogg with one bit wrong", flipped(sample(t, "mono.ogg"), 4000), "recording_broken Ogg Vorbis", ""},
		{"a FLAC with one bit wrong", flipped(sample(t, "mono24.flac"), 3000), "recording_broken FLAC", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := render(t, test.in, Limits{})
			p := playlists.ProblemOf(err)
			if p == nil {
				t.Fatalf("got %v, want the problem %s", err, test.want)
			}
			got := p.Code
			if format, has := p.Args["format"]; has {
				got += " " + format.(string)
			}
			if got != test.want {
				t.Errorf("got %s, want %s (%v)", got, test.want, err)
			}
			var kind Kind
			if f := ForeignOf(err); f != nil {
				kind = f.Kind
			}
			if kind != test.kind {
				t.Errorf("another program may read it as %q, want %q", kind, test.kind)
			}
		})
	}
}

func flipped(file []byte, at int) []byte {
	file = bytes.Clone(file)
	file[at] ^= 1
	return file
}
