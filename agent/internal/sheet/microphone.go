package sheet

import (
	"context"
	"path/filepath"
	"strings"
)

// microphone says whether something near the horn listens to ring tests. It is not switched on to find out.
func (s *Sheet) microphone(context.Context) Line {
	if len(s.o.Microphone) == 0 {
		return good("喇叭旁没有麦克风,可以没有:试响由人来听", "there is none near the horn, and none is needed: people listen to ring tests")
	}
	program := s.o.Microphone[0]
	if !s.installed(program) {
		return bad("找不到录音的程序 "+program, "there is no program "+program).
			do("装上它,或改设置里 microphone 下面的 command;没有麦克风就让它空着", "install it, or change command below microphone; leave that empty where there is no microphone")
	}
	return good("用 "+program+" 录音,只在试响时开,不存不传", program+" records, during ring tests alone; nothing is kept or sent").
		do("用 agent test 试一次,看它听不听得到喇叭", "try with agent test whether it hears the horn")
}

// installed tells whether a program is where it is said to be, or on the path.
func (s *Sheet) installed(program string) bool {
	m := s.o.Machine
	if strings.ContainsAny(program, `/\`) {
		return m.has(program)
	}
	for _, folder := range filepath.SplitList(m.env("PATH")) {
		if m.has(folder, program) || s.o.System == "windows" && m.has(folder, program+".exe") {
			return true
		}
	}
	return false
}
