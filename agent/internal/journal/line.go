package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"

	"dalaba/playlists"
)

// maxLine bounds one line in bytes; a longer one is damage.
const maxLine = 64 << 10

// line is one thing that happened. Exactly one of its fields is set.
type line struct {
	Head    *head             `json:"head,omitempty"`
	Boot    *boot             `json:"boot,omitempty"`
	Start   *playlists.Play   `json:"start,omitempty"`
	Mark    *mark             `json:"mark,omitempty"`
	Report  *playlists.Report `json:"report,omitempty"` // for a play it is its END
	Outage  *Outage           `json:"outage,omitempty"`
	Alive   *time.Time        `json:"alive,omitempty"`
	InForce *inForce          `json:"in_force,omitempty"`
	Ack     *uint64           `json:"ack,omitempty"`
	Lost    *lost             `json:"lost,omitempty"`
	Damage  *damage           `json:"damage,omitempty"`
}

// head is the first line of each segment: what must be known when all segments before it are gone.
type head struct {
	Journal string `json:"journal"`
	// Next is the sequence of the first row that this segment can hold.
	Next      uint64              `json:"next"`
	Acked     uint64              `json:"acked"`
	Accounted playlists.Accounted `json:"accounted"`
	// Revisions are those in force since Accounted.
	Revisions []inForce `json:"revisions"`
	Alive     time.Time `json:"alive"`
	Boot      string    `json:"boot"`
	Lost      uint64    `json:"lost,omitempty"`
}

// boot says that an agent began to write.
type boot struct {
	Boot    string `json:"boot"`
	Process string `json:"process"`
}

// mark says how far a play has come.
type mark struct {
	Event   string           `json:"event"`
	Sounded playlists.Millis `json:"sounded_ms"`
	Carried bool             `json:"carried"`
}

type inForce struct {
	Revision uint64 `json:"revision"`
	// At is when it came into force, in broadcaster time; zero when that was not known.
	At time.Time `json:"at,omitzero"`
}

// lost stands where rows were given up because the journal was full before they were delivered.
type lost struct {
	First   uint64 `json:"first"`
	Through uint64 `json:"through"`
}

// damage stands for bytes of an earlier segment that cannot be read.
type damage struct {
	Segment int `json:"segment"`
	Offset  int `json:"offset"`
	Bytes   int `json:"bytes"`
}

// Outage is a span in which nothing could begin.
type Outage struct {
	Cause playlists.Cause `json:"cause"`
	Begin time.Time       `json:"begin"`
	// End is zero while it goes on. The same outage is written again when it has ended.
	End time.Time `json:"end,omitzero"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encode appends l's text to b: eight hexadecimal digits of CRC-32C, a space, JSON, a line feed.
func encode(b []byte, l line) ([]byte, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return b, fmt.Errorf("encode journal line: %w", err)
	}
	b = fmt.Appendf(b, "%08x ", crc32.Checksum(text, castagnoli))
	b = append(b, text...)
	return append(b, '\n'), nil
}

// decode reads what encode wrote, without the line feed.
func decode(text []byte) (line, bool) {
	var l line
	if len(text) < 10 || len(text) > maxLine || text[8] != ' ' {
		return l, false
	}
	var sum [4]byte
	if _, err := hex.Decode(sum[:], text[:8]); err != nil {
		return l, false
	}
	want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
	if crc32.Checksum(text[9:], castagnoli) != want || json.Unmarshal(text[9:], &l) != nil {
		return line{}, false
	}
	return l, true
}

// scan reads a segment's bytes and calls each for every whole line with the offset behind it, in order. It returns
// where the last whole line ends, and the damage before that; what follows is a torn tail. When each returns false it
// stops there.
func scan(data []byte, each func(l line, end int) bool) (good int, damaged []damage) {
	var bad []damage // since the last whole line
	for at := 0; at < len(data); {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			break
		}
		if l, ok := decode(data[at : at+n]); ok {
			good = at + n + 1
			damaged, bad = append(damaged, bad...), nil
			if !each(l, good) {
				return good, damaged
			}
		} else {
			bad = append(bad, damage{Offset: at, Bytes: n + 1})
		}
		at += n + 1
	}
	return good, damaged
}
