// Package hub is where terminals are connected: it holds the conversation of package wire with each of them.
//
// A connection has three goroutines. The reader stamps what comes in and hands it on; the worker acts on it, in order;
// the writer alone writes, from a bounded queue in which the answers to a terminal's questions go before programmes,
// and a newer programme takes the place of an older one that still waits. Nothing that the hub is told to send blocks
// the one who says so: a terminal whose queue is full, or that takes too long to read, is disconnected, counted, and
// comes back by itself. As programmes are desired state, nothing is lost by that.
//
// The hub decides nothing. Who a terminal is, what its programme says and what becomes of its reports is behind small
// interfaces. What it knows of terminals is gone when the program ends, but for when each was last heard of.
package hub

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the files that make the hub's table, for store.DB.Migrate.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return files
}

// Refused is the error of a terminal that is turned away: Code is what it is told.
type Refused struct{ Code wire.RefusalCode }

// Error says what the terminal is told.
func (r *Refused) Error() string { return "terminal refused: " + string(r.Code) }

// identity knows terminals by their keys.
type identity interface {
	// Prove returns nil when signature is terminal's over wire.HelloProof(nonce, terminal), a *Refused when the
	// terminal is to be turned away, and any other error when that cannot be told now.
	Prove(ctx context.Context, terminal playlists.TerminalID, nonce, signature []byte) error
}

// programmes has what each terminal must do.
type programmes interface {
	// Programme returns terminal's latest programme, and false when it has none.
	Programme(ctx context.Context, terminal playlists.TerminalID) (wire.Envelope, bool, error)
	// EnsureAbove makes a new programme with a revision above held.
	EnsureAbove(ctx context.Context, terminal playlists.TerminalID, held uint64) error
}

// ledger stores reports.
type ledger interface {
	// AckedThrough returns the last sequence of journal that is stored for good.
	AckedThrough(ctx context.Context, terminal playlists.TerminalID, journal string) (uint64, error)
	// Ingest stores rows, each the JSON of a playlists.Report, and returns the last sequence that is stored for good.
	// It is given a connection's rows in the order in which they came, and none after an error.
	Ingest(ctx context.Context, terminal playlists.TerminalID, journal string, rows []json.RawMessage) (uint64, error)
}

// Options are what a hub needs. All are required but OnChange and Limits.
type Options struct {
	DB         *store.DB
	Identity   identity
	Programmes programmes
	Ledger     ledger
	Log        *slog.Logger
	// OnChange is called after Terminals says something new of terminal, on the connection's goroutine; it must not
	// block. It may be nil.
	OnChange func(terminal playlists.TerminalID)
	// Clock is broadcaster time. It must not step.
	Clock  func() time.Time
	Limits Limits
}

// Limits bound what terminals, and those who pretend to be, can cost. A zero one means its default.
type Limits struct {
	// Connections is how many may be open at once (4,096), Strangers how many of them have not proved who they are
	// (256).
	Connections, Strangers int
	// Hellos is how many new connections a second are let in, with as many again at once (200).
	Hellos rate.Limit
	// HelloWithin is how long a stranger has to say hello (10 s).
	HelloWithin time.Duration
	// Write is how long one message may take to be written (10 s).
	Write time.Duration
	// Ping is how often a silent terminal is asked whether it is there (20 s); after three times that it is gone.
	Ping time.Duration
	// Queue is how many answers may wait for one terminal (64).
	Queue int
	// Close is how long the hub waits at its end for connections to take leave (3 s).
	Close time.Duration
}

func (l *Limits) complete() {
	fallback(&l.Connections, 4096)
	fallback(&l.Strangers, 256)
	fallback(&l.Hellos, 200)
	fallback(&l.HelloWithin, 10*time.Second)
	fallback(&l.Write, 10*time.Second)
	fallback(&l.Ping, 20*time.Second)
	fallback(&l.Queue, 64)
	fallback(&l.Close, 3*time.Second)
}

func fallback[T int | rate.Limit | time.Duration](value *T, otherwise T) {
	if *value == 0 {
		*value = otherwise
	}
}

// Hub holds the connections. It is safe for concurrent use, and an http.Handler for wire.SocketPath.
type Hub struct {
	db         *store.DB
	identity   identity
	programmes programmes
	ledger     ledger
	log        *slog.Logger
	onChange   func(playlists.TerminalID)
	clock      func() time.Time
	limits     Limits
	hellos     *rate.Limiter
	fan        *fan

	doors sync.WaitGroup // connections, from the request to the last goroutine

	mu sync.Mutex // guards what follows
	// work ends when connections must; nil while Run does not run, and then nobody is let in.
	work context.Context
	// entered counts connections, strangers those of them that have not proved who they are, open has those whose
	// websocket is open.
	entered   int
	strangers int
	open      map[*conn]struct{}
	connected map[playlists.TerminalID]*conn
	tickets   map[ticketHash]playlists.TerminalID
	live      map[playlists.TerminalID]*Live
	unsaved   map[playlists.TerminalID]bool
	closed    map[Reason]int
}

// New checks o and returns a hub over its database, which must have been migrated. Until Run it lets nobody in.
func New(o Options) (*Hub, error) {
	if o.DB == nil || o.Identity == nil || o.Programmes == nil || o.Ledger == nil || o.Log == nil || o.Clock == nil {
		return nil, errors.New("new hub: an option is missing")
	}
	o.Limits.complete()
	h := &Hub{
		db: o.DB, identity: o.Identity, programmes: o.Programmes, ledger: o.Ledger,
		log: o.Log.With("component", "hub"), onChange: o.OnChange, clock: o.Clock, limits: o.Limits,
		hellos:    rate.NewLimiter(o.Limits.Hellos, int(o.Limits.Hellos)+1),
		fan:       newFan(),
		open:      make(map[*conn]struct{}),
		connected: make(map[playlists.TerminalID]*conn),
		tickets:   make(map[ticketHash]playlists.TerminalID),
		live:      make(map[playlists.TerminalID]*Live),
		unsaved:   make(map[playlists.TerminalID]bool),
		closed:    make(map[Reason]int),
	}
	if h.onChange == nil {
		h.onChange = func(playlists.TerminalID) {}
	}
	return h, nil
}

// Run lets terminals in until ctx ends. Then it tells those that are connected that the broadcaster is going down, and
// returns when every goroutine of every connection has ended. It may run once.
func (h *Hub) Run(ctx context.Context) error {
	if err := h.remember(ctx); err != nil {
		return fmt.Errorf("run hub: %w", err)
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	h.mu.Lock()
	h.work = work
	h.mu.Unlock()
	var own sync.WaitGroup
	for range fanWorkers {
		own.Go(func() { h.fanOut(work) })
	}
	h.keepSaving(ctx)
	h.takeLeave(stop)
	own.Wait()
	return h.save(context.WithoutCancel(ctx))
}

// takeLeave lets nobody in any more, and ends every connection: with a word, or by force after Limits.Close.
func (h *Hub) takeLeave(stop context.CancelFunc) {
	h.mu.Lock()
	h.work = nil
	open := maps.Clone(h.open)
	h.mu.Unlock()
	for c := range open {
		c.end(ReasonClosing)
	}
	gone := make(chan struct{})
	go func() {
		h.doors.Wait()
		close(gone)
	}()
	force := time.NewTimer(h.limits.Close)
	defer force.Stop()
	select {
	case <-gone:
	case <-force.C:
		for c := range open {
			c.socket.Close()
		}
	}
	stop()
	<-gone
}

// Publish sends each of terminals that is connected its latest programme, unless it has it. It never blocks.
func (h *Hub) Publish(terminals []playlists.TerminalID) { h.fan.add(terminals) }

// Drop ends terminal's connection, if it has one, as that of a terminal that is not known any more.
func (h *Hub) Drop(terminal playlists.TerminalID) {
	h.mu.Lock()
	c := h.connected[terminal]
	h.mu.Unlock()
	if c != nil {
		c.end(ReasonDropped)
	}
}

// Reach tells whether terminal is connected, so that what is published now gets there now.
func (h *Hub) Reach(terminal playlists.TerminalID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.connected[terminal] != nil
}

// TicketTerminal returns the connected terminal to which ticket was given, and whether there is one.
func (h *Hub) TicketTerminal(ticket string) (playlists.TerminalID, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	terminal, ok := h.tickets[hashTicket(ticket)]
	return terminal, ok
}

// Closed tells how many connections ended for each reason since New.
func (h *Hub) Closed() map[Reason]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.closed)
}
