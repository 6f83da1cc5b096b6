package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// sessionLifetime is how long a person stays signed in on one device. It is long on purpose: an official who must speak
// at two in the night shall not have to look for a password.
const sessionLifetime = 90 * 24 * time.Hour

// What a session holds.
const (
	sessionPerson   = "person"   // Person.ID
	sessionPassword = "password" // number of the password that it was begun with
)

func newSessions(db *store.DB, secure bool, log *slog.Logger) *scs.SessionManager {
	s := scs.New()
	s.Lifetime = sessionLifetime
	s.HashTokenInStore = true
	s.Store = sessionStore{db}
	s.Cookie.Name = "dalaba_session"
	s.Cookie.HttpOnly = true
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.Cookie.Secure = secure
	s.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		log.ErrorContext(r.Context(), "keep session", "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
	return s
}

// Sessions returns the manager whose LoadAndSave must stand around every handler that calls Begin, Current or End.
func (a *Access) Sessions() *scs.SessionManager { return a.sessions }

// Begin signs p in on the device whose request ctx belongs to. The token is a new one.
func (a *Access) Begin(ctx context.Context, p Person) error {
	if err := a.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	a.sessions.Put(ctx, sessionPerson, p.ID)
	a.sessions.Put(ctx, sessionPassword, p.password)
	return nil
}

// End signs out the device whose request ctx belongs to.
func (a *Access) End(ctx context.Context) error {
	if err := a.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Current returns the person who is signed in on the device whose request ctx belongs to, as that person is now, or
// a Problem: nobody is, the person was removed, or the password has changed since.
func (a *Access) Current(ctx context.Context) (Person, error) {
	id := a.sessions.GetString(ctx, sessionPerson)
	if id == "" {
		return Person{}, problem(playlists.Unauthenticated, "sign_in_first")
	}
	p, err := a.Person(ctx, id)
	if found := playlists.ProblemOf(err); found != nil && found.Kind == playlists.NotFound {
		return Person{}, problem(playlists.Unauthenticated, "sign_in_first")
	}
	if err != nil {
		return Person{}, err
	}
	if p.password != a.sessions.GetInt64(ctx, sessionPassword) {
		return Person{}, problem(playlists.Unauthenticated, "sign_in_first")
	}
	return p, nil
}

// sessionStore keeps sessions in our database. The tokens that it is given are hashes already.
type sessionStore struct{ db *store.DB }

var _ scs.CtxStore = sessionStore{}

// FindCtx returns the content of a session that has not ended.
func (s sessionStore) FindCtx(ctx context.Context, token string) (content []byte, found bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		content, err = accesssql.New(tx).Session(ctx, accesssql.SessionParams{Token: token, NowMs: tx.Now.UnixMilli()})
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find session: %w", err)
	}
	return content, true, nil
}

// CommitCtx keeps a session until expiry.
func (s sessionStore) CommitCtx(ctx context.Context, token string, content []byte, expiry time.Time) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return accesssql.New(tx).PutSession(ctx, accesssql.PutSessionParams{Token: token, Content: content, ExpiresMs: expiry.UnixMilli()})
	})
	if err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// DeleteCtx removes a session; one that is not there is no error.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error { return accesssql.New(tx).DeleteSession(ctx, token) })
	if err != nil {
		return fmt.Errorf("remove session: %w", err)
	}
	return nil
}

// Find is FindCtx without a context.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s sessionStore) Commit(token string, content []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, content, expiry)
}

// Delete is DeleteCtx without a context.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
