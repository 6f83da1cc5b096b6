package api

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/hub"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// TestWhatATerminalSaidOfItself goes from what the hub holds to what is shown.
func TestWhatATerminalSaidOfItself(t *testing.T) {
	said := time.Date(2026, 1, 23, 7, 30, 0, 0, time.UTC)
	type figures struct {
		Said                       bool
		Clock                      string
		Error, Offset, Trip, Space int64
		Fault, Advice              string
		Problems                   []string
	}
	for _, test := range []struct {
		name string
		live hub.Live
		l    language
		want figures
	}{
		{"never", hub.Live{}, chinese, figures{Problems: []string{}}},
		{"in step", hub.Live{Said: said, Status: wire.Status{
			Clock: playlists.ClockTrusted, ClockError: 0, ClockErrorUS: 400, ClockOffsetUS: -1_200_000, RoundTripUS: 900, DiskFree: 12e9,
		}}, chinese, figures{true, "trusted", 400, -1_200_000, 900, 12e9, "", "", []string{}}},
		{
			"one that knows milliseconds only",
			hub.Live{Said: said, Status: wire.Status{Clock: playlists.ClockEstimated, ClockError: 35}},
			chinese,
			figures{Said: true, Clock: "estimated", Error: 35_000, Problems: []string{}},
		},
		{"a full disk", hub.Live{Said: said, Status: wire.Status{
			Clock: playlists.ClockTrusted, ClockErrorUS: 400, DiskFree: 150 << 20, Problems: []string{"磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘"},
		}}, chinese, figures{true, "trusted", 400, 0, 0, 150 << 20, "", "", []string{"磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘"}}},
		{
			"no sound card",
			hub.Live{Said: said, Status: wire.Status{Fault: playlists.CauseDeviceError, Problems: []string{"声音设备不出声,请检查声卡和音频线"}}},
			chinese,
			figures{Said: true, Fault: "声卡或音响出错", Advice: faults[playlists.CauseDeviceError].remedy.zh, Problems: []string{}},
		},
		{
			"another program holds it",
			hub.Live{Said: said, Status: wire.Status{Fault: playlists.CauseOutputBusy}},
			english,
			figures{Said: true, Fault: "another program holds its sound output", Advice: faults[playlists.CauseOutputBusy].remedy.en, Problems: []string{}},
		},
		{
			"something else",
			hub.Live{Said: said, Status: wire.Status{Fault: playlists.CauseMuted}},
			chinese,
			figures{Said: true, Fault: "被人静音", Problems: []string{}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := floor{language: test.l, live: map[playlists.TerminalID]hub.Live{"horn": test.live}}
			s := f.shape(territory.Terminal{ID: "horn"})
			got := figures{
				s.SaidAt != nil && s.SaidAt.Equal(said), s.Clock, s.ClockErrorUS, s.ClockOffsetUS, s.RoundTripUS, s.DiskFree,
				s.Fault, s.FaultAdvice, s.Problems,
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
