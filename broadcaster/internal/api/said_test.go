package api

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// spoken finds where an agent's code makes a sentence of its status.
var spoken = regexp.MustCompile(`(?:[Pp]roblems?\b[^"\n]*|[Cc]ause\w+, |return )"([^"\n]*\p{Han}[^"\n]*)"`)

func TestWhatAgentsSayIsKnownInBothLanguages(t *testing.T) {
	var files []string
	for _, pattern := range []string{"app/status.go", "app/reserve.go", "internal/shelf/*.go", "internal/player/*.go", "internal/sound/relay.go"} {
		found, err := filepath.Glob("../../../agent/" + pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	known := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range spoken.FindAllStringSubmatch(string(text), -1) {
			sentence := strings.ReplaceAll(match[1], "%s", "{title}")
			if slices.ContainsFunc(said, func(p phrase) bool { return p.zh == sentence }) {
				known++
			} else {
				t.Errorf("%s says %q, which is not known in English", file, sentence)
			}
		}
	}
	if known < len(said) {
		t.Errorf("found %d of %d sentences: does the pattern still fit the agent?", known, len(said))
	}
}

func TestProblemsAreSaidOnceInThePersonsLanguage(t *testing.T) {
	low, damaged := "磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘", "录音《防溺水》在本机损坏,正在重新下载"
	for _, test := range []struct {
		name  string
		in    []string
		fault playlists.Cause
		l     language
		want  []string
	}{
		{"none", nil, "", english, []string{}},
		{"as they came", []string{low, damaged}, "", chinese, []string{low, damaged}},
		{"in English", []string{low, damaged}, "", english, []string{
			"The disk has too little space: new recordings are not downloaded. Those that are there play on, and records are kept. Clear the disk",
			"The recording “防溺水” is damaged there and is being downloaded again",
		}},
		{"of another version", []string{"天花板在漏水"}, "", english, []string{"天花板在漏水"}},
		{"what the fault says already", []string{low, "声音设备不出声,请检查声卡和音频线"}, playlists.CauseDeviceError, chinese, []string{low}},
		{"what it says of another fault", []string{"声音设备不出声,请检查声卡和音频线"}, playlists.CauseOutputBusy, english, []string{
			"The sound device is silent: check the sound card and the audio cable",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, problemsOf(test.l, test.in, test.fault)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
