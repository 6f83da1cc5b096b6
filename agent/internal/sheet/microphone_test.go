package sheet

import "testing"

func TestTheMicrophoneIsThereOrNeedNotBe(t *testing.T) {
	there := machine{env: map[string]string{"PATH": "/usr/local/bin:/usr/bin"}, files: map[string]string{"/usr/bin/parec": "", "/opt/record": ""}}
	for _, test := range []struct {
		name    string
		in      machine
		command []string
		want    wanted
	}{
		{"none", machine{}, nil, wanted{Good, "可以没有", ""}},
		{"on the path", there, []string{"parec", "--raw"}, wanted{Good, "用 parec 录音", "agent test"}},
		{"by its place", there, []string{"/opt/record"}, wanted{Good, "/opt/record", "agent test"}},
		{"not installed", there, []string{"arecord"}, wanted{Bad, "找不到录音的程序 arecord", "command"}},
		{"at no such place", there, []string{"/opt/recorder"}, wanted{Bad, "/opt/recorder", "command"}},
	} {
		s := test.in.sheet(t, Options{Microphone: test.command})
		test.want.check(t, test.name, s.microphone(t.Context()))
	}
}
