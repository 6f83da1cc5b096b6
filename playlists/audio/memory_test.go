package audio

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"dalaba/playlists"
)

// TestNoChangedFileOf32KBCostsMuch reads files of every kind in which something is wrong, mostly at their beginning, where
// sizes stand, and looks at how much memory is held meanwhile. TestNoFileOf32KBCostsMuch has the worst that is known.
func TestNoChangedFileOf32KBCostsMuch(t *testing.T) {
	const most, each = 64 << 20, 40
	wav := recording{layout: layout{format: formatPCM, channels: 2, rate: 44_100, bits: 24}, extensible: true, sound: tone(500, 0.5, 44_100, 6000)}
	for name, file := range map[string][]byte{
		"wav": wav.file(), "flac": sample(t, "stereo16.flac"), "mp3": sample(t, "vbr.mp3"), "ogg": sample(t, "stereo.ogg"),
	} {
		random := rand.New(rand.NewPCG(32, uint64(len(name))))
		var peak uint64
		for range each {
			changed := make([]byte, small)
			copy(changed, file)
			for range 1 + random.IntN(8) {
				at := random.IntN(200)
				if random.IntN(3) == 0 {
					at = random.IntN(small)
				}
				changed[at] = [...]byte{0, 1, 0x7F, 0x80, 0xFF, byte(random.Uint32())}[random.IntN(6)]
			}
			held, err := memoryOf(t, changed)
			if err != nil && playlists.ProblemOf(err) == nil {
				t.Errorf("%s: not told in words: %v", name, err)
			}
			peak = max(peak, held)
		}
		if t.Logf("%s: %d KB held", name, peak>>10); peak > most {
			t.Errorf("%s: %d KB held", name, peak>>10)
		}
	}
}

// memoryOf renders file and returns how many bytes were held at most.
func memoryOf(t *testing.T, file []byte) (peak uint64, err error) {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	watched := watch{bytes.NewReader(file), func() {
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapAlloc-min(now.HeapAlloc, before.HeapAlloc))
	}}
	_, err = Render(t.Context(), watched, int64(len(file)), &memory{}, brief())
	watched.look()
	if err != nil {
		err = fmt.Errorf("render: %w", err)
	}
	return peak, err
}
