package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"dalaba/broadcaster/internal/api"
	"dalaba/broadcaster/internal/console"
	"dalaba/playlists/wire"
)

// Deadlines of the HTTP server. Uploads, downloads and event streams extend their own; websockets leave the server.
const (
	readHeaderWithin = 10 * time.Second
	readWithin       = 60 * time.Second
	writeWithin      = 60 * time.Second
	idleFor          = 2 * time.Minute
	closeWithin      = 5 * time.Second
	maxHeader        = 64 << 10
)

// server is the HTTP surface, listening.
type server struct {
	http     *http.Server
	listener net.Listener
	options  Options
	address  string
}

// listen opens the door and builds what stands behind it.
func listen(o Options, r *rooms, zone *time.Location) (*server, error) {
	if (o.Certificate == "") != (o.CertificateKey == "") {
		return nil, errors.New("a TLS certificate and its key belong together")
	}
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", o.Listen, err)
	}
	s := &server{listener: listener, options: o, address: o.Address}
	if o.Certificate == "" && !loopback(listener.Addr()) {
		return nil, errors.Join(fmt.Errorf("%s can be reached from other machines: that needs a TLS certificate", o.Listen), listener.Close())
	}
	if s.address == "" {
		scheme := "http"
		if o.Certificate != "" {
			scheme = "https"
		}
		s.address = scheme + "://" + listener.Addr().String()
	}
	people := api.New(api.Options{
		Store: r.store, Access: r.access, Territory: r.territory, Library: r.library, Rounds: r.rounds, Hub: r.hub,
		Ledger: r.ledger, Coverage: r.coverage, Complaints: r.complaints, Hearing: r.hearing, Address: s.address, Location: zone, Logger: o.Logger.With("component", "api"),
	}, r.feed)
	pages, err := console.Handler(console.Options{})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	surface, err := people.Handler()
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", surface)
	mux.Handle("/agent/", people.Agents())
	mux.Handle(wire.SocketPath, r.hub)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.Handle("/", pages)
	s.http = &http.Server{
		Handler: secured(mux), ReadHeaderTimeout: readHeaderWithin, ReadTimeout: readWithin, WriteTimeout: writeWithin,
		IdleTimeout: idleFor, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(o.Logger.With("component", "http").Handler(), slog.LevelError),
	}
	return s, nil
}

// Run serves until ctx ends; then it gives requests under way closeWithin to finish.
func (s *server) Run(ctx context.Context) error {
	// Streams end with ctx, not with the patience of Shutdown.
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	served := make(chan error, 1)
	go func() {
		if s.options.Certificate != "" {
			served <- s.http.ServeTLS(s.listener, s.options.Certificate, s.options.CertificateKey)
			return
		}
		served <- s.http.Serve(s.listener)
	}()
	s.options.Logger.Info("broadcaster is serving", "address", s.address, "version", s.options.Version)
	if s.options.Listening != nil {
		s.options.Listening(s.address)
	}
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", s.address, err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeWithin)
	defer cancel()
	err := s.http.Shutdown(closing)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	<-served
	return err
}

// secured adds the header that every answer bears; pages add theirs.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
