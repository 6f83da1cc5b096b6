package territory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// maxShared bounds with how many grids a terminal is shared.
const maxShared = 20

// checkShared sorts the grids with which the terminal is shared, each once, and returns them as they are kept, or a
// Problem.
func (t *Territory) checkShared(ctx context.Context, tx *store.Tx, terminal *Terminal) (string, error) {
	if len(terminal.Shared) == 0 {
		terminal.Shared = nil
		return "[]", nil
	}
	if len(terminal.Shared) > maxShared {
		return "", &playlists.Problem{
			Kind: playlists.Invalid, Code: "shared_count_bad", Field: "shared", Args: map[string]any{"most": maxShared},
		}
	}
	for i, code := range terminal.Shared {
		refuse := func(problem string) error {
			return &playlists.Problem{
				Kind: playlists.Invalid, Code: problem, Field: fmt.Sprintf("shared[%d]", i), Args: map[string]any{"grid": string(code)},
			}
		}
		known, err := t.Has(ctx, tx, code)
		switch {
		case err != nil:
			return "", err
		case !known:
			return "", refuse("grid_unknown")
		case grid.Contains(code, terminal.Grid):
			return "", refuse("shared_needless")
		}
	}
	terminal.Shared = slices.Compact(slices.Sorted(slices.Values(terminal.Shared)))
	text, err := json.Marshal(terminal.Shared)
	return string(text), err
}
