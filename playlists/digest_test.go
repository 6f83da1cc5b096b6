package playlists

import (
	"crypto/sha256"
	"strings"
	"testing"
)

func TestDigestIsWrittenInOneWayOnly(t *testing.T) {
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	d := Digest(sha256.Sum256(nil))
	if read, err := ParseDigest(empty); err != nil || read != d || d.String() != empty || d.IsZero() {
		t.Errorf("%s is read as %s, %v", empty, read, err)
	}
	for _, test := range []struct{ name, in string }{
		{"nothing", ""},
		{"short", empty[1:]},
		{"long", empty + "0"},
		{"capitals", strings.ToUpper(empty)},
		{"other letters", "g" + empty[1:]},
		{"a way out of its folder", "../" + empty[3:]},
	} {
		t.Run(test.name, func(t *testing.T) {
			read := d
			if err := read.UnmarshalText([]byte(test.in)); err == nil || read != d {
				t.Errorf("%q is read as %s, %v", test.in, read, err)
			}
		})
	}
}

func FuzzParseDigest(f *testing.F) {
	f.Add(Digest{}.String())
	f.Add("E3")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDigest(s); err == nil && d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
	})
}
