// Package app is the only room of the agent that has all the keys: it opens what is kept in the data folder, makes the
// rooms, hands each what it needs, and runs them until it is told to stop.
//
// The data folder: identity.json (who the terminal is), programme.json (the programme in force, as it was signed),
// clock.json (the last synchronisation), clips (recordings), journal (what happened), reserve (room for the journal when
// the disk is full), lock (held by the agent that runs). All of it survives a power cut at any moment.
package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"dalaba/agent/internal/ear"
	"dalaba/agent/internal/journal"
	"dalaba/agent/internal/link"
	"dalaba/agent/internal/player"
	"dalaba/agent/internal/shelf"
	"dalaba/agent/internal/sound"
	"dalaba/playlists"
	"dalaba/playlists/clips"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// The outputs that Options.Output can name.
const (
	OutputAuto   = "auto"
	OutputDevice = "device"
	OutputFile   = "file"
)

// Options say how an agent runs.
type Options struct {
	// Data is the folder of everything that is kept. It is made if it is missing.
	Data string
	// Config is the file of settings from which these options come. Its owner is whose service the agent becomes.
	Config string
	// Address is the broadcaster's base URL where it has moved since the terminal was enrolled; empty means that it has
	// not. Whoever answers there must be known by the same publisher key.
	Address string
	// Enrolment is the one-time code, needed until there is an identity.
	Enrolment string
	// Output is OutputAuto, OutputDevice or OutputFile.
	Output string
	// Files is where sound files go, PerFile how long one is, Keep how many stay. With OutputAuto an empty Files means
	// that there is no falling back to files.
	Files   string
	PerFile time.Duration
	Keep    int
	// KeepFree is the disk space, in bytes, that recordings leave alone; zero means 200 MiB.
	KeepFree int64
	// Buffer is how much sound waits in the device; zero means 100 ms.
	Buffer time.Duration
	// Relay switches the amplifier; without commands there is nothing to switch.
	Relay Relay
	// Microphone is a program and its arguments that records what the horn sounds; empty for none. See package ear.
	Microphone []string
	// Version is the software's, for people.
	Version string
	// Say is where sentences for the person at the machine go.
	Say io.Writer
	Log *slog.Logger
}

// Relay is how an amplifier is switched: by two commands, each a program and its arguments, Lead before sound and Hold
// behind it.
type Relay struct {
	On, Off    []string
	Lead, Hold time.Duration
}

// ErrRestart is what Run returns when the process has to be started again: its sound device is back, or will be, but
// not for a process that has lost it once.
var ErrRestart = errors.New("声音设备要重新打开,程序重新启动 (the sound device must be opened anew: start again)")

// forPerson is an error that only a person can do away with.
type forPerson struct{ error }

func (e forPerson) Unwrap() error { return e.error }

// ForPerson tells whether err, which Run has returned, stays until a person has done what it says: to start again would
// change nothing.
func ForPerson(err error) bool {
	var e forPerson
	return errors.As(err, &e)
}

// Agent is a terminal's program.
type Agent struct {
	o       Options
	machine machine
	output  sound.Output
}

// New checks o. It starts and writes nothing.
func New(o Options) (*Agent, error) {
	if o.Data == "" {
		return nil, errors.New("agent: no data folder")
	}
	if o.Log == nil || o.Say == nil {
		return nil, errors.New("agent: nowhere to log, or to say things")
	}
	a := &Agent{o: o, machine: thisMachine()}
	return a, nil
}

// Run enrols the terminal if it has no identity yet, and then plays, fetches and reports until ctx ends. It returns
// ErrRestart when a new process should go on in its place.
func (a *Agent) Run(ctx context.Context) error {
	held, err := a.lock()
	if err != nil {
		return forPerson{err}
	}
	defer held.Close()
	id, err := a.identity(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return forPerson{err}
	}
	r, err := a.furnish(id)
	if err != nil {
		return err
	}
	err = r.run(ctx)
	if errors.Is(err, player.ErrOutput) {
		err = ErrRestart
	}
	return errors.Join(err, r.journal.Close())
}

// rooms is everything that runs.
type rooms struct {
	journal *journal.Journal
	watch   *watch
	keeper  *player.Keeper
	shelf   *shelf.Shelf
	player  *player.Player
	link    *link.Link
	output  sound.Output
	reserve *reserve
	client  *http.Client
	relay   *sound.Relay // or nil
	ear     *ear.Ear     // or nil
	wanted  string       // the output that was asked for
}

// furnish opens what is kept and makes the rooms, from the bottom up.
func (a *Agent) furnish(id identity) (_ *rooms, err error) {
	log := func(component string) *slog.Logger { return a.o.Log.With("component", component) }
	r := &rooms{wanted: a.o.Output, client: httpClient()}
	process := newProcess()
	if r.watch, err = newWatch(a.path("clock.json"), a.machine, log("clock")); err != nil {
		return nil, err
	}
	r.reserve = a.newReserve(r.statusChanged, log("disk"))
	r.watch.write = r.reserve.write
	if err = a.openSound(r); err != nil {
		return nil, err
	}
	store, err := clips.New(clips.Options{Folder: a.path("clips")})
	if err != nil {
		return nil, err
	}
	r.keeper, err = player.NewKeeper(player.KeeperOptions{
		File: a.path("programme.json"), Terminal: id.Terminal, Publishers: []playlists.Publisher{id.Publisher},
		Now: r.watch.time, Write: r.reserve.write, Log: log("player"),
	})
	if err != nil {
		return nil, err
	}
	r.shelf, err = shelf.New(shelf.Options{
		Store: store, Address: cmp.Or(a.o.Address, id.Address), Client: r.client, Changed: r.statusChanged,
		Free: a.diskFree, MinFree: a.keepFree(), Log: log("shelf"),
	})
	if err != nil {
		return nil, err
	}
	r.journal, err = journal.Open(journal.Options{
		Folder: a.path("journal"), Boot: a.machine.boot, Process: process, Room: r.reserve.spend, Log: log("journal"),
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.journal.Close())
		}
	}()
	play := player.Options{
		Journal: r.journal, Output: r.output, Clips: r.shelf, Keeper: r.keeper, Now: r.watch.read,
		Boot: a.machine.boot, Process: process, Changed: r.statusChanged, Log: log("player"),
	}
	r.aid(&play)
	r.player, err = player.New(play)
	if err != nil {
		return nil, err
	}
	r.link, err = a.newLink(r, id, process)
	return r, err
}

func (a *Agent) newLink(r *rooms, id identity, process string) (*link.Link, error) {
	return link.New(link.Options{
		Address: cmp.Or(a.o.Address, id.Address), Terminal: id.Terminal, Key: id.Key,
		Boot: a.machine.boot, Process: process, Software: a.o.Version, PlanVersion: timetable.Version,
		Journal: r.journal, Programmes: r, Status: r.status, Mono: func() int64 { return int64(a.machine.mono()) },
		Time: r.watch.exchange, Admitted: r.shelf.Admit, Pending: a.pending(id), Log: a.o.Log.With("component", "link"),
	})
}

// run runs the rooms until ctx ends or one of them fails, which ends the others.
func (r *rooms) run(ctx context.Context) error {
	defer r.client.CloseIdleConnections()
	r.want()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return r.shelf.Run(ctx) })
	quiet, silent := context.WithCancel(context.WithoutCancel(ctx)) // until the player has faded out
	group.Go(func() error {
		defer silent()
		return r.player.Run(ctx)
	})
	group.Go(func() error { return r.link.Run(ctx) })
	group.Go(func() error { return r.watch.Run(ctx) })
	group.Go(func() error { return r.reserve.Run(ctx, r.keepAgain) })
	r.runAids(quiet, group)
	group.Go(func() error {
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-r.journal.Changed():
				r.link.RowsAdded()
			}
		}
	})
	return group.Wait()
}

// Take puts a programme in force and has its recordings fetched.
func (r *rooms) Take(e wire.Envelope) wire.ProgrammeResult {
	result := r.keeper.Take(e)
	if result.InForce {
		r.want()
	}
	return result
}

// Revision is that of the programme in force.
func (r *rooms) Revision() uint64 { return r.keeper.Revision() }

// want tells the shelf which recordings the programme in force names.
func (r *rooms) want() {
	programme, _ := r.keeper.Held()
	if programme == nil {
		return
	}
	titles := make(map[playlists.Digest]string)
	for _, a := range programme.Announcements {
		for _, c := range a.Variants {
			titles[c.Digest] = a.Title
		}
	}
	var wanted []shelf.Wanted
	for _, c := range programme.Clips() {
		wanted = append(wanted, shelf.Wanted{Clip: c, Title: titles[c.Digest]})
	}
	r.shelf.Want(wanted)
}

func (a *Agent) path(name string) string { return filepath.Join(a.o.Data, name) }

// httpClient follows no redirects: a ticket is for the broadcaster alone.
func httpClient() *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 20 * time.Second,
			MaxIdleConns: 2, IdleConnTimeout: 30 * time.Second, ForceAttemptHTTP2: true,
		},
	}
}
