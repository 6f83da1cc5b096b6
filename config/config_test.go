package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// keysOf returns the dotted keys of a file, in order.
func keysOf(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	var walk func(prefix string, node *yaml.Node) []string
	walk = func(prefix string, node *yaml.Node) []string {
		if node.Kind != yaml.MappingNode {
			return []string{prefix}
		}
		var keys []string
		for i := 0; i < len(node.Content); i += 2 {
			keys = append(keys, walk(strings.TrimPrefix(prefix+"."+node.Content[i].Value, "."), node.Content[i+1])...)
		}
		return keys
	}
	return walk("", document.Content[0])
}

func keys(settings []setting) []string {
	var list []string
	for _, s := range settings {
		list = append(list, s.key)
	}
	return list
}

func TestTheReferenceFilesHoldEverySettingWithItsDefault(t *testing.T) {
	b, err := LoadBroadcaster("broadcaster.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	wantB := defaultBroadcaster()
	wantB.PublicAddress = "http://127.0.0.1:8600"
	if diff := cmp.Diff(wantB, b); diff != "" {
		t.Error("broadcaster.yaml is not the defaults:", diff)
	}
	if diff := cmp.Diff(keys(b.settings()), keysOf(t, "broadcaster.yaml")); diff != "" {
		t.Error("broadcaster.yaml has other settings:", diff)
	}
	a, err := LoadAgent("agent.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaultAgent(), a); diff != "" {
		t.Error("agent.yaml is not the defaults:", diff)
	}
	if diff := cmp.Diff(keys(a.settings()), keysOf(t, "agent.yaml")); diff != "" {
		t.Error("agent.yaml has other settings:", diff)
	}
}

// write puts text into a file in a folder of its own.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnEmptyFileIsAllDefaults(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "\ufeff# nothing\n", "listen:\nlog:\n  level:\ntls: ~\n", "{}\n"} {
		path := write(t, text)
		b, err := LoadBroadcaster(path, nil)
		want := defaultBroadcaster()
		want.PublicAddress = "http://127.0.0.1:8600"
		want.Data = filepath.Join(filepath.Dir(path), "data")
		if diff := cmp.Diff(want, b); err != nil || diff != "" {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
}

func TestTheEnvironmentWinsOverTheFile(t *testing.T) {
	path := write(t, "listen: 127.0.0.1:1\nzone: Asia/Tokyo\ndata: kept\n")
	b, err := LoadBroadcaster(path, []string{
		"PATH=/bin", "DALABA_LISTEN=127.0.0.1:2", "DALABA_LISTEN=127.0.0.1:3", "DALABA_ZONE=", "DALABA_LIMITS_CLIP_MINUTES=7",
		"DALABA_LOG_LEVEL=debug", "DALABA_ENROLMENT=belongs-to-the-agent",
	})
	if err != nil {
		t.Fatal(err)
	}
	if b.Listen != "127.0.0.1:3" || b.Zone != "Asia/Tokyo" || b.Limits.LongestClip().Minutes() != 7 || b.Log.Level != "debug" {
		t.Errorf("%+v", b)
	}
	if b.Data != filepath.Join(filepath.Dir(path), "kept") {
		t.Errorf("the folder counts from %s", b.Data)
	}
	a, err := LoadAgent("", []string{"DALABA_DATA=here", "DALABA_SOUND_FILE_KEEP=3", "DALABA_SOUND_BUFFER_MS=50"})
	if err != nil || a.Data != "here" || a.Sound.File.Keep != 3 || a.Sound.Buffer().Milliseconds() != 50 || a.Sound.File.PerFile().Hours() != 1 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestThePublicAddressFollowsFromWhatIsListenedOn(t *testing.T) {
	pem := write(t, "a certificate")
	secure := "tls:\n  certificate: " + pem + "\n  key: " + pem + "\n"
	for _, test := range []struct{ name, in, want string }{
		{"this computer", "listen: localhost:80", "http://localhost:80"},
		{"this computer, IPv6", "listen: '[::1]:80'", "http://[::1]:80"},
		{"one address", "listen: 10.0.0.5:443\n" + secure, "https://10.0.0.5:443"},
		{"all addresses", "listen: :443\npublic_address: https://laba.example.cn/\n" + secure, "https://laba.example.cn"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, err := LoadBroadcaster(write(t, test.in), nil)
			if err != nil || b.PublicAddress != test.want {
				t.Errorf("%q, %v; want %q", b.PublicAddress, err, test.want)
			}
		})
	}
}

func TestAFileThatCannotBeReadIsToldInWords(t *testing.T) {
	folder := t.TempDir()
	large := write(t, strings.Repeat("#", MaxFile+1))
	for _, path := range []string{filepath.Join(folder, "absent.yaml"), folder, large} {
		var mistakes Mistakes
		if _, err := LoadAgent(path, nil); !errors.As(err, &mistakes) || len(mistakes) != 1 || mistakes[0].File != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestAMicrophoneIsACommand(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     []string
		wrong    bool
	}{
		{"words", "microphone:\n  command: arecord -q -t raw\n", []string{"arecord", "-q", "-t", "raw"}, false},
		{"quotes", "microphone:\n  command: '\"/opt/my ears/record\" --raw'\n", []string{"/opt/my ears/record", "--raw"}, false},
		{"none", "microphone:\n  command: \"\"\n", nil, false},
		{"an open quote", "microphone:\n  command: '\"x'\n", nil, true},
	} {
		a, err := LoadAgent(write(t, test.in), nil)
		if diff := cmp.Diff(test.want, a.Microphone.Command); diff != "" || (err != nil) != test.wrong {
			t.Errorf("%s: %v, %s", test.name, err, diff)
		}
	}
}

func TestARelayNeedsBothItsCommands(t *testing.T) {
	for _, test := range []struct {
		name, in string
		on       []string
		wrong    bool
	}{
		{"words", "sound:\n  relay:\n    on: gpio  set 17=1\n    off: gpio set 17=0\n", []string{"gpio", "set", "17=1"}, false},
		{"quotes", "sound:\n  relay:\n    on: '\"C:\\Program Files\\relay.exe\" on'\n    off: x\n", []string{`C:\Program Files\relay.exe`, "on"}, false},
		{"none", "sound:\n  relay:\n    on:\n    lead_s: 7\n", nil, false},
		{"half", "sound:\n  relay:\n    on: x\n", []string{"x"}, true},
		{"an open quote", "sound:\n  relay:\n    on: '\"x'\n    off: x\n", nil, true},
	} {
		a, err := LoadAgent(write(t, test.in), nil)
		var mistakes Mistakes
		if diff := cmp.Diff(test.on, a.Sound.Relay.On); diff != "" || errors.As(err, &mistakes) != test.wrong || test.wrong && len(mistakes) != 1 {
			t.Errorf("%s: %v, %s", test.name, err, diff)
		}
	}
}
