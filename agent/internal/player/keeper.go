package player

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// KeeperOptions say whose programme is kept, and where.
type KeeperOptions struct {
	// File holds the programme in force, as it was signed.
	File     string
	Terminal playlists.TerminalID
	// Publishers are the keys believed before there is a programme that says which are.
	Publishers []playlists.Publisher
	// Now is broadcaster time, if it is known.
	Now func() (time.Time, bool)
	// Write replaces a file so that a power cut leaves the old one or the new one.
	Write func(path string, content []byte) error
	Log   *slog.Logger
}

// Keeper holds the terminal's programme. It believes what a trusted key signed for this terminal, and nothing else. It
// is safe for concurrent use.
type Keeper struct {
	o       KeeperOptions
	changed chan struct{}

	mu         sync.Mutex // guards what follows
	publishers []playlists.Publisher
	envelope   wire.Envelope
	programme  *playlists.Programme // nil for none
	unkept     []byte               // what the file should hold and does not yet, or nil
	problem    string
}

// kept is the content of the file. Publishers are those who were believed when the envelope was taken: it is verified
// with their keys again when it is read.
type kept struct {
	Envelope   wire.Envelope         `json:"envelope"`
	Publishers []playlists.Publisher `json:"publishers"`
}

// Reasons for which a programme is refused, beside those of wire.Envelope.Open.
var (
	errRevision = errors.New("programme is not newer than the one in force")
	errVersion  = errors.New("programme needs newer software")
	errContent  = errors.New("programme does not fit its envelope")
)

// NewKeeper reads and verifies the programme that was kept. One that cannot be verified is left aside, with a problem.
func NewKeeper(o KeeperOptions) (*Keeper, error) {
	k := &Keeper{o: o, changed: make(chan struct{}, 1), publishers: o.Publishers}
	content, err := os.ReadFile(o.File)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read programme: %w", err)
	}
	var was kept
	if err := json.Unmarshal(content, &was); err != nil {
		k.refuse(0, fmt.Errorf("read %s: %w", filepath.Base(o.File), err))
		return k, nil
	}
	// Whether it has expired is the player's to find out: an expired one still says what would have been due.
	programme, err := k.open(was.Envelope, was.Publishers, time.Time{})
	if err != nil {
		k.refuse(was.Envelope.Revision, err)
		return k, nil
	}
	k.adopt(was.Envelope, programme)
	return k, nil
}

// Held returns the programme in force and when it expires, or nil. It must not be changed.
func (k *Keeper) Held() (*playlists.Programme, time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.programme, time.UnixMilli(k.envelope.ExpiresMS)
}

// Revision returns that of the programme in force, zero for none.
func (k *Keeper) Revision() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.envelope.Revision
}

// Changed receives after another programme has come into force. It serves one listener.
func (k *Keeper) Changed() <-chan struct{} { return k.changed }

// Problem returns a sentence about the last programme, if it was refused or cannot be written down, else "".
func (k *Keeper) Problem() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.problem == "" && k.unkept != nil {
		return "磁盘写不进:新安排已经照做,但断电后会忘记,请清理磁盘"
	}
	return k.problem
}

// Keep writes down the programme in force if that has not been possible yet. It returns why it still is not.
func (k *Keeper) Keep() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.unkept == nil {
		return nil
	}
	if err := k.o.Write(k.o.File, k.unkept); err != nil {
		return fmt.Errorf("keep programme: %w", err)
	}
	k.unkept = nil
	return nil
}

// Take verifies e and puts what it holds in force, or refuses it and goes on with the programme held. It is on disk first,
// unless the disk takes nothing: what is cancelled or silenced does not wait for that, and Keep tries again.
func (k *Keeper) Take(e wire.Envelope) wire.ProgrammeResult {
	k.mu.Lock()
	defer k.mu.Unlock()
	result := wire.ProgrammeResult{Revision: e.Revision}
	if err := k.take(e); err != nil {
		k.refuse(e.Revision, err)
		result.Reason = err.Error()
		return result
	}
	k.problem = ""
	result.InForce = true
	return result
}

func (k *Keeper) take(e wire.Envelope) error {
	now, _ := k.o.Now()
	programme, err := k.open(e, k.publishers, now)
	if err != nil {
		return err
	}
	if k.programme != nil {
		if e.Revision == k.envelope.Revision && string(e.Body) == string(k.envelope.Body) {
			return nil
		}
		if e.Revision <= k.envelope.Revision {
			return fmt.Errorf("revision %d after %d: %w", e.Revision, k.envelope.Revision, errRevision)
		}
	}
	content, err := json.Marshal(kept{Envelope: e, Publishers: k.publishers})
	if err != nil {
		return fmt.Errorf("keep programme: %w", err)
	}
	k.unkept = nil
	if err := k.o.Write(k.o.File, content); err != nil {
		k.unkept = content
		k.o.Log.Error("programme cannot be kept", "revision", e.Revision, "error", err)
	}
	k.adopt(e, programme)
	k.o.Log.Info("programme in force", "revision", e.Revision, "rounds", len(programme.Rounds))
	select {
	case k.changed <- struct{}{}:
	default:
	}
	return nil
}

// open verifies e with the keys of publishers and only then reads what it holds. A zero now leaves expiry aside.
func (k *Keeper) open(e wire.Envelope, publishers []playlists.Publisher, now time.Time) (*playlists.Programme, error) {
	var trusted []ed25519.PublicKey
	for _, p := range publishers {
		trusted = append(trusted, p.Key)
	}
	body, err := e.Open(wire.ContextProgramme, string(k.o.Terminal), trusted, now)
	if err != nil {
		return nil, err
	}
	programme, err := playlists.ReadProgramme(body)
	if err != nil {
		return nil, err
	}
	if programme.PlanVersion > timetable.Version || programme.PlanVersion < 1 {
		return nil, fmt.Errorf("planning rules %d, known %d: %w", programme.PlanVersion, timetable.Version, errVersion)
	}
	if programme.Terminal != k.o.Terminal || programme.Revision != e.Revision || len(programme.Publishers) == 0 {
		return nil, errContent
	}
	for _, p := range programme.Publishers {
		if len(p.Key) != ed25519.PublicKeySize {
			return nil, errContent
		}
	}
	if _, err := timetable.Plan(programme, nil, playlists.DateOf(programme.Signed)); err != nil {
		return nil, err
	}
	return programme, nil
}

func (k *Keeper) adopt(e wire.Envelope, programme *playlists.Programme) {
	k.envelope, k.programme, k.publishers = e, programme, programme.Publishers
}

func (k *Keeper) refuse(revision uint64, err error) {
	k.o.Log.Warn("programme refused", "revision", revision, "error", err)
	k.problem = "收到的安排不可信,没有采用"
	switch {
	case errors.Is(err, errVersion):
		k.problem = "本机软件太旧,看不懂新安排,请更新;仍按原来的安排播放"
	case errors.Is(err, wire.ErrExpired):
		k.problem = "收到的安排已经过期,没有采用"
	case isTooLarge(err):
		k.problem = "收到的安排太大,没有采用;仍按原来的安排播放"
	}
}

func isTooLarge(err error) bool {
	p := playlists.ProblemOf(err)
	return p != nil && p.Kind == playlists.TooLarge
}
