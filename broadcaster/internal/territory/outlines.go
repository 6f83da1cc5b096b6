package territory

import (
	"context"
	"encoding/json"
	"fmt"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
)

// MaxOutlines is how many bytes the geometries have together that Outlines returns.
const MaxOutlines = 8 << 20

// Outline is where a grid lies.
type Outline struct {
	Code playlists.GridCode
	// Geometry is GeoJSON in WGS-84: a polygon, or points for a household group.
	Geometry json.RawMessage
}

// Outlines returns where the grids at or below under lie, parents first and level by level, as far as MaxOutlines bytes
// reach. A grid without geometry is not among them.
func (t *Territory) Outlines(ctx context.Context, tx *store.Tx, under playlists.GridCode) ([]Outline, error) {
	return outlines(ctx, territorysql.New(tx), under, MaxOutlines)
}

func outlines(ctx context.Context, q *territorysql.Queries, under playlists.GridCode, most int64) ([]Outline, error) {
	first, after := string(under), string(under)+":" // codes are digits, and ":" comes after the last of them
	sizes, err := q.OutlineSizes(ctx, territorysql.OutlineSizesParams{First: first, After: after})
	if err != nil {
		return nil, fmt.Errorf("measure outlines under %s: %w", under, err)
	}
	last := ""
	for _, s := range sizes {
		if most -= s.Size; most < 0 {
			break
		}
		last = s.Code
	}
	rows, err := q.Outlines(ctx, territorysql.OutlinesParams{First: first, After: after, LastLength: int32(len(last)), Last: last})
	if err != nil {
		return nil, fmt.Errorf("read outlines under %s: %w", under, err)
	}
	list := make([]Outline, len(rows))
	for i, row := range rows {
		list[i] = Outline{Code: playlists.GridCode(row.Code), Geometry: json.RawMessage(row.Geometry)}
	}
	return list, nil
}
