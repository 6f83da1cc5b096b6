package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain makes the test's own program the agent when it is started as one, by itself.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "run" {
		main()
	}
	os.Exit(m.Run())
}

func TestCommands(t *testing.T) {
	folder := t.TempDir()
	good, bad := filepath.Join(folder, "good.yaml"), filepath.Join(folder, "bad.yaml")
	for path, text := range map[string]string{good: "data: data\nsound:\n  output: file\n", bad: "date: data\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		args   []string
		status int
		out    string // what is said on standard output
		errs   string // and on standard error
	}{
		{"nothing", nil, 2, "", "Usage"},
		{"help", []string{"-h"}, 0, "agent enrol", ""},
		{"help with a command", []string{"run", "-h"}, 0, "", "Usage"},
		{"version", []string{"version"}, 0, "dev", ""},
		{"another word", []string{"fly"}, 2, "", `"fly"`},
		{"another flag", []string{"run", "-fast"}, 1, "", "-fast"},
		{"too many words", []string{"run", "-config", good, "now"}, 1, "", `"now"`},
		{"a file with a mistake", []string{"run", "-config", bad}, 1, "", "date"},
		{"not enrolled", []string{"run", "-config", good}, 1, "", "not enrolled"},
		{"a flag of another command", []string{"enrol", "-config", good, "-volume", "3"}, 1, "", "-volume"},
		{"check", []string{"check", "-config", good}, 1, "安装单", "不行"},
		{"check in English", []string{"check", "-lang", "en", "-config", good}, 1, "Installation sheet", "mended"},
		{"check in no language", []string{"check", "-lang", "fr", "-config", good}, 1, "", `"fr"`},
		{"test", []string{"test", "-config", good, "-volume", "5"}, 0, "喇叭不会响", ""},
		{"test that shouts", []string{"test", "-config", good, "-volume", "101"}, 1, "", "101"},
		{"install, only to see", []string{"install", "-print", "-way", "system", "-config", good}, 0, "", ""},
		{"install nowhere", []string{"install", "-way", "up", "-config", good}, 1, "", `"up"`},
		{"enrol without a code", []string{"enrol", "-config", good}, 1, "", "one code"},
		{"enrol with nonsense, before the flag", []string{"enrol", "nonsense", "-config", good}, 1, "", "not an enrolment code"},
		{"enrol with nonsense, after the flag", []string{"enrol", "-config", good, "nonsense"}, 1, "", "not an enrolment code"},
	} {
		var out, errs strings.Builder
		if status := run(t.Context(), c.args, &out, &errs); status != c.status {
			t.Errorf("%s: status %d, want %d", c.name, status, c.status)
		}
		if !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.errs) {
			t.Errorf("%s: said %q and %q", c.name, &out, &errs)
		}
	}
}
