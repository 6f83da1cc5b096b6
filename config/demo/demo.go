// Package demo is a sample town: Jiujiang (九江镇) as its newspaper told of it in January 2020, with its grid, three horns
// and three announcements. The names that the source gives are kept; the rest are plainly samples, the geometry is
// invented and says so, and the hotline's number leads nowhere.
//
// town.geojson is drawn by the program in the folder draw. The recordings in clips were made once, each by
//
//	espeak-ng -v VOICE -s 150 -a 80 -w raw.wav TEXT && sox -D raw.wav -r 16000 NAME.wav
//
// with the voice yue and the text of announcements.yaml as it stands, or with the voice cmn-latn-pinyin and the text in
// pinyin with the tones as digits (ge4 wei4 cun1 min2). Neither program is needed to use them.
package demo

import (
	"bytes"
	"embed"
	"fmt"

	"gopkg.in/yaml.v3"
)

//go:embed town.geojson announcements.yaml horns.yaml clips/*.wav
var files embed.FS

// Announcement is a message with its recordings.
type Announcement struct {
	Title    string
	Text     string
	Variants []Variant
}

// Variant is an announcement in one dialect.
type Variant struct {
	// Dialect is a BCP-47 tag.
	Dialect string
	// Spoken is what the recording says.
	Spoken string
	// Clip is the recording's name in the package.
	Clip string
	// Recording is a WAV file.
	Recording []byte `yaml:"-"`
}

// Horn is a loudspeaker that the demo sets up.
type Horn struct {
	Name string
	// Grid is the code of the grid in which it stands.
	Grid string
	// Dialects are the tags of what it speaks, best first.
	Dialects []string
}

// Grids returns the town's grid tree as GeoJSON.
func Grids() []byte { return read("town.geojson") }

// Announcements returns the announcements, in the order in which they are to be played.
func Announcements() []Announcement {
	list := parse[Announcement]("announcements.yaml")
	for i := range list {
		for j := range list[i].Variants {
			v := &list[i].Variants[j]
			v.Recording = read(v.Clip)
		}
	}
	return list
}

// Horns returns the horns.
func Horns() []Horn { return parse[Horn]("horns.yaml") }

// read and parse panic only when the package was built wrong: what they read is part of the program, and tested.
func read(name string) []byte {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("demo: %v", err))
	}
	return text
}

func parse[T any](name string) []T {
	decoder := yaml.NewDecoder(bytes.NewReader(read(name)))
	decoder.KnownFields(true)
	var list []T
	if err := decoder.Decode(&list); err != nil {
		panic(fmt.Sprintf("demo: %s: %v", name, err))
	}
	return list
}
