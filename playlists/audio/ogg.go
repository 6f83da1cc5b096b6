package audio

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Bounds on an Ogg file. A packet longer than maxPacket is not kept: only comments with pictures in them are.
const (
	maxPacket  = 256 << 10
	maxStreams = 32
	oggHead    = 27
)

// The flags of a page.
const (
	oggContinued = 1
	oggBegins    = 2
	oggEnds      = 4
)

// oggPacket is one packet of the stream that was chosen.
type oggPacket struct {
	text []byte
	long bool // longer than maxPacket, and therefore not whole
	// granule is the position of the page's end, or −1 where it does not say, and ends tells whether the page is the
	// stream's last. first tells whether it is the first packet that ends on its page, and last whether no more do.
	granule     int64
	ends        bool
	first, last bool
}

// oggReader takes one stream's packets out of an Ogg file. It reads page by page and believes nothing beyond the page.
type oggReader struct {
	r      *bufio.Reader
	serial uint32
	table  [256]uint32
	// unchecked leaves damaged pages in; tests that make them want that.
	unchecked bool

	head   [oggHead]byte
	sizes  []byte
	body   []byte
	at     int // the next of sizes
	used   int // how much of body has been given
	fresh  bool
	partly []byte // a packet that goes on
	long   bool
	over   bool
}

func newOggReader(r io.Reader) *oggReader {
	o := &oggReader{r: bufio.NewReaderSize(r, 64<<10)}
	for i := range o.table {
		sum := uint32(i) << 24
		for range 8 {
			sum = sum<<1 ^ sum>>31*0x04C1_1DB7
		}
		o.table[i] = sum
	}
	return o
}

// choose finds the stream whose first packet begins with mark, among those that begin together, and returns that packet.
// What else there is, it names.
func (o *oggReader) choose(mark string) (first []byte, err error) {
	var others []byte
	for range maxStreams {
		if err := o.page(); err != nil {
			return nil, err
		}
		if o.head[5]&oggBegins == 0 {
			break
		}
		if bytes.HasPrefix(o.body, []byte(mark)) {
			o.serial = binary.LittleEndian.Uint32(o.head[14:])
			p, err := o.next()
			return p.text, err
		}
		others = append(others, o.body[:min(len(o.body), 8)]...)
	}
	if bytes.Contains(others, []byte("OpusHead")) {
		return nil, unread(KindOpus)
	}
	return nil, unread(KindOgg)
}

// next returns the next packet, whose text is good until the following call, or io.EOF.
func (o *oggReader) next() (oggPacket, error) {
	for {
		for o.at < len(o.sizes) {
			size := int(o.sizes[o.at])
			o.at++
			o.keep(o.body[o.used : o.used+size])
			o.used += size
			if size < 255 {
				return o.packet(), nil
			}
		}
		if o.over {
			return oggPacket{}, io.EOF
		}
		if err := o.nextPage(); err != nil {
			return oggPacket{}, err
		}
	}
}

// packet hands out what was kept.
func (o *oggReader) packet() oggPacket {
	p := oggPacket{
		text: o.partly, long: o.long, granule: int64(binary.LittleEndian.Uint64(o.head[6:])), ends: o.over, first: o.fresh,
		last: bytes.IndexFunc(o.sizes[o.at:], func(r rune) bool { return r != 255 }) < 0,
	}
	o.partly, o.long, o.fresh = o.partly[len(o.partly):], false, false
	return p
}

func (o *oggReader) keep(text []byte) {
	if len(o.partly)+len(text) > maxPacket {
		o.long = true
		return
	}
	o.partly = append(o.partly, text...)
}

// nextPage goes to the next page of the chosen stream.
func (o *oggReader) nextPage() error {
	for {
		if err := o.page(); err != nil {
			return err
		}
		if binary.LittleEndian.Uint32(o.head[14:]) != o.serial {
			continue
		}
		if o.head[5]&oggContinued == 0 {
			o.partly, o.long = o.partly[:0], false
		}
		o.over, o.fresh = o.head[5]&oggEnds != 0, true
		return nil
	}
}

// page reads the next page of any stream.
func (o *oggReader) page() error {
	if _, err := io.ReadFull(o.r, o.head[:]); err != nil {
		return err
	}
	if string(o.head[:5]) != "OggS\x00" {
		return errors.New("no page where one should begin")
	}
	o.sizes = append(o.sizes[:0], make([]byte, o.head[26])...)
	if _, err := io.ReadFull(o.r, o.sizes); err != nil {
		return cutShort(err)
	}
	total := 0
	for _, size := range o.sizes {
		total += int(size)
	}
	o.body = append(o.body[:0], make([]byte, total)...)
	if _, err := io.ReadFull(o.r, o.body); err != nil {
		return cutShort(err)
	}
	o.at, o.used = 0, 0
	if want := binary.LittleEndian.Uint32(o.head[22:]); !o.unchecked && o.sum() != want {
		return fmt.Errorf("page's checksum is %#x, not %#x", o.sum(), want)
	}
	return nil
}

// sum is the page's checksum.
func (o *oggReader) sum() uint32 {
	head := o.head
	clear(head[22:26])
	var sum uint32
	for _, part := range [][]byte{head[:], o.sizes, o.body} {
		for _, b := range part {
			sum = sum<<8 ^ o.table[byte(sum>>24)^b]
		}
	}
	return sum
}

func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
