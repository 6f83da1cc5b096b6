package audio

import (
	"bytes"
	"io"
)

// Kind is what a file is, by its content; "" is nothing that this package knows.
type Kind string

// The kinds of file that are read here.
const (
	KindWAV    Kind = "WAV"
	KindMP3    Kind = "MP3"
	KindFLAC   Kind = "FLAC"
	KindVorbis Kind = "Ogg Vorbis"
)

// The kinds of file that hold sound and are not read here.
const (
	KindAAC  Kind = "AAC"
	KindAIFF Kind = "AIFF"
	KindAMR  Kind = "AMR"
	KindAVI  Kind = "AVI"
	KindCAF  Kind = "CAF"
	KindFLV  Kind = "FLV"
	KindM4A  Kind = "M4A"
	KindMKV  Kind = "WebM"
	KindMOV  Kind = "MOV"
	KindMP4  Kind = "MP4"
	KindMPEG Kind = "MPEG"
	KindOgg  Kind = "Ogg"
	KindOpus Kind = "Opus"
	KindRF64 Kind = "RF64"
	KindRIFX Kind = "RIFX"
	KindSILK Kind = "SILK"
	Kind3GP  Kind = "3GP"
	KindWMA  Kind = "WMA"
)

// The kinds of file that people take for recordings.
const (
	KindGIF  Kind = "GIF"
	KindJPEG Kind = "JPEG"
	KindPDF  Kind = "PDF"
	KindPNG  Kind = "PNG"
	KindRAR  Kind = "RAR"
	KindZIP  Kind = "ZIP"
)

// headBytes is how much of a file kindOf wants to see.
const headBytes = 64

// video tells whether most files of the kind hold pictures too.
func (k Kind) video() bool {
	switch k {
	case KindAVI, KindFLV, KindMKV, KindMOV, KindMP4, KindMPEG, Kind3GP:
		return true
	}
	return false
}

// sound tells whether there may be sound in it.
func (k Kind) sound() bool {
	switch k {
	case KindGIF, KindJPEG, KindPDF, KindPNG, KindRAR, KindZIP, "":
		return false
	}
	return true
}

// mark is what files of a kind have at a place near their beginning.
type mark struct {
	at   int
	text string
	kind Kind
}

// marks are in the order in which they are looked for.
func marks() []mark {
	return []mark{
		{0, "fLaC", KindFLAC},
		{0, "OggS", KindOgg},
		{0, "#!AMR", KindAMR},
		{0, "#!SILK", KindSILK},
		{0, "\x02#!SILK", KindSILK},
		{4, "ftypM4A", KindM4A},
		{4, "ftypM4B", KindM4A},
		{4, "ftyp3g", Kind3GP},
		{4, "ftypqt", KindMOV},
		{4, "ftyp", KindMP4},
		{4, "moov", KindMOV},
		{4, "mdat", KindMOV},
		{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", KindWMA},
		{0, "\x1A\x45\xDF\xA3", KindMKV},
		{0, "FLV\x01", KindFLV},
		{0, "\x00\x00\x01\xBA", KindMPEG},
		{0, "caff\x00\x01", KindCAF},
		{0, "RF64", KindRF64},
		{0, "BW64", KindRF64},
		{0, "RIFX", KindRIFX},
		{8, "AIFF", KindAIFF},
		{8, "AIFC", KindAIFF},
		{0, "\xFF\xD8\xFF", KindJPEG},
		{0, "\x89PNG", KindPNG},
		{0, "GIF8", KindGIF},
		{0, "%PDF", KindPDF},
		{0, "PK\x03\x04", KindZIP},
		{0, "Rar!", KindRAR},
	}
}

// kindOf tells by its first bytes what a file is. An MP3 without a tag is known by two frames in a row, for which more
// is needed: see open.
func kindOf(head []byte) Kind {
	from := func(at int, text string) bool {
		return len(head) >= at && bytes.HasPrefix(head[at:], []byte(text))
	}
	if from(0, "RIFF") {
		switch {
		case from(8, "WAVE"):
			return KindWAV
		case from(8, "AVI "):
			return KindAVI
		}
		return ""
	}
	for _, m := range marks() {
		if from(m.at, m.text) {
			return m.kind
		}
	}
	if len(head) > 1 && head[0] == 0xFF && head[1]&0xF6 == 0xF0 {
		return KindAAC
	}
	return ""
}

// Tags of the kind ID3 stand before MP3 files, and some programs put them before others.
const (
	tagHeader = 10
	maxTags   = 8
)

// skipTags returns where a file begins behind its ID3 tags, and how many there are. A tag's size is believed as far as
// the file goes.
func skipTags(r io.ReaderAt, size int64) (at int64, tags int, err error) {
	for ; tags < maxTags; tags++ {
		var head [tagHeader]byte
		if _, err := readAt(r, head[:], at, size); err != nil {
			return 0, 0, err
		}
		if string(head[:3]) != "ID3" {
			break
		}
		// Seven bits a byte; what has the eighth set is no size, and no tag.
		length := int64(tagHeader)
		for i, b := range head[6:] {
			if b >= 0x80 {
				return at, tags + 1, nil
			}
			length += int64(b) << (7 * (3 - i))
		}
		if head[5]&0x10 != 0 { // a footer
			length += tagHeader
		}
		at = min(at+length, size)
	}
	return at, tags, nil
}
