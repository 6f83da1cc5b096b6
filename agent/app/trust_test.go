package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalaba/playlists/wire"
)

func TestOnlyItsOwnProgrammeSounds(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	clip := b.offer(wavOf(noise(1)))
	a.run(b.code())
	b.publish(b.programme(5, clip, b.now().Add(time.Hour)))
	inForce := func(n int) {
		await(t, "programmes are answered", 10*time.Second, func() bool {
			b.mu.Lock()
			defer b.mu.Unlock()
			return len(b.results) >= n
		})
	}
	inForce(1)
	_, foreign, _ := ed25519.GenerateKey(nil)
	altered := b.sent
	altered.Body = bytes.Replace(altered.Body, []byte("勤洗手"), []byte("不洗手"), 1)
	other := *b.programme(6, clip, b.now())
	other.Terminal = "horn-2"
	true_ := b.key
	for _, bad := range []struct {
		name string
		send func()
	}{
		{"replayed", func() { b.publish(b.programme(4, clip, b.now())) }},
		{"foreign key", func() { b.key = foreign; b.publish(b.programme(6, clip, b.now())); b.key = true_ }},
		{"for another", func() { b.publish(&other) }},
		{"altered", func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			for s := range b.sockets {
				s.send(wire.Programme{Envelope: altered})
			}
		}},
	} {
		before := len(b.results)
		bad.send()
		inForce(before + 1)
		b.mu.Lock()
		last := b.results[len(b.results)-1]
		b.mu.Unlock()
		if last.InForce || last.Reason == "" {
			t.Errorf("%s: %+v", bad.name, last)
		}
	}
	await(t, "status says so", 3*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.status.Revision == 5 && len(b.status.Problems) > 0
	})
}

func TestAnAgentWaitsUntilItIsApproved(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	b.pending = true
	a.run(b.code())
	await(t, "it says its check string", 5*time.Second, func() bool { return strings.Contains(a.said.String(), "核对码") })
	b.mu.Lock()
	check := wire.CheckString(theTerminal, b.terminal)
	b.pending = false
	b.mu.Unlock()
	if !strings.Contains(a.said.String(), check) {
		t.Errorf("said %q, want %s", a.said, check)
	}
	await(t, "it connects", 10*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return len(b.sockets) == 1
	})
}

func TestAWrongCodeIsRefusedAtOnce(t *testing.T) {
	b := newBroadcaster(t)
	right, err := wire.ParseEnrolmentCode(b.code())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		code func() string
		want error
	}{
		{"no code", func() string { return "" }, ErrNotEnrolled},
		{"nonsense", func() string { return "hello" }, wire.ErrCode},
		{"another secret", func() string { c := right; c.Secret = "twice"; return c.String() }, ErrRefused},
		{"another broadcaster", func() string { c := right; c.Fingerprint = strings.Repeat("A", 26); return c.String() }, ErrPublisher},
	} {
		a := newAgent(t)
		made, err := New(a.options(c.code()))
		if err != nil {
			t.Fatal(err)
		}
		if err := made.Run(context.Background()); err == nil || !strings.Contains(err.Error(), c.want.Error()) {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, err := os.Stat(filepath.Join(a.folder, "data", "identity.json")); err == nil {
			t.Errorf("%s: there is an identity", c.name)
		}
	}
}

func TestAFolderIsForOneAgent(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	a.run(b.code())
	await(t, "it connects", 10*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return len(b.sockets) == 1
	})
	second, err := New(a.options(""))
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Run(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("run: %v", err)
	}
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	if err := second.Enrol(t.Context()); !errors.Is(err, ErrEnrolled) {
		t.Errorf("enrol: %v", err)
	}
}
