package sheet

import (
	"context"
	"fmt"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// clock says whether the agent knows the time.
func (s *Sheet) clock(context.Context) Line {
	bound := s.o.Bound.Round(time.Millisecond)
	switch s.o.Clock {
	case playlists.ClockTrusted:
		return good(fmt.Sprintf("和平台对过时,误差不超过 %v", bound), fmt.Sprintf("synchronised, off by %v at most", bound))
	case playlists.ClockEstimated:
		return looking(fmt.Sprintf("超过一天没有对时,误差不超过 %v", bound), fmt.Sprintf("not synchronised for a day, off by %v at most", bound)).
			do("让它连上平台", "let it reach the broadcaster")
	}
	return bad("还不知道现在几点,不会按时播放", "it does not know the time: nothing plays by timetable").
		do("接入并连上平台,一分钟后再查一次", "enrol, let it reach the broadcaster, and check again after a minute")
}

// hardware says whether the agent would know the time after a power cut without a network.
func (s *Sheet) hardware(context.Context) Line {
	chip := s.o.Machine.read("/sys/class/rtc/rtc0/name")
	if chip != "" {
		chip = "(" + chip + ")"
	}
	switch s.o.Hardware {
	case wire.HardwareRuns:
		return good("有硬件时钟"+chip+",停电时走得准", "there is a hardware clock"+chip+", and it ran through a power cut")
	case wire.HardwareUnproved:
		return looking("有硬件时钟"+chip+",还没经历过停电", "there is a hardware clock"+chip+", not yet seen to run through a power cut").
			do("对过时以后关机拔电五分钟,再开机连上平台:电池没电的话这样就能看出来", "pull the plug for five minutes, and let it reach the broadcaster again: a flat battery shows")
	}
	return looking("没有硬件时钟:停电又断网时不知道几点,不会按时播放", "there is no hardware clock: after a power cut without a network nothing plays by timetable").
		do("可以加一个带电池的时钟模块(例如 DS3231)", "a clock module with a battery helps, such as a DS3231")
}
