package audio

import (
	"errors"
	"math"
	"math/bits"
)

// Bounds on a Vorbis stream's codebooks. Encoders write some forty books with 20,000 entries in all.
const (
	maxEntries    = 1 << 15 // of one book
	maxAllEntries = 1 << 18
	maxDimensions = 64
	maxValues     = 1 << 20 // numbers in all books
)

// checkVorbisSetup reads a setup packet behind its mark as far as the decoder trusts it: it makes room for as many
// entries and values as a book says that it has, and looks up codes in a book that has too few for ever. What goes wrong
// in other places is an index out of range, which is caught.
func checkVorbisSetup(text []byte) error {
	r := &bitReader{text: text}
	var entries, values int
	for range r.read(8) + 1 {
		book, err := readBook(r)
		if err != nil {
			return err
		}
		entries += book.entries
		values += book.values
		if entries > maxAllEntries || values > maxValues {
			return errors.New("too many entries in codebooks")
		}
	}
	for range r.read(6) + 1 {
		r.read(16)
	}
	for range r.read(6) + 1 {
		if err := checkFloor(r); err != nil {
			return err
		}
	}
	if r.over {
		return errors.New("setup ends too soon")
	}
	return nil
}

// codebook is as much of a book as is checked.
type codebook struct{ entries, values int }

func readBook(r *bitReader) (codebook, error) {
	if r.read(24) != 0x564342 {
		return codebook{}, errors.New("no codebook where one should be")
	}
	dimensions, entries := r.read(16), r.read(24)
	if dimensions < 1 || dimensions > maxDimensions || entries < 2 || entries > maxEntries {
		return codebook{}, errors.New("codebook out of bounds")
	}
	var code codeLengths
	if r.read(1) == 0 {
		sparse := r.read(1) == 1
		for range entries {
			if !sparse || r.read(1) == 1 {
				code.add(r.read(5)+1, 1)
			}
		}
	} else {
		length := r.read(5) + 1
		for done := 0; done < entries; length++ {
			n := r.read(bits.Len(uint(entries - done)))
			if done += n; length > 32 || done > entries {
				return codebook{}, errors.New("codebook's lengths out of bounds")
			}
			code.add(length, n)
		}
	}
	if r.over || !code.complete() {
		return codebook{}, errors.New("codebook's code is not whole")
	}
	return codebook{entries: entries, values: readLookup(r, entries, dimensions)}, nil
}

// readLookup passes over a book's values and returns how many numbers they become.
func readLookup(r *bitReader, entries, dimensions int) int {
	kind := r.read(4)
	if kind == 0 {
		return 0
	}
	r.read(32)
	r.read(32)
	width := r.read(4) + 1
	r.read(1)
	n := entries * dimensions
	if kind == 1 {
		n = root(entries, dimensions)
	}
	r.skip(n * width)
	return entries * dimensions
}

// root is how many values a book of the first kind has, computed as the decoder does: where its arithmetic is a hair off,
// it reads on at the same wrong place.
func root(entries, dimensions int) int {
	return int(math.Floor(math.Pow(float64(entries), 1/float64(dimensions))))
}

// checkFloor passes over a floor. The older kind is refused: no encoder has written it for twenty years.
func checkFloor(r *bitReader) error {
	if r.read(16) != 1 {
		return errors.New("floor of a kind that is not read")
	}
	classes := make([]int, r.read(5))
	most := 0 // the decoder reads one class where there is none
	for i := range classes {
		classes[i] = r.read(4)
		most = max(most, classes[i])
	}
	dimensions := make([]int, most+1)
	for i := range dimensions {
		dimensions[i] = r.read(3) + 1
		subclasses := r.read(2)
		if subclasses > 0 {
			r.read(8)
		}
		r.skip(8 << subclasses)
	}
	r.read(2)
	width := r.read(4)
	for _, class := range classes {
		r.skip(dimensions[class] * width)
	}
	return nil
}

// codeLengths adds up the lengths of a code's words. The share of 2³² that a word of length n takes is 2³²⁻ⁿ, and a code
// in which everything means something takes all.
type codeLengths struct {
	words, first int
	taken        uint64
}

func (c *codeLengths) add(length, n int) {
	if c.words == 0 {
		c.first = length
	}
	c.words += n
	c.taken += uint64(n) << (32 - length)
}

// complete also takes a single word of one bit, whatever the bit.
func (c *codeLengths) complete() bool {
	return c.taken == 1<<32 || c.words == 1 && c.first == 1
}

// bitReader reads numbers of bits, the lowest first.
type bitReader struct {
	text []byte
	at   int
	over bool // something was read behind the end
}

// read returns the next n bits, at most 32.
func (r *bitReader) read(n int) int {
	if r.at+n > 8*len(r.text) {
		r.over, r.at = true, 8*len(r.text)
		return 0
	}
	var v int
	for i := 0; i < n; {
		take := min(8-r.at%8, n-i)
		v |= int(r.text[r.at/8]) >> (r.at % 8) & (1<<take - 1) << i
		i += take
		r.at += take
	}
	return v
}

func (r *bitReader) skip(n int) {
	if r.at+n > 8*len(r.text) {
		r.over, n = true, 8*len(r.text)-r.at
	}
	r.at += n
}
