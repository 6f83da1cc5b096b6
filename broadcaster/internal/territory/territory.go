// Package territory is the ground: the grid tree of the town, the terminals as they are placed on it, and the dialects
// that the town lists.
//
// The tree comes in whole, as one GeoJSON file that ReadTree checks and Import puts in the place of the one before.
// A grid's code says where it stands, so there are no parent columns: an ancestor is a prefix. Households are counted at
// the household groups; every other number is the sum of those below and is computed here.
package territory

import (
	"embed"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the files that make this room's tables.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is no path: cannot happen
	}
	return files
}

// Territory is the room. It keeps nothing in memory and is safe for concurrent use.
type Territory struct{}

// New returns Territory.
func New() *Territory { return &Territory{} }
