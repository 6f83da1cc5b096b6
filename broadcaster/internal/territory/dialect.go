package territory

import (
	"context"
	"fmt"
	"strings"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
)

// Dialect is a way of speaking that the town lists.
type Dialect struct {
	Tag  playlists.Dialect
	Name string
}

// Bounds on a dialect: bytes of its tag, characters of its name.
const (
	maxTag         = 35
	maxDialectName = 20
)

// Dialects returns the town's list, in its order.
func (t *Territory) Dialects(ctx context.Context, tx *store.Tx) ([]Dialect, error) {
	rows, err := territorysql.New(tx).Dialects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list dialects: %w", err)
	}
	all := make([]Dialect, len(rows))
	for i, row := range rows {
		all[i] = Dialect{Tag: playlists.Dialect(row.Tag), Name: row.Name}
	}
	return all, nil
}

// AddDialect adds d at the end of the town's list, or renames it if its tag is there. It returns a Problem for a tag
// that is none or a name that cannot be shown.
func (t *Territory) AddDialect(ctx context.Context, tx *store.Tx, d Dialect) error {
	d.Name = strings.TrimSpace(d.Name)
	if !wellFormed(d.Tag) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "dialect_tag_bad", Field: "tag", Args: map[string]any{"tag": string(d.Tag)}}
	}
	if !showable(d.Name, maxDialectName) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "name_bad", Field: "name", Args: map[string]any{"most": maxDialectName}}
	}
	if err := territorysql.New(tx).PutDialect(ctx, territorysql.PutDialectParams{Tag: string(d.Tag), Name: d.Name}); err != nil {
		return fmt.Errorf("add dialect %s: %w", d.Tag, err)
	}
	return nil
}

// wellFormed tells whether tag has the form of BCP 47, in lower case: a language of two or three letters, then subtags
// of one to eight letters and digits; one of a single character is never the last.
func wellFormed(tag playlists.Dialect) bool {
	subtags := strings.Split(string(tag), "-")
	if len(tag) > maxTag || len(subtags[0]) < 2 || len(subtags[0]) > 3 || len(subtags[len(subtags)-1]) < 2 {
		return false
	}
	for i, subtag := range subtags {
		if len(subtag) < 1 || len(subtag) > 8 {
			return false
		}
		for _, c := range []byte(subtag) {
			if (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}
