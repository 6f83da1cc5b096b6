package service

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// villagePC is a machine whose systemd does what it is told.
type villagePC struct {
	host
	account
	ran  []string
	fail string // the beginning of what goes wrong
	said strings.Builder
}

func newPC(t *testing.T, uid int) *villagePC {
	t.Helper()
	p := &villagePC{account: account{name: "laba", home: "/home/laba", uid: 1000, gid: 1000}}
	p.host = host{root: t.TempDir(), uid: uid, run: func(_ context.Context, name string, args ...string) (string, error) {
		line := strings.Join(append([]string{name}, args...), " ")
		p.ran = append(p.ran, line)
		if p.fail != "" && strings.HasPrefix(line, p.fail) {
			return "Access denied", errors.New("exit status 1")
		}
		return "", nil
	}}
	p.make(t, "run/systemd/system/.", "etc/systemd/system/.", "home/laba/.")
	return p
}

// make makes files, and folders where a name ends in "/.".
func (p *villagePC) make(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		path := filepath.Join(p.root, name)
		if err := os.MkdirAll(filepath.Dir(filepath.Join(path, "x")), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func (p *villagePC) service(t *testing.T, way Way) *Service {
	t.Helper()
	s, err := New(Options{Program: "/opt/agent", Config: "/etc/agent.yaml", Way: way, Say: &p.said})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// units are the unit files that there are.
func (p *villagePC) units(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, folder := range []string{"etc/systemd/system", "home/laba/.config/systemd/user"} {
		list, err := filepath.Glob(filepath.Join(p.root, folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range list {
			found = append(found, strings.TrimPrefix(path, p.root))
		}
	}
	return found
}

func TestASystemServiceIsInstalledOnceHoweverOften(t *testing.T) {
	p := newPC(t, 0)
	for range 2 {
		if err := p.service(t, WayAuto).installOn(t.Context(), p.host, p.account); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"systemctl daemon-reload", "systemctl enable dalaba-agent.service", "systemctl restart dalaba-agent.service",
		}
		if diff := cmp.Diff(want, p.ran); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"/etc/systemd/system/dalaba-agent.service"}, p.units(t)); diff != "" {
			t.Error(diff)
		}
		p.ran = nil
	}
	if said := p.said.String(); !strings.Contains(said, "写好了") || !strings.Contains(said, "laba") {
		t.Errorf("said %q", said)
	}
}

func TestAnAccountWithASoundServerGetsAServiceOfItsOwn(t *testing.T) {
	p := newPC(t, 1000) // that account itself asks
	p.make(t, "run/user/1000/pulse/native/.")
	if err := p.service(t, WayAuto).installOn(t.Context(), p.host, p.account); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"loginctl enable-linger laba", "systemctl --user daemon-reload",
		"systemctl --user enable dalaba-agent.service", "systemctl --user restart dalaba-agent.service",
	}
	if diff := cmp.Diff(want, p.ran); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/home/laba/.config/systemd/user/dalaba-agent.service"}, p.units(t)); diff != "" {
		t.Error(diff)
	}
}

func TestTheOtherWaysServiceIsRemovedFirst(t *testing.T) {
	p := newPC(t, 0)
	p.account.uid, p.account.gid = os.Getuid(), os.Getgid() // nobody but root may give a file away
	if err := p.service(t, WaySystem).installOn(t.Context(), p.host, p.account); err != nil {
		t.Fatal(err)
	}
	p.ran = nil
	if err := p.service(t, WayUser).installOn(t.Context(), p.host, p.account); err != nil {
		t.Fatal(err)
	}
	if len(p.ran) < 2 || p.ran[0] != "systemctl disable --now dalaba-agent.service" || p.ran[1] != "systemctl daemon-reload" {
		t.Errorf("%q", p.ran)
	}
	if diff := cmp.Diff([]string{"/home/laba/.config/systemd/user/dalaba-agent.service"}, p.units(t)); diff != "" {
		t.Error(diff)
	}
	if err := p.service(t, WayAuto).uninstallOn(t.Context(), p.host, p.account); err != nil {
		t.Fatal(err)
	}
	if units := p.units(t); len(units) > 0 {
		t.Errorf("left %q", units)
	}
	p.said.Reset()
	if err := p.service(t, WayAuto).uninstallOn(t.Context(), p.host, p.account); err != nil || !strings.Contains(p.said.String(), "本来就没有") {
		t.Errorf("%v, %q", err, &p.said)
	}
}

func TestWithoutRightsNothingIsChanged(t *testing.T) {
	for _, test := range []struct {
		name string
		way  Way
		uid  int
		make string
		want error
	}{
		{"a service of the system, not as root", WaySystem, 1000, "", ErrRights},
		{"a service of somebody else", WayUser, 4711, "", ErrAccount},
		{"no systemd", WaySystem, 0, "-", ErrNoSystemd},
	} {
		p := newPC(t, test.uid)
		if test.make == "-" {
			if err := os.RemoveAll(filepath.Join(p.root, "run")); err != nil {
				t.Fatal(err)
			}
		}
		err := p.service(t, test.way).installOn(t.Context(), p.host, p.account)
		if !errors.Is(err, test.want) || len(p.ran) > 0 || len(p.units(t)) > 0 {
			t.Errorf("%s: %v, ran %q, wrote %q", test.name, err, p.ran, p.units(t))
		}
	}
}

func TestWhatSystemdRefusesIsSaid(t *testing.T) {
	p := newPC(t, 0)
	p.fail = "systemctl enable"
	err := p.service(t, WaySystem).installOn(t.Context(), p.host, p.account)
	if err == nil || !strings.Contains(err.Error(), "Access denied") {
		t.Errorf("%v", err)
	}
}

func TestNewWantsPathsThatStand(t *testing.T) {
	for _, o := range []Options{
		{Program: "agent", Config: "/c", Say: &strings.Builder{}},
		{Program: "/agent", Config: "c", Say: &strings.Builder{}},
		{Program: "/agent", Config: "/c", Say: &strings.Builder{}, Way: "other"},
		{Program: "/agent", Config: "/c"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
