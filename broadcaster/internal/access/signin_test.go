package access

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"dalaba/playlists"
)

func TestSignInTellsNobodyWhichNamesThereAre(t *testing.T) {
	d := newDoor(t)
	guan := d.person("guan", RoleOfficial, village)
	for _, test := range []struct{ name, password, want string }{
		{"guan", goodPassword, ""},
		{" GUAN ", goodPassword, ""},
		{"guan", goodPassword + "!", "sign_in_wrong"},
		{"guan", "", "sign_in_wrong"},
		{"nobody", goodPassword, "sign_in_wrong"},
		{"", "", "sign_in_wrong"},
	} {
		p, err := d.SignIn(t.Context(), test.name, test.password, "10.0.0.1:1234")
		if code(err) != test.want || test.want == "" && p != guan {
			t.Errorf("%q, %q: %+v, %v", test.name, test.password, p, err)
		}
	}
}

func TestAStrangerCannotLockOutAChiefFromElsewhere(t *testing.T) {
	d := newDoor(t)
	d.person("chief", RoleOfficial, village)
	guess := func(from string) error {
		_, err := d.SignIn(t.Context(), "chief", "guess", from)
		return err
	}
	for range triesForName {
		if err := guess("203.0.113.9:5000"); code(err) != "sign_in_wrong" {
			t.Fatal(err)
		}
	}
	err := guess("203.0.113.9:5001")
	if code(err) != "sign_in_too_often" || playlists.ProblemOf(err).Args["seconds"] != 30 {
		t.Fatalf("the next guess: %v", err)
	}
	if _, err := d.SignIn(t.Context(), "chief", goodPassword, "203.0.113.9:5000"); code(err) != "sign_in_too_often" {
		t.Errorf("a right guess from there: %v", err)
	}
	if _, err := d.SignIn(t.Context(), "chief", goodPassword, "198.51.100.1:5000"); err != nil {
		t.Errorf("the chief from elsewhere: %v", err)
	}
	d.clock.advance(nextForName)
	if _, err := d.SignIn(t.Context(), "chief", goodPassword, "203.0.113.9:5000"); err != nil {
		t.Errorf("half a minute later: %v", err)
	}
	// A right password clears the count.
	for range triesForName {
		if err := guess("203.0.113.9:5000"); code(err) != "sign_in_wrong" {
			t.Fatal(err)
		}
	}
}

func TestOneAddressCannotTryManyNames(t *testing.T) {
	var a attempts
	now := time.Now()
	for i := range triesForAddress {
		if err := a.take(fmt.Sprint(i), "2001:db8::1", now); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.take("x", "[2001:db8::2]:77", now); code(err) != "sign_in_too_often" {
		t.Errorf("from the same household: %v", err)
	}
	if err := a.take("x", "2001:db8:0:1::1", now); err != nil {
		t.Errorf("from the next one: %v", err)
	}
}

func TestWhatIsRememberedOfAttemptsIsBounded(t *testing.T) {
	var a attempts
	now := time.Now()
	for i := range 3 * maxAttempts {
		if err := a.take("chief", fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255), now); err != nil {
			t.Fatal(err)
		}
	}
	if len(a.seen) > maxAttempts+1 {
		t.Errorf("%d are remembered", len(a.seen))
	}
	// What no longer limits is dropped first.
	if err := a.take("chief", "192.0.2.1", now.Add(time.Hour)); err != nil || len(a.seen) > maxAttempts+1 {
		t.Errorf("an hour later %d are remembered, %v", len(a.seen), err)
	}
}

func TestAnAddressIsCountedWithoutItsPort(t *testing.T) {
	for in, want := range map[string]string{
		"10.0.0.1": "10.0.0.1", "10.0.0.1:80": "10.0.0.1", "::ffff:10.0.0.1": "10.0.0.1", "[::ffff:10.0.0.1]:9": "10.0.0.1",
		"2001:db8::1": "2001:db8::/64", "[2001:db8::5]:443": "2001:db8::/64", "fe80::1%eth0": "fe80::/64", "pipe": "pipe", "": "",
	} {
		if got := network(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestAPasswordIsChangedByWhoKnowsTheOldOne(t *testing.T) {
	d := newDoor(t)
	p := d.person("guan", RoleOfficial, village)
	const next = "新的密码也要够长才行"
	change := func(old, chosen string) error {
		_, err := d.ChangePassword(t.Context(), p.ID, old, chosen, "10.0.0.1")
		return err
	}
	for _, test := range []struct{ name, old, chosen, want string }{
		{"old one wrong", "guess", next, "old_password_wrong"},
		{"new one too short", goodPassword, "short", "password_too_short"},
		{"all well", goodPassword, next, ""},
		{"old one is old", goodPassword, next, "old_password_wrong"},
	} {
		if err := change(test.old, test.chosen); code(err) != test.want {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if _, err := d.SignIn(t.Context(), "guan", next, "10.0.0.1"); err != nil {
		t.Errorf("with the new one: %v", err)
	}
	password, err := d.ResetPassword(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := d.SignIn(t.Context(), "guan", password, "10.0.0.1"); err != nil || !p.Generated {
		t.Errorf("with the generated one: %+v, %v", p, err)
	}
	if _, err := d.ResetPassword(t.Context(), "nobody"); code(err) != "person_unknown" {
		t.Errorf("nobody's password: %v", err)
	}
}

func TestManyMaySignInAtOnce(t *testing.T) {
	d := newDoor(t)
	d.person("guan", RoleOfficial, village)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			if _, err := d.SignIn(t.Context(), "guan", goodPassword, fmt.Sprintf("10.0.0.%d", i)); err != nil {
				t.Error(err)
			}
			if _, err := d.SignIn(t.Context(), "guan", "guess", fmt.Sprintf("10.0.1.%d", i)); code(err) != "sign_in_wrong" {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}
