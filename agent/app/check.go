package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"dalaba/agent/internal/sheet"
	"dalaba/playlists/wire"
)

// ErrUnfit means that the installation sheet names something that must be mended.
var ErrUnfit = errors.New("安装单上有不行的地方,请照箭头去做,再查一次 (something on the sheet must be mended)")

// Check looks at the machine and says the installation sheet, in Chinese, or in English where language is "en". It
// changes nothing, needs no rights, and takes a few seconds at most. It returns ErrUnfit if something must be mended.
func (a *Agent) Check(ctx context.Context, language string) error {
	client := httpClient()
	defer client.CloseIdleConnections()
	o := sheet.Options{
		Machine: sheet.ThisMachine(), Data: a.whole(a.o.Data), Config: a.whole(a.o.Config), Account: fileOwner(a.o.Config),
		Output: a.o.Output, Files: a.whole(a.o.Files), Microphone: a.o.Microphone, Client: client, Running: a.running(), KeepFree: a.keepFree(), Version: a.o.Version,
		Disk: func() (free, total int64, err error) { return diskSpace(a.existing()) },
	}
	id := a.known()
	o.Address, o.Terminal = cmp.Or(a.o.Address, id.Address), id.Terminal
	if key, ok := id.Key.Public().(ed25519.PublicKey); ok && id.Terminal != "" {
		o.Check = wire.CheckString(id.Terminal, key)
	}
	w, err := newWatch(a.path("clock.json"), a.machine, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	now := w.read()
	o.Clock, o.Bound, o.Hardware = now.State, now.Bound, w.hardwareClock()
	s, err := sheet.New(o)
	if err != nil {
		return err
	}
	lines := s.Lines(ctx)
	title := a.title(id)
	if err := sheet.Print(a.o.Say, sheet.Language(language), title, time.Now(), lines); err != nil {
		return err
	}
	if !sheet.AllGood(lines) {
		return ErrUnfit
	}
	return nil
}

// known is who the terminal is, as far as that can be read; the address may be that of a code that was not used yet.
func (a *Agent) known() identity {
	var id identity
	content, err := os.ReadFile(a.path("identity.json"))
	if err != nil || json.Unmarshal(content, &id) != nil || len(id.Key) != ed25519.PrivateKeySize {
		id = identity{Key: make(ed25519.PrivateKey, ed25519.PrivateKeySize)}
		if code, err := wire.ParseEnrolmentCode(a.o.Enrolment); err == nil {
			id.Address = code.Address
		}
	}
	return id
}

// running tells whether an agent works in the data folder.
func (a *Agent) running() bool {
	file, err := os.OpenFile(a.path("lock"), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	taken := lockFile(file) != nil
	return file.Close() == nil && taken
}

// title names the machine on the sheet: the terminal's own name where there is a programme that says it.
func (a *Agent) title(id identity) string {
	var kept struct {
		Envelope wire.Envelope `json:"envelope"`
	}
	var programme struct {
		Name string `json:"name"`
	}
	content, err := os.ReadFile(a.path("programme.json"))
	if err == nil && json.Unmarshal(content, &kept) == nil && json.Unmarshal(kept.Envelope.Body, &programme) == nil && programme.Name != "" {
		return programme.Name
	}
	host, err := os.Hostname()
	if err != nil {
		return string(id.Terminal)
	}
	return host
}

// existing is the data folder, or the nearest folder above it that is there.
func (a *Agent) existing() string {
	folder := a.whole(a.o.Data)
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// whole is a path as it is from everywhere.
func (a *Agent) whole(path string) string {
	if path == "" {
		return ""
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return whole
}
