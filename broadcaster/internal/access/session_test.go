package access

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// browser is a person's device that talks to a door.
type browser struct {
	d      *door
	client *http.Client
	server *httptest.Server
	last   []*http.Cookie // what the last answer set
}

func newBrowser(d *door) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	b := &browser{d: d, client: &http.Client{Jar: jar}}
	var p Person
	routes := http.NewServeMux()
	handle := func(path string, f func(r *http.Request) error) {
		routes.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if err := f(r); err != nil {
				w.WriteHeader(http.StatusForbidden)
			}
		})
	}
	handle("/in", func(r *http.Request) (err error) {
		if p, err = d.SignIn(r.Context(), "guan", goodPassword, r.RemoteAddr); err != nil {
			return err
		}
		return d.Begin(r.Context(), p)
	})
	handle("/who", func(r *http.Request) error {
		_, err := d.Current(r.Context())
		if err != nil && playlists.ProblemOf(err).Kind != playlists.Unauthenticated {
			d.t.Error(err)
		}
		return err
	})
	handle("/out", func(r *http.Request) error { return d.End(r.Context()) })
	// The door's manager is looked up for each request, because restart makes a new one.
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.Sessions().LoadAndSave(routes).ServeHTTP(w, r)
	}))
	d.t.Cleanup(b.server.Close)
	return b
}

// ask returns whether the answer was yes.
func (b *browser) ask(path string) bool {
	b.d.t.Helper()
	answer, err := b.client.Get(b.server.URL + path)
	if err != nil {
		b.d.t.Fatal(err)
	}
	defer answer.Body.Close()
	b.last = answer.Cookies()
	return answer.StatusCode == http.StatusOK
}

func TestASessionOutlivesARestartAndEndsWithSignOut(t *testing.T) {
	d := newDoor(t)
	d.person("guan", RoleOfficial, village)
	b := newBrowser(d)
	if b.ask("/who") || len(b.last) != 0 {
		t.Error("somebody is signed in, or a stranger got a session")
	}
	if !b.ask("/in") {
		t.Fatal("not signed in")
	}
	cookie := b.last[0]
	if cookie.Name != "dalaba_session" || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure ||
		cookie.MaxAge < 89*24*3600 || cookie.MaxAge > 91*24*3600 {
		t.Errorf("cookie %v", cookie)
	}
	d.must(func(tx *store.Tx) error {
		var kept string
		err := tx.QueryRow("SELECT token FROM sessions").Scan(&kept)
		if strings.Contains(kept, cookie.Value) || kept == "" {
			t.Errorf("the token is kept as %q", kept)
		}
		return err
	})
	d.restart()
	if !b.ask("/who") {
		t.Error("forgotten after a restart")
	}
	stolen := cookie.Value
	if !b.ask("/out") || b.ask("/who") {
		t.Error("still signed in")
	}
	if _, found, err := (sessionStore{d.db}).Find(stolen); found || err != nil {
		t.Errorf("the session is still there: %v", err)
	}
}

func TestASessionEndsWithItsPersonItsPasswordAndItsTime(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(d *door, p Person) error
	}{
		{"person removed", func(d *door, p Person) error { return d.RemovePerson(t.Context(), p.ID) }},
		{"password changed", func(d *door, p Person) error {
			_, err := d.ChangePassword(t.Context(), p.ID, goodPassword, "新的密码也要够长才行", "10.0.0.1")
			return err
		}},
		{"password reset", func(d *door, p Person) error {
			_, err := d.ResetPassword(t.Context(), p.ID)
			return err
		}},
		{"90 days", func(d *door, p Person) error {
			d.clock.advance(sessionLifetime + time.Minute)
			return nil
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDoor(t)
			d.person("root", RoleAdministrator, town)
			p := d.person("guan", RoleOfficial, village)
			b := newBrowser(d)
			if !b.ask("/in") || !b.ask("/who") {
				t.Fatal("not signed in")
			}
			if err := test.end(d, p); err != nil {
				t.Fatal(err)
			}
			if b.ask("/who") {
				t.Error("still signed in")
			}
		})
	}
}

func TestASecureCookieIsForHTTPSOnly(t *testing.T) {
	d := newDoor(t)
	a, err := New(Options{DB: d.db, Grids: tree{}, KeyFile: d.keyFile(), SecureCookie: true, Log: d.log})
	if err != nil || !a.Sessions().Cookie.Secure {
		t.Errorf("not secure, %v", err)
	}
}
