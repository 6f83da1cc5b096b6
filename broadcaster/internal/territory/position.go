package territory

import (
	"database/sql"

	"dalaba/playlists"
)

// checkPosition returns a Problem for a place that is none, and for one of something that moves.
func (t *Terminal) checkPosition() error {
	refuse := func(code string) error {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: "lat"}
	}
	switch {
	case t.Lat == nil && t.Lon == nil:
		return nil
	case t.Kind == playlists.KindMobile:
		return refuse("position_mobile")
	case t.Lat == nil || t.Lon == nil || !within(*t.Lat, 90) || !within(*t.Lon, 180):
		return refuse("position_range")
	}
	return nil
}

// within tells whether an angle is a number from -most to most.
func within(angle, most float64) bool { return angle >= -most && angle <= most }

// degrees is how a column keeps an angle, and degreesOf its inverse.
func degrees(angle *float64) sql.NullFloat64 {
	if angle == nil {
		return sql.NullFloat64{}
	}
	return sql.NullFloat64{Float64: *angle, Valid: true}
}

func degreesOf(column sql.NullFloat64) *float64 {
	if !column.Valid {
		return nil
	}
	return &column.Float64
}
