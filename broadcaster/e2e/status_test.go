package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// delay is the output delay of the programme that the horn keeps on its disk, in milliseconds.
func (h *horn) delay() int64 {
	h.town.t.Helper()
	text, err := os.ReadFile(filepath.Join(h.folder, "data", "programme.json"))
	if err != nil {
		h.town.t.Fatal(err)
	}
	var kept struct{ Envelope wire.Envelope }
	var programme playlists.Programme
	if err := json.Unmarshal(text, &kept); err != nil {
		h.town.t.Fatal(err)
	}
	if err := json.Unmarshal(kept.Envelope.Body, &programme); err != nil {
		h.town.t.Fatal(err)
	}
	return int64(programme.OutputDelay)
}

// set says by how many milliseconds the horn's sound is late.
func (h *horn) set(delay int64) {
	h.town.t.Helper()
	h.town.must("PUT", "/api/terminals/"+h.id, map[string]any{
		"name": h.name, "kind": "speaker", "grid": society1, "dialects": []string{"yue"}, "volume": 80, "output_delay_ms": delay,
	}, nil)
}

func TestAHornIsToldItsDelayAndTellsItsClock(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄社", society1, "yue")
	await(t, "the horn to have its first programme", func() bool { return h.state().HasProgramme })
	if got := h.delay(); got != 0 {
		t.Errorf("a new horn has a delay of %d ms", got)
	}
	for _, delay := range []int64{320, 0} {
		h.set(delay)
		await(t, "the horn to have its delay", func() bool { return h.state().HasProgramme && h.delay() == delay })
	}
	await(t, "the horn to have set its clock", func() bool { return h.state().Clock == "trusted" })
	s := h.state()
	if s.SaidAt == nil || s.ClockErrorUS <= 0 || s.ClockErrorUS > 100_000 || s.RoundTripUS <= 0 || s.DiskFree <= 0 {
		t.Errorf("it says of itself %+v", s)
	}
}

func TestAHornWhoseDiskIsLowSaysThatDownloadsStopped(t *testing.T) {
	w := newTown(t)
	w.keepFree = 1 << 60 // more than any disk has: there is never room for a recording
	h := w.addHorn("老龄社", society1, "yue")
	w.plan("防溺水", noise(7, time.Second), time.Now().Add(time.Hour), 0, society1)
	await(t, "the horn to say so", func() bool {
		s := h.state()
		return s.ClipsWanted > 0 && slices.Contains(s.Problems, "磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘")
	})
	if s := h.state(); s.DiskFree <= 0 || s.ClipsWhole != 0 {
		t.Errorf("it says of itself %+v", s)
	}
}

func TestAHornWhoseSoundIsLateStartsItThatMuchEarlier(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄社", society1, "yue")
	const late = 320 * time.Millisecond
	h.set(late.Milliseconds())
	recording, due := noise(3, time.Second), soon()
	w.plan("防溺水", recording, due, time.Minute, society1)
	await(t, "the recording to arrive", h.ready)
	await(t, "the play to be counted", func() bool { return h.counts().Played == 1 })
	at, c := h.heard(recording, due)
	if off := at.Sub(due.Add(-late)); c < 0.99 || off.Abs() > near {
		t.Errorf("left the output %s off its time with correlation %.3f", off, c)
	}
	t.Logf("left the output %s before its time, correlation %.4f", due.Sub(at), c)
	if play := h.plays()[0]; play.Begin.Sub(due).Abs() > near {
		t.Errorf("it is on record as begun %s off its time", play.Begin.Sub(due))
	}
}
