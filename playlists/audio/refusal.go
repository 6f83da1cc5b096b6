package audio

import (
	"bytes"
	"fmt"

	"dalaba/playlists"
)

// notWAV is the refusal of a file that begins with head. Where head tells what the file is, so does the refusal.
func notWAV(head []byte) error {
	if name := kind(head); name != "" {
		return refused("not_wav_but", "format", name)
	}
	return &playlists.Problem{Kind: playlists.Invalid, Code: "not_wav"}
}

// kind names what a file that begins with head is, by what people call it, or returns "".
func kind(head []byte) string {
	from := func(at int, text string) bool {
		return len(head) >= at && bytes.HasPrefix(head[at:], []byte(text))
	}
	switch {
	case from(0, "ID3"), len(head) > 1 && head[0] == 0xFF && head[1]&0xE6 == 0xE2:
		return "MP3"
	case len(head) > 1 && head[0] == 0xFF && head[1]&0xF6 == 0xF0:
		return "AAC"
	case from(0, "fLaC"):
		return "FLAC"
	case from(0, "OggS"):
		return "Ogg"
	case from(0, "#!AMR"):
		return "AMR"
	case from(4, "ftyp"):
		return "M4A"
	case from(0, "\x02#!SILK"), from(0, "#!SILK"):
		return "SILK"
	case from(0, "\x30\x26\xB2\x75"):
		return "WMA"
	case from(0, "RF64"), from(0, "BW64"):
		return "RF64"
	case from(0, "RIFX"):
		return "RIFX"
	case from(0, "FORM"):
		return "AIFF"
	case from(0, "RIFF") && from(8, "AVI "):
		return "AVI"
	}
	return ""
}

// refusedFormat is the refusal of a WAV file whose samples are written in a way that is not read.
func refusedFormat(tag, bits int) error {
	var name string
	switch tag {
	case formatPCM, formatFloat:
		return refused("wav_bits", "bits", bits)
	case 0x02, 0x11:
		name = "ADPCM"
	case 0x06:
		name = "A-law"
	case 0x07:
		name = "µ-law"
	case 0x31:
		name = "GSM"
	case 0x50, 0x55:
		name = "MP3"
	case 0x160, 0x161, 0x162:
		name = "WMA"
	case 0xFF, 0x1600:
		name = "AAC"
	default:
		return &playlists.Problem{Kind: playlists.Invalid, Code: "wav_format_unknown", Err: fmt.Errorf("format tag %#04x", tag)}
	}
	return refused("wav_format", "format", name)
}
