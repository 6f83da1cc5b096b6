package access

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"database/sql"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// publisherKey signs programmes.
type publisherKey struct{ private ed25519.PrivateKey }

func (k *publisherKey) public() ed25519.PublicKey { return k.private.Public().(ed25519.PublicKey) }

// maxKeyFile bounds what is read of a key file, in bytes; a key takes 119.
const maxKeyFile = 4096

// errLaxKeyFile means that others than its owner can reach the key.
var errLaxKeyFile = errors.New("others than its owner can read or write it: set its mode to 0600, and make a new key if somebody may have had it")

// OpenKey reads the publisher key. Where the database has never had one it makes one. A file that others can reach is
// an error: do not start. A key that is missing, damaged or not the one that terminals were told to trust is none: it
// is logged, the broadcaster runs, and Sign returns a Problem.
func (a *Access) OpenKey(ctx context.Context, tx *store.Tx) error {
	q := accesssql.New(tx)
	trusted, err := q.PublisherKey(ctx)
	first := errors.Is(err, sql.ErrNoRows)
	if err != nil && !first {
		return fmt.Errorf("read publisher key's name: %w", err)
	}
	key, err := readKey(a.keyFile)
	switch {
	case first && errors.Is(err, fs.ErrNotExist):
		if key, err = makeKey(a.keyFile); err != nil {
			return fmt.Errorf("make publisher key %s: %w", a.keyFile, err)
		}
		a.log.Info("made the publisher key: keep a copy in a safe place", "file", a.keyFile)
	case errors.Is(err, errLaxKeyFile):
		return fmt.Errorf("publisher key %s: %w", a.keyFile, err)
	case err != nil:
		a.log.Error("nothing can be published: the publisher key cannot be read", "file", a.keyFile, "err", err)
		return nil
	}
	name := hex.EncodeToString(key.public())
	if !first && name != trusted {
		a.log.Error("nothing can be published: this is not the key that terminals trust", "file", a.keyFile)
		return nil
	}
	if first {
		if err := q.InsertPublisherKey(ctx, accesssql.InsertPublisherKeyParams{Key: name, MadeMs: tx.Now.UnixMilli()}); err != nil {
			return fmt.Errorf("keep publisher key's name: %w", err)
		}
	}
	a.key.Store(key)
	return nil
}

// Sign returns the publisher's public key and its signature over message, or a Problem while there is no key.
func (a *Access) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	key := a.key.Load()
	if key == nil {
		return nil, nil, problem(playlists.Unavailable, "publisher_key_missing")
	}
	return key.public(), ed25519.Sign(key.private, message), nil
}

// PublisherKey returns the key that terminals shall trust, nil while there is none.
func (a *Access) PublisherKey() ed25519.PublicKey {
	key := a.key.Load()
	if key == nil {
		return nil
	}
	return key.public()
}

// readKey returns an error that wraps fs.ErrNotExist or errLaxKeyFile where these are the reason.
func readKey(path string) (*publisherKey, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return nil, err
	}
	// Windows has no modes: there the folder's access list is what counts.
	if runtime.GOOS != "windows" && stat.Mode().Perm()&0o077 != 0 {
		return nil, errLaxKeyFile
	}
	if !stat.Mode().IsRegular() || stat.Size() > maxKeyFile {
		return nil, errors.New("not a key file")
	}
	text := make([]byte, stat.Size())
	if _, err := file.ReadAt(text, 0); err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, errors.New("not a key file")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	private, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("not an Ed25519 key")
	}
	return &publisherKey{private}, nil
}

// makeKey makes a key and its file, which is there whole or not at all, also after a power cut.
func makeKey(path string) (*publisherKey, error) {
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := writeFile(path, text); err != nil {
		return nil, err
	}
	return &publisherKey{private}, nil
}

// writeFile writes a file of mode 0600 by way of a temporary one beside it, and sees both it and its name to the disk.
func writeFile(path string, content []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	_, err = temp.Write(content)
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return err
	}
	if err = os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	if runtime.GOOS == "windows" { // folders cannot be synced there
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
