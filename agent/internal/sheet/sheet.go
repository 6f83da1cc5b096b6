// Package sheet makes the 安装单: one page that tells the person who installs whether this machine will sound by itself for
// years, and what to do where it will not.
//
// Each line is found out by a probe, which looks at the machine and changes nothing but for one empty file that it removes
// again. Probes run at the same time, each for a few seconds at most, and none needs to be root; what cannot be found out
// is said to be so. They see the machine only through Machine, so that a test can be any machine.
package sheet

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// probeWithin is how long a probe may take.
const probeWithin = 5 * time.Second

// Mark is how a line stands.
type Mark string

// The marks. A Bad line must be mended before the machine is left alone; a Look is for a person to judge.
const (
	Good Mark = "✓"
	Look Mark = "!"
	Bad  Mark = "✗"
)

// Words are the same in both languages.
type Words struct{ Chinese, English string }

// Line is one thing on the sheet: its name, how it stands, what was found, and what to do, if anything.
type Line struct {
	Mark            Mark
	Name, Found, Do Words
}

// Account is whose settings they are: the one that the agent runs as when the machine starts. Name is empty where it is
// not known.
type Account struct {
	Name, Home string
	UID        int
}

// Options say what is known of the agent, and how to see the machine.
type Options struct {
	Machine Machine
	// System is the operating system, as Go names it; empty means this one.
	System string
	// Data is the data folder, Config the file of settings.
	Data, Config string
	Account      Account
	// Output is auto, device or file; with file sound goes into Files.
	Output, Files string
	// Microphone is the command of the microphone near the horn; empty for none.
	Microphone []string
	// Address is the broadcaster's base URL, empty while it is not known. Client asks there.
	Address string
	Client  *http.Client
	// Terminal is empty while there is no identity; Check is its check string.
	Terminal playlists.TerminalID
	Check    string
	// Running tells that an agent works in the data folder now.
	Running bool
	// Clock is what the agent would know of the time if it started now, off by Bound at most.
	Clock    playlists.ClockState
	Bound    time.Duration
	Hardware wire.HardwareClock
	// Disk tells how many bytes the disk of the data folder has left, and has in all. KeepFree is what is left alone.
	Disk     func() (free, total int64, err error)
	KeepFree int64
	// Version is the software's.
	Version string
}

// Sheet is the package's component.
type Sheet struct{ o Options }

// New checks o and looks at nothing yet.
func New(o Options) (*Sheet, error) {
	if o.Data == "" || o.Client == nil || o.Disk == nil || o.Machine.run == nil {
		return nil, errors.New("sheet: something that it works with is missing")
	}
	if o.System == "" {
		o.System = runtime.GOOS
	}
	return &Sheet{o: o}, nil
}

// probe finds out one line. Its name stands on the line even when it finds nothing in time.
type probe struct {
	name Words
	look func(ctx context.Context) Line
}

func (s *Sheet) probes() []probe {
	return []probe{
		{Words{"声音出口", "output"}, s.output},
		{Words{"麦克风", "microphone"}, s.microphone},
		{Words{"别的程序", "other programs"}, s.others},
		{Words{"睡眠", "sleep"}, s.sleep},
		{Words{"开机运行", "start"}, s.start},
		{Words{"来电开机", "power"}, s.power},
		{Words{"对时", "clock"}, s.clock},
		{Words{"断电走时", "hardware clock"}, s.hardware},
		{Words{"平台", "broadcaster"}, s.reach},
		{Words{"接入", "enrolment"}, s.enrolled},
		{Words{"磁盘", "disk"}, s.disk},
		{Words{"数据文件夹", "data folder"}, s.folder},
		{Words{"软件", "software"}, s.software},
	}
}

// Lines looks at everything, within a few seconds.
func (s *Sheet) Lines(ctx context.Context) []Line { return look(ctx, s.probes()) }

// look runs probes at the same time. One that does not answer is left behind, and its line says so.
func look(ctx context.Context, probes []probe) []Line {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	answers := make([]chan Line, len(probes))
	for i, p := range probes {
		answer := make(chan Line, 1)
		answers[i] = answer
		go func() { answer <- p.look(ctx) }()
	}
	lines := make([]Line, len(probes))
	for i, p := range probes {
		select {
		case lines[i] = <-answers[i]:
		case <-ctx.Done():
			select {
			case lines[i] = <-answers[i]: // it was in time
			case <-time.After(probeWithin / 10):
				lines[i] = Line{Mark: Look, Found: Words{"几秒钟内看不出来", "it could not be found out in time"}}
			}
		}
		lines[i].Name = p.name
	}
	return lines
}

// AllGood tells whether nothing must be mended.
func AllGood(lines []Line) bool {
	for _, l := range lines {
		if l.Mark == Bad {
			return false
		}
	}
	return true
}

func good(chinese, english string) Line { return Line{Mark: Good, Found: Words{chinese, english}} }

func looking(chinese, english string) Line { return Line{Mark: Look, Found: Words{chinese, english}} }

func bad(chinese, english string) Line { return Line{Mark: Bad, Found: Words{chinese, english}} }

// do adds what is to be done.
func (l Line) do(chinese, english string) Line {
	l.Do = Words{chinese, english}
	return l
}
