package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"dalaba/playlists/wire"
)

const (
	// enrolWait is the pause before a broadcaster that did not answer is asked again, maxEnrolWait the longest.
	enrolWait    = time.Second
	maxEnrolWait = 30 * time.Second
	// sayAgain is how often the check string is said while nobody approves.
	sayAgain = time.Minute
	// maxReply bounds the broadcaster's answer, in bytes.
	maxReply = 64 << 10
)

// ErrRefused means that the broadcaster does not take the code: it was used, is too old, or was never given out.
var ErrRefused = errors.New("接入码用过了、过期了或者不对:请在网页上重新要一个 (the code is not taken: get a new one in the console)")

// ErrEnrolled means that the terminal has an identity already.
var ErrEnrolled = errors.New("已经接入过了:另一个喇叭请用另一个数据文件夹 (already enrolled: for another terminal, use another data folder)")

// ErrPublisher means that whoever answered is not the broadcaster that gave out the code.
var ErrPublisher = errors.New("应答的不是发出接入码的平台,不能接入 (the answer does not come from the broadcaster that made the code)")

// Enrol makes the terminal's identity with the code of Options and says its check string. It asks again until the
// broadcaster answers or ctx ends. It returns ErrEnrolled if there is an identity.
func (a *Agent) Enrol(ctx context.Context) error {
	held, err := a.lock()
	if err != nil {
		return err
	}
	defer held.Close()
	if _, err := os.Stat(a.path("identity.json")); err == nil {
		return ErrEnrolled
	}
	_, err = a.identity(ctx)
	return err
}

func (a *Agent) enrol(ctx context.Context) (identity, error) {
	code, err := wire.ParseEnrolmentCode(a.o.Enrolment)
	if err != nil {
		return identity{}, fmt.Errorf("接入码不完整,请把网页上的那一行整行复制过来: %w", err)
	}
	key, err := a.enrolmentKey()
	if err != nil {
		return identity{}, fmt.Errorf("make the terminal's key: %w", err)
	}
	public := key.Public().(ed25519.PublicKey)
	reply, err := a.askUntilAnswered(ctx, code, wire.EnrolRequest{Secret: code.Secret, Key: public})
	if err != nil {
		return identity{}, fmt.Errorf("enrol at %s: %w", code.Address, err)
	}
	if len(reply.Publisher.Key) != ed25519.PublicKeySize || wire.Fingerprint(reply.Publisher.Key) != code.Fingerprint {
		return identity{}, fmt.Errorf("enrol at %s: %w", code.Address, ErrPublisher)
	}
	id := identity{Terminal: reply.Terminal, Key: key, Address: code.Address, Publisher: reply.Publisher}
	if err := a.keep("identity.json", id); err != nil {
		return identity{}, fmt.Errorf("keep identity: %w", err)
	}
	if err := os.Remove(a.path("enrolling.json")); err != nil {
		a.o.Log.Warn("cannot remove what enrolment left", "error", err)
	}
	a.sayCheck(id)
	return id, nil
}

// enrolmentKey returns the key of an enrolment that was broken off, or a new one, which is kept first: the broadcaster
// may have taken the code with it already.
func (a *Agent) enrolmentKey() (ed25519.PrivateKey, error) {
	content, err := os.ReadFile(a.path("enrolling.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var key ed25519.PrivateKey
	if err == nil && json.Unmarshal(content, &key) == nil && len(key) == ed25519.PrivateKeySize {
		return key, nil
	}
	if _, key, err = ed25519.GenerateKey(nil); err != nil {
		return nil, err
	}
	return key, a.keep("enrolling.json", key)
}

func (a *Agent) askUntilAnswered(ctx context.Context, code wire.EnrolmentCode, request wire.EnrolRequest) (wire.EnrolReply, error) {
	client := httpClient()
	defer client.CloseIdleConnections()
	for wait := enrolWait; ; wait = min(2*wait, maxEnrolWait) {
		reply, err := ask(ctx, client, code.Address, request)
		if err == nil || errors.Is(err, ErrRefused) || ctx.Err() != nil {
			return reply, err
		}
		a.o.Log.Warn("the broadcaster does not answer", "error", err, "again_in", wait)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return wire.EnrolReply{}, ctx.Err()
		case <-timer.C:
		}
	}
}

// ask sends one request. An error that wraps ErrRefused is final.
func ask(ctx context.Context, client *http.Client, address string, request wire.EnrolRequest) (wire.EnrolReply, error) {
	ctx, cancel := context.WithTimeout(ctx, maxEnrolWait)
	defer cancel()
	text, err := json.Marshal(request)
	if err != nil {
		return wire.EnrolReply{}, err
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(address, "/")+wire.EnrolPath, bytes.NewReader(text))
	if err != nil {
		return wire.EnrolReply{}, err
	}
	post.Header.Set("Content-Type", "application/json")
	response, err := client.Do(post)
	if err != nil {
		return wire.EnrolReply{}, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return wire.EnrolReply{}, err
	}
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests || code >= 500:
		return wire.EnrolReply{}, fmt.Errorf("it answered %s", response.Status)
	case code >= 300:
		return wire.EnrolReply{}, fmt.Errorf("%w (it answered %s)", ErrRefused, response.Status)
	}
	var reply wire.EnrolReply
	if err := json.Unmarshal(answer, &reply); err != nil || reply.Terminal == "" {
		return wire.EnrolReply{}, fmt.Errorf("%w (what answered is no broadcaster)", ErrRefused)
	}
	return reply, nil
}

// sayCheck says the digits that the one who approves compares.
func (a *Agent) sayCheck(id identity) {
	check := wire.CheckString(id.Terminal, id.Key.Public().(ed25519.PublicKey))
	fmt.Fprintf(a.o.Say, "核对码 %s:请在网页上核对并批准这个喇叭。 Check string %s: compare it in the console and approve this terminal.\n", check, check)
}

// pending says the check string again while nobody approves, but not all the time.
func (a *Agent) pending(id identity) func() {
	var mu sync.Mutex
	var said time.Time
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(said) >= sayAgain {
			said = time.Now()
			a.sayCheck(id)
		}
	}
}
