package audio

import "slices"

// The decoder takes a padded frame of MPEG-2 at 22,050 frames a second for one byte shorter than it is. From there on it
// decodes the frames behind it at the wrong place, as noise of full scale. So these frames are written anew before it sees
// them: at the highest bit rate, which knows no padding here, and each with all of its data in itself.
const (
	paddedRate   = 22_050
	aloneBytes   = 72 * 160_000 / paddedRate
	aloneBitrate = 14 << 4
	maxBack      = 255
	channelBits  = 63 // of the part behind the header, for each channel
	lengthBits   = 12
)

// reservoir is the end of the data of the frames before.
type reservoir struct{ text []byte }

// alone returns f as a frame that needs nothing of those before it. It is not whole when those are not there, or when its
// data find no room in one frame.
func (r *reservoir) alone(f mpegFrame) (text []byte, whole bool) {
	at := mpegHeaderBytes
	if f.checked {
		at += 2
	}
	side, own := f.text[at:at+f.side()], f.text[at+f.side():]
	whole = f.back <= len(r.text)
	data := slices.Concat(r.text[len(r.text)-min(f.back, len(r.text)):], own)
	r.text = append(r.text, own...)
	r.text = r.text[max(0, len(r.text)-maxBack):]

	channels, first := 2, 10
	if f.mono {
		channels, first = 1, 9
	}
	bits := highBits(side)
	need := 0
	for c := range channels {
		need += bits.number(first+c*channelBits, lengthBits)
	}
	need = (need + 7) / 8
	text = make([]byte, 0, aloneBytes)
	text = append(text, f.text[0], f.text[1]|1, aloneBitrate|f.text[2]&0x0D, f.text[3])
	text = append(text, 0)
	text = append(text, side[1:]...)
	room := aloneBytes - len(text)
	text = append(text, data[:min(need, room, len(data))]...)
	return append(text, make([]byte, aloneBytes-len(text))...), whole && need <= room && need <= len(data)
}

// highBits reads numbers of bits, the highest first.
type highBits []byte

func (b highBits) number(place, n int) int {
	var v int
	for i := place; i < place+n; i++ {
		v = v<<1 | int(b[i/8]>>(7-i%8)&1)
	}
	return v
}
