package access

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestTheFirstAdministratorIsMadeOnce(t *testing.T) {
	d := newDoor(t)
	var password string
	for _, want := range []bool{true, false} {
		d.must(func(tx *store.Tx) error {
			p, made, err := d.FirstAdministrator(t.Context(), tx, town)
			if made != want || (p != "") != want {
				t.Errorf("made %v with %q, want %v", made, p, want)
			}
			if made {
				password = p
			}
			return err
		})
		d.restart()
	}
	p, err := d.SignIn(t.Context(), "Admin ", password, "127.0.0.1")
	if err != nil || p.Role != RoleAdministrator || p.Grid != town || !p.Generated {
		t.Errorf("signed in %+v, %v", p, err)
	}
}

func TestAPersonIsKeptUntilRemoved(t *testing.T) {
	d := newDoor(t)
	root := d.person("root", RoleAdministrator, town)
	made, password, err := d.CreatePerson(t.Context(), Draft{Name: " 关主任", Display: "关主任 ", Role: RoleOfficial, Grid: village})
	if err != nil || len(password) != 14 || !made.Generated || made.Name != "关主任" || made.Display != "关主任" {
		t.Fatalf("made %+v, %q, %v", made, password, err)
	}
	got, err := d.Person(t.Context(), made.ID)
	if diff := cmp.Diff(made, got, cmpopts.EquateComparable(Person{})); diff != "" || err != nil {
		t.Error(diff, err)
	}
	people, err := d.People(t.Context())
	if len(people) != 2 || people[0] != root || people[1] != made || err != nil {
		t.Errorf("people %+v, %v", people, err)
	}
	if err := d.RemovePerson(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Person(t.Context(), made.ID); code(err) != "person_unknown" {
		t.Errorf("after removal: %v", err)
	}
	if err := d.RemovePerson(t.Context(), made.ID); code(err) != "person_unknown" {
		t.Errorf("removed twice: %v", err)
	}
}

func TestSomebodyMustRemainWhoCanManage(t *testing.T) {
	d := newDoor(t)
	root := d.person("root", RoleAdministrator, town)
	d.person("official", RoleOfficial, town)
	below := d.person("below", RoleAdministrator, village)
	if err := d.RemovePerson(t.Context(), root.ID); code(err) != "last_administrator" {
		t.Errorf("removed the last of the town: %v", err)
	}
	if err := d.RemovePerson(t.Context(), below.ID); err != nil {
		t.Errorf("the village's, with one above: %v", err)
	}
}

func TestAPersonWhoCannotBeIsRefused(t *testing.T) {
	d := newDoor(t)
	d.person("guan", RoleOfficial, village)
	for _, test := range []struct {
		name   string
		change func(*Draft)
		want   string
	}{
		{"name taken, in other letters", func(x *Draft) { x.Name = "GUAN" }, "person_name_taken"},
		{"no name", func(x *Draft) { x.Name = " " }, "person_name_bad"},
		{"name with a space", func(x *Draft) { x.Name = "li si" }, "person_name_bad"},
		{"name not UTF-8", func(x *Draft) { x.Name = "\xc8\xe5" }, "person_name_bad"},
		{"name too long", func(x *Draft) { x.Name = strings.Repeat("长", 33) }, "person_name_bad"},
		{"nothing to show", func(x *Draft) { x.Display = "" }, "person_display_bad"},
		{"a line break to show", func(x *Draft) { x.Display = "a\nb" }, "person_display_bad"},
		{"role unknown", func(x *Draft) { x.Role = "king" }, "person_role_bad"},
		{"grid is no code", func(x *Draft) { x.Grid = "44" }, "grid_unknown"},
		{"grid not in the tree", func(x *Draft) { x.Grid = "440605999" }, "grid_unknown"},
		{"password too short", func(x *Draft) { x.Password = "九江大喇叭每天六点"[:27] }, "password_too_short"},
		{"password too long", func(x *Draft) { x.Password = strings.Repeat("ab", 101) }, "password_too_long"},
		{"password not UTF-8", func(x *Draft) { x.Password = "\xff\xfe234567890" }, "password_too_long"},
		{"password that all have", func(x *Draft) { x.Password = "WoAiNi1314" }, "password_too_common"},
		{"password of one letter", func(x *Draft) { x.Password = "啊啊啊啊啊啊啊啊啊啊" }, "password_too_common"},
		{"password of the name", func(x *Draft) { x.Password = "LisiLisiLisi" }, "password_too_common"},
		{"all well", func(x *Draft) { x.Password = goodPassword }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			draft := Draft{Name: "lisi", Display: "李四", Role: RoleOfficial, Grid: village}
			test.change(&draft)
			if _, _, err := d.CreatePerson(t.Context(), draft); code(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			} else if p := playlists.ProblemOf(err); p != nil && p.Field == "" {
				t.Errorf("%v names no field", err)
			}
		})
	}
}

func TestAPasswordIsKeptAsAHashThatOnlyItFits(t *testing.T) {
	d := newDoor(t)
	p := d.person("guan", RoleOfficial, village)
	q := d.person("li", RoleOfficial, village)
	first, second := d.row(p.ID).Password, d.row(q.ID).Password
	if first == second || !strings.HasPrefix(first, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(first, goodPassword) {
		t.Errorf("kept as %s and %s", first, second)
	}
	for password, want := range map[string]bool{goodPassword: true, goodPassword + " ": false, "": false} {
		if got, err := d.hasher.verify(t.Context(), password, first); got != want || err != nil {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	for _, kept := range []string{"", "$argon2id$", "$2a$10$x", phcHead() + "???$x", phcHead() + "AAAA"} {
		if _, err := d.hasher.verify(t.Context(), goodPassword, kept); err == nil {
			t.Errorf("%q was taken for a hash", kept)
		}
	}
}
