package wire

import (
	"errors"
	"strings"
	"testing"
)

func TestEnrolmentCodeSurvivesBeingCopied(t *testing.T) {
	print := Fingerprint(key(1).public())
	for _, test := range []struct{ name, address, want string }{
		{"a name", "https://gb.example.org", "https://gb.example.org"},
		{"a slash at the end", "https://gb.example.org/", "https://gb.example.org"},
		{"an address and port", "http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"IPv6", "http://[::1]:8080", "http://[::1]:8080"},
		{"below a path", "https://example.org/gb", "https://example.org/gb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code := EnrolmentCode{Address: test.address, Fingerprint: print, Secret: "ABCD-EFGH-2345"}
			got, err := ParseEnrolmentCode("\t " + code.String() + " \r\n")
			code.Address = test.want
			if err != nil || got != code {
				t.Errorf("%s becomes %+v, %v", code, got, err)
			}
		})
	}
}

func TestWhatIsNoEnrolmentCodeIsRefused(t *testing.T) {
	print := Fingerprint(key(1).public())
	for _, test := range []struct{ name, in string }{
		{"nothing", ""},
		{"an address alone", "https://gb.example.org/"},
		{"no secret", "https://gb.example.org/#" + print + "."},
		{"no dot", "https://gb.example.org/#" + print + "ABCD"},
		{"half a fingerprint", "https://gb.example.org/#" + print[:13] + ".ABCD"},
		{"a fingerprint of other letters", "https://gb.example.org/#" + strings.Repeat("1", 26) + ".ABCD"},
		{"no scheme", "gb.example.org/#" + print + ".ABCD"},
		{"another scheme", "file:///etc/#" + print + ".ABCD"},
		{"no host", "https:///#" + print + ".ABCD"},
		{"a port without a host", "https://:80/#" + print + ".ABCD"},
		{"a person in the address", "https://a:b@gb.example.org/#" + print + ".ABCD"},
		{"a question in the address", "https://gb.example.org/?a=b/#" + print + ".ABCD"},
		{"two lines", "https://gb.example.org/#" + print + ".AB\nCD"},
		{"a secret with a space", "https://gb.example.org/#" + print + ".AB CD"},
		{"a long secret", "https://gb.example.org/#" + print + "." + strings.Repeat("A", 65)},
		{"a long address", "https://" + strings.Repeat("a", 300) + "/#" + print + ".ABCD"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, err := ParseEnrolmentCode(test.in); !errors.Is(err, ErrCode) || got != (EnrolmentCode{}) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

// FuzzParseEnrolmentCode holds it to its word: it never panics, and what it reads is written and read alike.
func FuzzParseEnrolmentCode(f *testing.F) {
	print := Fingerprint(key(1).public())
	f.Add("https://gb.example.org/#" + print + ".ABCD-EFGH")
	f.Add(" http://[::1]:8080//#" + print + ".a/#.b ")
	f.Add("https://%zz/#" + print + ".\x00")
	f.Add("/#.")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseEnrolmentCode(s)
		if err != nil {
			if err != ErrCode || code != (EnrolmentCode{}) {
				t.Errorf("%+v, %v", code, err)
			}
			return
		}
		if again, err := ParseEnrolmentCode(code.String()); err != nil || again != code {
			t.Errorf("%+v becomes %+v, %v", code, again, err)
		}
	})
}

func TestProofAndCheckStringAreWhatTheyWere(t *testing.T) {
	if got, want := string(HelloProof([]byte{1, 2}, "a")), "dalaba hello 1\x00\x00\x00\x00\x02\x01\x02a"; got != want {
		t.Errorf("proof is %q, want %q", got, want)
	}
	if string(HelloProof([]byte{1}, "2a")) == string(HelloProof([]byte{1, '2'}, "a")) {
		t.Error("a byte of the nonce can pass for one of the terminal")
	}
	// Both computed with another program from the public key of the seed 0x01 × 32.
	if got, want := Fingerprint(key(1).public()), "GR2Q7GF5LH6PZFDNURNKVPUTHM"; got != want {
		t.Errorf("fingerprint is %s, want %s", got, want)
	}
	if got, want := CheckString("a", key(1).public()), "018438"; got != want {
		t.Errorf("check string is %s, want %s", got, want)
	}
	if CheckString("a", key(1).public()) == CheckString("b", key(1).public()) || CheckString("a", key(1).public()) == CheckString("a", key(2).public()) {
		t.Error("the check string does not tell terminals or keys apart")
	}
}
