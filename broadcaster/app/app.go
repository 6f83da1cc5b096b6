// Package app wires the broadcaster: it alone holds all the keys. It opens the store, brings each room's tables up to
// date, gives every room the one to three methods of its neighbours that it asks for (neighbours.go), puts the HTTP
// surface together (server.go), and runs everything until its context ends. It decides nothing.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dalaba/broadcaster/internal/store"
)

// Options say what broadcaster to run.
type Options struct {
	// Listen is a host and port. Beyond loopback it needs a certificate.
	Listen string
	// Address is the base URL that terminals and people use; empty means Listen's own.
	Address string
	// Data is the folder that holds everything: database, clips, publisher key. It is made if it is missing.
	Data string
	// Zone is the IANA name of the town's zone.
	Zone string
	// Town names the root, and TownCode is its grid code, until a tree is imported.
	Town     string
	TownCode string
	// Certificate and CertificateKey are PEM files for TLS; both or neither.
	Certificate, CertificateKey string
	// MaxUpload bounds an uploaded recording in bytes, MaxClip a clip's length.
	MaxUpload int64
	MaxClip   time.Duration
	// TargetLUFS is the loudness that recordings are brought to, and CeilingDBTP the true peak that they stay below; zero
	// means −16 and −1.
	TargetLUFS, CeilingDBTP float64
	// FFmpeg is the path of the program that converts recordings; empty means that it is looked for, off that there is none.
	FFmpeg string
	// Version is the software's.
	Version string
	Logger  *slog.Logger
	// Listening is called with the base URL once people and terminals are let in; nil means that nobody wants to know.
	Listening func(address string)
}

// Run runs the broadcaster until ctx ends; then it returns nil, and nothing that it started runs any more.
func Run(ctx context.Context, o Options) (err error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	unlock, err := lock(filepath.Join(o.Data, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return fmt.Errorf("the town's zone: %w", err)
	}
	clock := steady(time.Now())
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(o.Data, databaseFile), Now: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := build(ctx, o, db, clock, zone)
	if err != nil {
		return err
	}
	if err := found(ctx, o, r); err != nil {
		return err
	}
	server, err := listen(o, r, zone)
	if err != nil {
		return err
	}
	return runAll(ctx, server.Run, r.access.Run, r.rounds.Run, r.hub.Run, r.ledger.Run)
}

// runAll runs every part until ctx ends or one of them does, and returns when all have ended, with their errors.
func runAll(ctx context.Context, parts ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			defer stop()
			errs[i] = part(ctx)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
