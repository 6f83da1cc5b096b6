package sheet

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// machine is a village PC: files, what programs say, and variables.
type machine struct {
	files map[string]string // a text that begins with "->" is a link
	said  map[string]string // by command line; a program that is not here is not installed
	env   map[string]string
}

// with returns a copy of m with more.
func (m machine) with(more machine) machine {
	whole := machine{files: map[string]string{}, said: map[string]string{}, env: map[string]string{}}
	for _, part := range []machine{m, more} {
		for name, text := range part.files {
			whole.files[name] = text
		}
		for line, text := range part.said {
			whole.said[line] = text
		}
		for name, text := range part.env {
			whole.env[name] = text
		}
	}
	return whole
}

// sheet is that of m, for an agent about which all is well where o says nothing.
func (m machine) sheet(t *testing.T, o Options) *Sheet {
	t.Helper()
	root := t.TempDir()
	for name, text := range m.files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, link := strings.CutPrefix(text, "->"); link {
			err = os.Symlink(to, path)
		} else {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	o.Machine = Machine{
		root: root, uid: os.Getuid(), env: func(name string) string { return m.env[name] },
		run: func(_ context.Context, name string, args ...string) (string, error) {
			if said, found := m.said[strings.Join(append([]string{name}, args...), " ")]; found {
				return said, nil
			}
			return "", errors.New("executable file not found")
		},
	}
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	if o.Disk == nil {
		o.Disk = func() (int64, int64, error) { return 100 << 30, 200 << 30, nil }
	}
	if o.System == "" {
		o.System = "linux"
	}
	o.KeepFree, o.Config = 200<<20, "/etc/agent.yaml"
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wanted is a line's mark and what its finding and advice must speak of.
type wanted struct {
	mark  Mark
	found string
	do    string
}

func (w wanted) check(t *testing.T, name string, l Line) {
	t.Helper()
	if l.Mark != w.mark || !strings.Contains(l.Found.Chinese, w.found) || !strings.Contains(l.Do.Chinese, w.do) {
		t.Errorf("%s: %s %q → %q, want %s %q → %q", name, l.Mark, l.Found.Chinese, l.Do.Chinese, w.mark, w.found, w.do)
	}
	if l.Found.English == "" || (l.Do.Chinese == "") != (l.Do.English == "") {
		t.Errorf("%s: not said in English: %+v", name, l)
	}
	if l.Mark == Bad && l.Do.Chinese == "" {
		t.Errorf("%s: it does not say what to do", name)
	}
}

func TestAProbeThatHangsCostsOneLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		began := time.Now()
		lines := look(t.Context(), []probe{
			{Words{"快", "quick"}, func(context.Context) Line { return good("在", "here") }},
			{Words{"慢", "slow"}, func(context.Context) Line { <-release; return good("晚", "late") }},
			{Words{"听话", "obedient"}, func(ctx context.Context) Line { <-ctx.Done(); return bad("超时", "in time") }},
		})
		if took := time.Since(began); took > probeWithin+time.Second {
			t.Errorf("it took %v", took)
		}
		close(release)
		for i, want := range []string{"在", "几秒钟内看不出来", "超时"} {
			if lines[i].Found.Chinese != want || lines[i].Name.Chinese == "" {
				t.Errorf("line %d: %+v", i, lines[i])
			}
		}
	})
}

func TestAWholeSheetHasEveryLine(t *testing.T) {
	s := machine{}.sheet(t, Options{Clock: playlists.ClockUntrusted, Hardware: wire.HardwareNone})
	lines := s.Lines(t.Context())
	if len(lines) != len(s.probes()) || AllGood(lines) {
		t.Errorf("%d lines, all good: %v", len(lines), AllGood(lines))
	}
	for _, l := range lines {
		if l.Name.Chinese == "" || l.Name.English == "" || l.Found.Chinese == "" || l.Found.English == "" {
			t.Errorf("%+v", l)
		}
	}
	if AllGood([]Line{good("a", "a"), looking("b", "b")}) != true {
		t.Error("what a person is to look at is no failure")
	}
}

func TestNewWantsWhatItWorksWith(t *testing.T) {
	if _, err := New(Options{Data: "d"}); err == nil {
		t.Error("a sheet that sees nothing")
	}
}
