package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// told returns what is said of a broadcaster's file, as "line: English".
func told(t testing.TB, path string, env ...string) []string {
	t.Helper()
	_, err := LoadBroadcaster(path, env)
	var mistakes Mistakes
	if err != nil && !errors.As(err, &mistakes) {
		t.Fatalf("not told in words: %v", err)
	}
	var lines []string
	for _, m := range mistakes {
		if m.Chinese == "" || m.English == "" || !utf8.ValidString(m.String()) || strings.Contains(m.String(), "config.") {
			t.Errorf("not for people: %s", m)
		}
		lines = append(lines, fmt.Sprintf("%d: %s", m.Line, m.English))
	}
	return lines
}

func TestEveryMistakeIsToldWithItsLine(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"unknown", "lisen: 127.0.0.1:80\n", []string{`1: there is no setting "lisen"; did you mean "listen"?`}},
		{"unknown group", "limit:\n  clip_minutes: 3\n", []string{`1: there is no setting "limit"; did you mean "limits"?`}},
		{"in the wrong place", "data: x\nlevel: info\n", []string{`2: there is no setting "level"; did you mean "log.level"?`}},
		{"unknown in a group", "log:\n  levle: info\n", []string{`2: there is no setting "log.levle"; did you mean "log.level"?`}},
		{"unheard of", "喇叭: 3\n", []string{`1: there is no setting "喇叭"`}},
		{"twice", "data: a\nzone: UTC\ndata: b\n", []string{`3: "data" stands in line 1 already: keep one`}},
		{"a group with a value", "log: info\n", []string{`1: "log" takes no value: its settings stand in the lines below, two spaces further in`}},
		{"a value with a group", "listen:\n  port: 80\n", []string{`1: "listen" takes one value`}},
		{"a list", "- listen\n", []string{"1: write each line as “name: value”"}},
		{"an alias", "data: &x y\nzone: *x\n", []string{`1: "data" takes one value`, `2: "zone" takes one value`}},
		{"two documents", "data: a\n---\ndata: b\n", []string{"2: one file holds one set of settings: no ---"}},
		{"a Tab", "log:\n\tlevel: info\n", []string{"2: a Tab at the beginning of the line: use spaces"}},
		{"a full-width colon", "data\uff1ax\nzone: UTC\n", []string{"1: the colon must be the narrow one, with a space behind it"}},
		{"no space behind the colon", "listen:127.0.0.1:80\n", []string{"1: a space is missing behind the colon"}},
		{"a quote that is open", "data: x\nzone: \"UTC\n", []string{"2: this line or the next is not written right: see whether quotes and brackets come in pairs and lines are aligned"}},
		{"GBK", "town: \xbe\xc5\xbd\xad\xd5\xf2\n", []string{"0: not in UTF-8: open it in an editor and save it as UTF-8"}},
		{"UTF-16", "\xff\xfed\x00a\x00", []string{"0: not in UTF-8: open it in an editor and save it as UTF-8"}},
		{"a number too large", "limits:\n  clip_minutes: 181\n", []string{`2: "181" will not do: write a whole number from 1 to 180`}},
		{"no number", "limits: {clip_minutes: 很长}\n", []string{`1: "很长" will not do: write a whole number from 1 to 180`}},
		{"no choice", "log:\n  level: INFO\n", []string{`2: "INFO" will not do: write one of debug, info, warn, error`}},
		{"no zone", "zone: Beijing\n", []string{`1: there is no time zone "Beijing"; for China write Asia/Shanghai`}},
		{"no port", "listen: 127.0.0.1\n", []string{`1: "127.0.0.1" is no address with a port: write it like 127.0.0.1:8600`}},
		{"no site", "public_address: laba.example.cn/x\n", []string{`1: "laba.example.cn/x" is no web address: write it like https://laba.example.cn, with nothing behind`}},
		{"no name", "town:\n  name: \"\"\n", []string{"2: a name has 1 to 40 characters"}},
		{"open to all", "data: x\nlisten: 0.0.0.0:80\npublic_address: http://a\n", []string{
			"2: other computers can reach this address, so tls needs a certificate and a key first; for this computer alone write 127.0.0.1:8600",
		}},
		{"open to all, with the empty keys of the reference", "listen: laba.lan:80\ntls:\n  certificate: \"\"\n  key: \"\"\n", []string{
			"1: other computers can reach this address, so tls needs a certificate and a key first; for this computer alone write 127.0.0.1:8600",
		}},
		{"a certificate that is not there", "listen: 10.0.0.1:80\ntls:\n  certificate: /none.pem\n", []string{"3: there is no file /none.pem"}},
		{"a certificate without key", "listen: 10.0.0.1:80\ntls:\n  certificate: settings.yaml\n", []string{"3: give both tls.certificate and tls.key, or neither"}},
		{"everywhere, without a name", "listen: :80\ntls: {certificate: settings.yaml, key: settings.yaml}\n", []string{
			"1: public_address is needed too: the web address that people will open, such as https://laba.example.cn",
		}},
		{"several at once", "\tlisten:x\nzone: Mars\nlimits:\n  upload_megabytes: -1\ntwon: 九江镇\n", []string{
			"1: a Tab at the beginning of the line: use spaces",
			"1: a space is missing behind the colon",
			"1: this line or the next is not written right: see whether quotes and brackets come in pairs and lines are aligned",
			`1: "x" is no address with a port: write it like 127.0.0.1:8600`,
		}},
		{"several at once, all readable", "listen:x\nzone: Mars\nlimits:\n  upload_megabytes: -1\ntwon: 九江镇\n", []string{
			"1: a space is missing behind the colon",
			`1: "x" is no address with a port: write it like 127.0.0.1:8600`,
			`2: there is no time zone "Mars"; for China write Asia/Shanghai`,
			`4: "-1" will not do: write a whole number from 1 to 2000`,
			`5: there is no setting "twon"; did you mean "town"?`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, told(t, write(t, test.in))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMistakesInTheEnvironmentNameTheVariable(t *testing.T) {
	path := write(t, "zone: Mars\n")
	_, err := LoadBroadcaster(path, []string{"DALABA_LISTEN=80", "DALABA_LOG_LEVE=info", "DALABA_SOUND_OUTPUT=nonsense"})
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatal(err)
	}
	var got []string
	for _, m := range mistakes {
		got = append(got, m.File+" "+m.English)
	}
	want := []string{
		path + ` there is no time zone "Mars"; for China write Asia/Shanghai`,
		`DALABA_LISTEN "80" is no address with a port: write it like 127.0.0.1:8600`,
		`DALABA_LOG_LEVE there is no such variable; did you mean "DALABA_LOG_LEVEL"?`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMistakeReadsWell(t *testing.T) {
	_, err := LoadAgent(write(t, "sound:\n  buffer_ms: 5\n"), nil)
	const want = "settings.yaml 第 2 行:“5”不行,要写 20 到 1000 之间的整数 / line 2: \"5\" will not do: write a whole number from 20 to 1000"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got  %v\nwant …%s", err, want)
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"broadcaster.yaml", "agent.yaml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("\tlog:info\n? [a, {b: c}]\n: *d\n--- |\n x\n...\n"))
	f.Add([]byte(strings.Repeat("[", 5000)))
	path := filepath.Join(f.TempDir(), "settings.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		told(t, path)
	})
}
