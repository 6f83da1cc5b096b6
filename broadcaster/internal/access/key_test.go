package access

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists/wire"
)

var _ wire.Signer = (*Access)(nil)

func (d *door) openKey() error {
	return d.db.Write(d.t.Context(), func(tx *store.Tx) error { return d.OpenKey(d.t.Context(), tx) })
}

// mute checks that nothing can be signed.
func (d *door) mute() {
	d.t.Helper()
	if _, _, err := d.Sign([]byte("x")); code(err) != "publisher_key_missing" || d.PublisherKey() != nil {
		d.t.Errorf("signed: %v", err)
	}
}

func TestThePublisherKeyIsMadeOnceAndKept(t *testing.T) {
	d := newDoor(t)
	d.mute() // before OpenKey
	if err := d.openKey(); err != nil {
		t.Fatal(err)
	}
	first := d.PublisherKey()
	stat, err := os.Stat(d.keyFile())
	if err != nil || runtime.GOOS != "windows" && stat.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", stat.Mode(), err)
	}
	if left, err := filepath.Glob(d.keyFile() + ".*"); len(left) != 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
	d.restart()
	if err := d.openKey(); err != nil {
		t.Fatal(err)
	}
	key, signature, err := d.Sign([]byte("programme"))
	if err != nil || !key.Equal(first) || !ed25519.Verify(first, []byte("programme"), signature) {
		t.Errorf("after a restart: %v", err)
	}
}

func TestAKeyFileThatOthersCanReachIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // it has no modes
	}
	d := newDoor(t)
	if err := d.openKey(); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660, 0o644, 0o601, 0o777} {
		d.restart()
		if err := os.Chmod(d.keyFile(), mode); err != nil {
			t.Fatal(err)
		}
		if err := d.openKey(); !errors.Is(err, errLaxKeyFile) {
			t.Errorf("mode %o: %v", mode, err)
		}
		d.mute()
	}
	for _, mode := range []os.FileMode{0o600, 0o400} {
		d.restart()
		if err := os.Chmod(d.keyFile(), mode); err != nil {
			t.Fatal(err)
		}
		if err := d.openKey(); err != nil || d.PublisherKey() == nil {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestWithoutItsKeyTheBroadcasterRunsAndSignsNothing(t *testing.T) {
	other := newDoor(t)
	if err := other.openKey(); err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(other.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		content []byte // nil removes the file
	}{
		{"lost", nil},
		{"empty", []byte{}},
		{"damaged", []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")},
		{"too large", bytes.Repeat([]byte("x"), maxKeyFile+1)},
		{"another installation's", foreign},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDoor(t)
			if err := d.openKey(); err != nil {
				t.Fatal(err)
			}
			own, err := os.ReadFile(d.keyFile())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(d.keyFile()); err != nil {
				t.Fatal(err)
			}
			if test.content != nil {
				if err := os.WriteFile(d.keyFile(), test.content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			d.restart()
			if err := d.openKey(); err != nil {
				t.Errorf("it does not run: %v", err)
			}
			d.mute()
			// No new key was made in its place, and with the old one back all is well.
			if err := os.WriteFile(d.keyFile(), own, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := d.openKey(); err != nil || d.PublisherKey() == nil {
				t.Errorf("with the key back: %v", err)
			}
		})
	}
}

func TestAKeyThatWasMadeJustBeforeACrashIsTaken(t *testing.T) {
	d := newDoor(t)
	made, err := makeKey(d.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.openKey(); err != nil || !d.PublisherKey().Equal(made.public()) {
		t.Errorf("got %v", err)
	}
}

func TestAKeyThatCannotBeWrittenLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "publisher.key")
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := makeKey(path); err == nil {
		t.Error("made a key over a folder")
	}
	if entries, err := os.ReadDir(folder); len(entries) != 1 || err != nil {
		t.Errorf("left %v, %v", entries, err)
	}
}
