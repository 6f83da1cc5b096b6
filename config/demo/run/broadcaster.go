package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// readyWithin is how long the broadcaster may take to answer.
const readyWithin = 60 * time.Second

// broadcaster is the running broadcaster.
type broadcaster struct {
	*member
	address string
	data    string
}

// startBroadcaster writes a configuration beside the state and starts the program.
func startBroadcaster(f *family, o options) (*broadcaster, error) {
	folder := filepath.Join(o.folder, "broadcaster")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("make the broadcaster's folder: %w", err)
	}
	data := filepath.Join(folder, "data")
	settings := filepath.Join(folder, "broadcaster.yaml")
	text := fmt.Sprintf("listen: %q\ndata: %q\n", o.listen, data)
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		return nil, fmt.Errorf("write the broadcaster's settings: %w", err)
	}
	m, err := f.start("broadcaster", folder, filepath.Join(o.programs, "broadcaster"), "run", "--config", settings)
	if err != nil {
		return nil, err
	}
	return &broadcaster{member: m, address: "http://" + o.listen, data: data}, nil
}

// ready waits until the broadcaster answers, and returns the administrator's password: the one that it generated at its
// first start.
func (b *broadcaster) ready(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		if request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.address+"/healthz", nil); err == nil {
			if response, err := http.DefaultClient.Do(request); err == nil {
				response.Body.Close()
				if response.StatusCode == http.StatusOK {
					break
				}
			}
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("the broadcaster did not answer at %s: %w", b.address, ctx.Err())
		case <-b.done:
			return "", fmt.Errorf("the broadcaster ended at once (%v)", b.err)
		case <-time.After(50 * time.Millisecond):
		}
	}
	path := filepath.Join(b.data, "first-administrator.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the generated password (if it was changed, start anew with -fresh): %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if password, found := strings.CutPrefix(line, "password: "); found {
			return strings.TrimSpace(password), nil
		}
	}
	return "", fmt.Errorf("%s holds no password", path)
}
