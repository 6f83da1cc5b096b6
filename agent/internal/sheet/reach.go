package sheet

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// reach asks the broadcaster for its first page: whatever it answers, it answers.
func (s *Sheet) reach(ctx context.Context) Line {
	if s.o.Address == "" {
		return bad("还不知道平台在哪里", "it is not known where the broadcaster is").
			do("用网页上的接入码接入:agent enrol 接入码", "enrol with a code from the console")
	}
	began := time.Now()
	err := s.ask(ctx)
	took := time.Since(began).Round(time.Millisecond)
	if err == nil {
		return good(fmt.Sprintf("%s 有应答,用了 %v", s.o.Address, took), fmt.Sprintf("%s answers within %v", s.o.Address, took))
	}
	chinese, english := reason(err)
	return bad(s.o.Address+" 连不上:"+chinese, s.o.Address+" cannot be reached: "+english).
		do("检查网线、路由器和平台的网址", "check cable, router and the address")
}

func (s *Sheet) ask(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(s.o.Address, "/")+"/", nil)
	if err != nil {
		return err
	}
	answer, err := s.o.Client.Do(request)
	if err != nil {
		return err
	}
	_, err = io.CopyN(io.Discard, answer.Body, 1)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return errors.Join(err, answer.Body.Close())
}

// reason says in words why nobody answered.
func reason(err error) (chinese, english string) {
	var name *net.DNSError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &name):
		return "找不到这个网址,或者没有网络", "there is no such name, or no network"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "对方电脑在,平台没有运行", "its machine is there, and nothing listens"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "证书过期,或者本机的日期不对", "the certificate has expired, or this machine's date is wrong"
	case errors.As(err, &authority), errors.As(err, &host), errors.As(err, &invalid):
		return "证书不可信", "its certificate is not trusted"
	case errors.Is(err, http.ErrSchemeMismatch):
		return "那里不是加密的网页,网址开头应该是 http://", "it does not speak TLS"
	case errors.Is(err, context.DeadlineExceeded):
		return "几秒钟内没有应答", "no answer within a few seconds"
	}
	return "网络不通", err.Error()
}

// enrolled says whether this machine is a terminal.
func (s *Sheet) enrolled(context.Context) Line {
	if s.o.Terminal == "" {
		return bad("还没有接入", "not enrolled").
			do("在网页“设备”里新建喇叭,把接入码交给本机:agent enrol 接入码", "make a terminal in the console, then agent enrol CODE")
	}
	return good("已经接入,核对码 "+s.o.Check+"(网页上批准了才会有安排)", "enrolled, check string "+s.o.Check+" (nothing comes before somebody approves)")
}
