package sheet

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestReasonsWhyNobodyAnswersAreTold(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(t.Output(), "", 0)
	secure.StartTLS()
	defer secure.Close()
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for _, test := range []struct {
		name, address string
		client        *http.Client
		want          wanted
	}{
		{"it answers, whatever", plain.URL, client, wanted{Good, "有应答", ""}},
		{"with TLS", secure.URL, secure.Client(), wanted{Good, "有应答", ""}},
		{"of an unknown authority", secure.URL, client, wanted{Bad, "证书不可信", "检查"}},
		{"no TLS where it should be", "https" + plain.URL[len("http"):], client, wanted{Bad, "不是加密", "检查"}},
		{"nothing listens", gone.URL, client, wanted{Bad, "没有运行", "检查"}},
		{"it does not answer", "http://" + deaf.Addr().String(), client, wanted{Bad, "没有应答", "检查"}},
		{"no address", "", client, wanted{Bad, "不知道平台", "agent enrol"}},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		test.want.check(t, test.name, machine{}.sheet(t, Options{Address: test.address, Client: test.client}).reach(ctx))
		cancel()
	}
	if chinese, _ := reason(&net.DNSError{Name: "laba.example.cn", IsNotFound: true}); chinese != "找不到这个网址,或者没有网络" {
		t.Errorf("%q", chinese)
	}
}

func TestEnrolmentClockAndSoftware(t *testing.T) {
	for _, test := range []struct {
		name string
		look func(*Sheet) func(context.Context) Line
		o    Options
		want wanted
	}{
		{"not enrolled", func(s *Sheet) func(context.Context) Line { return s.enrolled }, Options{}, wanted{Bad, "没有接入", "agent enrol"}},
		{"enrolled", func(s *Sheet) func(context.Context) Line { return s.enrolled }, Options{Terminal: "t", Check: "123456"}, wanted{Good, "123456", ""}},
		{"trusted", func(s *Sheet) func(context.Context) Line { return s.clock }, Options{Clock: playlists.ClockTrusted, Bound: 3 * time.Millisecond}, wanted{Good, "3ms", ""}},
		{"estimated", func(s *Sheet) func(context.Context) Line { return s.clock }, Options{Clock: playlists.ClockEstimated, Bound: 20 * time.Second}, wanted{Look, "20s", "连上"}},
		{"untrusted", func(s *Sheet) func(context.Context) Line { return s.clock }, Options{Clock: playlists.ClockUntrusted}, wanted{Bad, "不知道现在几点", "再查一次"}},
		{"a clock that ran", func(s *Sheet) func(context.Context) Line { return s.hardware }, Options{Hardware: wire.HardwareRuns}, wanted{Good, "(rtc_cmos)", ""}},
		{"a clock that nobody saw run", func(s *Sheet) func(context.Context) Line { return s.hardware }, Options{Hardware: wire.HardwareUnproved}, wanted{Look, "还没经历过停电", "拔电"}},
		{"no clock", func(s *Sheet) func(context.Context) Line { return s.hardware }, Options{Hardware: wire.HardwareNone}, wanted{Look, "没有硬件时钟", "电池"}},
		{"software", func(s *Sheet) func(context.Context) Line { return s.software }, Options{Version: "v1.2"}, wanted{Good, "v1.2", ""}},
	} {
		s := machine{files: map[string]string{"/sys/class/rtc/rtc0/name": "rtc_cmos\n"}}.sheet(t, test.o)
		test.want.check(t, test.name, test.look(s)(t.Context()))
	}
}

func TestDisk(t *testing.T) {
	for _, test := range []struct {
		name string
		free int64
		err  error
		want wanted
	}{
		{"plenty", 50 << 30, nil, wanted{Good, "50 GB", ""}},
		{"not much", 500 << 20, nil, wanted{Look, "500 MB", "清理"}},
		{"full", 100 << 20, nil, wanted{Bad, "不再下载", "清理"}},
		{"not seen", 0, errors.ErrUnsupported, wanted{Look, "看不出", ""}},
	} {
		disk := func() (int64, int64, error) { return test.free, 64 << 30, test.err }
		test.want.check(t, test.name, machine{}.sheet(t, Options{Disk: disk}).disk(t.Context()))
	}
}

func TestTheDataFolderMustBeTheAccounts(t *testing.T) {
	me := Account{Name: "laba", UID: os.Getuid()}
	file := filepath.Join(t.TempDir(), "file")
	open := t.TempDir()
	for _, path := range []string{file, filepath.Join(open, "identity.json")} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(open, "identity.json"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		data string
		who  Account
		want wanted
	}{
		{"ours", t.TempDir(), me, wanted{Good, "能读能写", ""}},
		{"nobody knows whose", t.TempDir(), Account{}, wanted{Good, "能读能写", ""}},
		{"not there yet", filepath.Join(t.TempDir(), "data"), me, wanted{Look, "还没有", ""}},
		{"no folder", file, me, wanted{Bad, "用不了", "权限"}},
		{"another account's", t.TempDir(), Account{Name: "laba", UID: os.Getuid() + 1}, wanted{Bad, "不是账号 laba", "chown -R laba"}},
		{"with a key for all to read", open, me, wanted{Look, "别人也能读", "chmod 600"}},
	} {
		test.want.check(t, test.name, machine{}.sheet(t, Options{Data: test.data, Account: test.who}).folder(t.Context()))
		if left, _ := filepath.Glob(filepath.Join(test.data, "check.*")); len(left) > 0 {
			t.Errorf("%s: left %q", test.name, left)
		}
	}
}
