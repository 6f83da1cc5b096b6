package app

import (
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// statusChanged may come before there is a link: rooms say it while they are being made.
func (r *rooms) statusChanged() {
	if r.link != nil {
		r.link.StatusChanged()
	}
}

// status is how the terminal is now.
func (r *rooms) status() wire.Status {
	now, shelf, play := r.watch.read(), r.shelf.Status(), r.player.Status()
	s := wire.Status{
		Revision: r.keeper.Revision(), Sounding: play.Sounding,
		ClipsWanted: shelf.Wanted, ClipsWhole: shelf.Whole,
		Clock: now.State, ClockError: playlists.MillisOf(now.Bound), RoundTripUS: r.watch.roundTrip().Microseconds(),
		ClockErrorUS: now.Bound.Microseconds(), ClockOffsetUS: r.watch.wallClock().Microseconds(),
		HardwareClock: r.watch.hardwareClock(),
		Volume:        play.Volume, Output: r.output.Kind(), Fault: play.Fault, DiskFree: shelf.Free,
		Problems: shelf.Problems,
	}
	for _, problem := range []string{play.Problem, r.keeper.Problem(), r.reserve.problem()} {
		if problem != "" {
			s.Problems = append(s.Problems, problem)
		}
	}
	if r.wanted == OutputAuto && s.Output == OutputFile {
		s.Problems = append(s.Problems, "没有找到声卡,声音只写进文件,喇叭不响")
	}
	if r.journal.Lost() > 0 {
		s.Problems = append(s.Problems, "播放记录存不下,最早的一部分已经丢失")
	}
	return s
}
