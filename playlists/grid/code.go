// Package grid is the arithmetic of the grid tree: codes, ancestry, and distances on the ground. It is pure.
package grid

import (
	"fmt"
	"strings"

	"dalaba/playlists"
)

// Lengths of a code in digits, by level.
const (
	townDigits    = 9
	villageDigits = 12
	societyDigits = 15
	groupDigits   = 18
)

// Levels of the tree. The root is what an installation serves.
const (
	LevelTown    = 0
	LevelVillage = 1
	LevelSociety = 2
	LevelGroup   = 3
)

// Check returns nil for a code that can stand in the tree, else an error for people.
func Check(code playlists.GridCode) error {
	for _, c := range code {
		if c < '0' || c > '9' {
			return fmt.Errorf("grid code %.40q: only digits", code)
		}
	}
	if Level(code) < 0 {
		return fmt.Errorf("grid code %.40q has %d digits: want 9 for the town, 12 for a village, 15 for a society, 18 for a household group", code, len(code))
	}
	return nil
}

// Level returns the level of code, or -1 for a length that no level has.
func Level(code playlists.GridCode) int {
	switch len(code) {
	case townDigits:
		return LevelTown
	case villageDigits:
		return LevelVillage
	case societyDigits:
		return LevelSociety
	case groupDigits:
		return LevelGroup
	}
	return -1
}

// Parent returns the code one level above, and "" above the town.
func Parent(code playlists.GridCode) playlists.GridCode {
	if Level(code) <= LevelTown {
		return ""
	}
	return code[:len(code)-3]
}

// Contains tells whether code lies at or below node.
func Contains(node, code playlists.GridCode) bool {
	return node != "" && strings.HasPrefix(string(code), string(node))
}

// Path returns code's ancestors from the town down, and code itself last.
func Path(code playlists.GridCode) []playlists.GridCode {
	var path []playlists.GridCode
	for digits := townDigits; digits <= len(code); digits += 3 {
		path = append(path, code[:digits])
	}
	return path
}
