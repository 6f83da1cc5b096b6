package demo

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"
)

func TestEveryAnnouncementIsThereInMandarinAndCantonese(t *testing.T) {
	list := Announcements()
	if len(list) != 3 {
		t.Fatalf("%d announcements", len(list))
	}
	for _, a := range list {
		var dialects []string
		for _, v := range a.Variants {
			dialects = append(dialects, v.Dialect)
			w := v.Recording
			if len(w) < 44 || string(w[:4]) != "RIFF" || string(w[36:40]) != "data" || len(w) != 44+int(binary.LittleEndian.Uint32(w[40:])) {
				t.Errorf("%s is no plain WAV file", v.Clip)
				continue
			}
			if seconds := float64(len(w)-44) / float64(binary.LittleEndian.Uint32(w[28:])); seconds < 4 || seconds > 8 {
				t.Errorf("%s lasts %.1f s", v.Clip, seconds)
			}
			if v.Spoken == "" {
				t.Errorf("%s: nobody knows what it says", v.Clip)
			}
		}
		if a.Title == "" || a.Text == "" || !slices.Equal(dialects, []string{"cmn", "yue"}) {
			t.Errorf("%+v in %v", a.Title, dialects)
		}
	}
}

func TestHornsStandInTwoVillagesOfTheTown(t *testing.T) {
	var town struct {
		Datum    string
		Features []struct {
			Properties struct {
				Code, Name string
				Invented   bool
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader(Grids())).Decode(&town); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range town.Features {
		known[f.Properties.Code] = true
		if !f.Properties.Invented {
			t.Errorf("%s is not marked as invented", f.Properties.Name)
		}
	}
	villages := map[string]int{}
	for _, h := range Horns() {
		if !known[h.Grid] || h.Name == "" || len(h.Dialects) != 2 {
			t.Errorf("%+v", h)
		}
		villages[h.Grid[:12]]++
	}
	if town.Datum != "WGS-84" || len(villages) != 2 || len(Horns()) != 3 {
		t.Errorf("datum %q, horns by village %v", town.Datum, villages)
	}
}
