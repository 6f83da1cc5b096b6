package app

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dalaba/playlists"
)

// identity is who the terminal is, made once, at enrolment.
type identity struct {
	Terminal playlists.TerminalID `json:"terminal"`
	// Key is the terminal's own, which nobody else has.
	Key ed25519.PrivateKey `json:"key"`
	// Address is the broadcaster's base URL.
	Address string `json:"address"`
	// Publisher is the key that was believed at enrolment. The programme in force says which are believed now.
	Publisher playlists.Publisher `json:"publisher"`
}

// ErrNotEnrolled means that the terminal has no identity and no code to get one.
var ErrNotEnrolled = errors.New("还没有接入:请在网页上新建喇叭,把接入码交给本程序 (not enrolled: make a terminal in the console and give this program its code)")

// identity reads who the terminal is, or enrols it.
func (a *Agent) identity(ctx context.Context) (identity, error) {
	var id identity
	content, err := os.ReadFile(a.path("identity.json"))
	if errors.Is(err, fs.ErrNotExist) {
		if a.o.Enrolment == "" {
			return identity{}, ErrNotEnrolled
		}
		return a.enrol(ctx)
	}
	if err != nil {
		return identity{}, fmt.Errorf("read identity: %w", err)
	}
	if err := json.Unmarshal(content, &id); err != nil {
		return identity{}, fmt.Errorf("read identity: %w", err)
	}
	if len(id.Key) != ed25519.PrivateKeySize || len(id.Publisher.Key) != ed25519.PublicKeySize || id.Terminal == "" {
		return identity{}, errors.New("身份文件坏了:请清空数据文件夹,用新的接入码重新接入 (the identity is not whole: empty the data folder and enrol again, with a new code)")
	}
	return id, nil
}

func (a *Agent) keep(name string, content any) error {
	text, err := json.Marshal(content)
	if err != nil {
		return err
	}
	return replaceFile(a.path(name), text)
}
