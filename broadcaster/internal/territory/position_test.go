package territory

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// stand puts a terminal at lat and lon.
func stand(lat, lon float64) func(*Terminal) {
	return func(x *Terminal) { x.Lat, x.Lon = &lat, &lon }
}

func TestATerminalStandsSomewhereOnEarthOrNobodySaidWhere(t *testing.T) {
	g := planted(t)
	for _, test := range []struct {
		name   string
		change func(*Terminal)
		want   string
	}{
		{"nowhere", func(*Terminal) {}, ""},
		{"in the town", stand(22.84, 113.02), ""},
		{"at zero", stand(0, 0), ""},
		{"at the edges", stand(-90, 180), ""},
		{"latitude and longitude the wrong way round", stand(113.02, 22.84), "position_range"},
		{"too far east", stand(22.84, 180.001), "position_range"},
		{"no number", stand(math.NaN(), 113.02), "position_range"},
		{"beyond all bounds", stand(22.84, math.Inf(1)), "position_range"},
		{"half a place", func(x *Terminal) { stand(22.84, 113.02)(x); x.Lon = nil }, "position_range"},
		{"the other half", func(x *Terminal) { stand(22.84, 113.02)(x); x.Lat = nil }, "position_range"},
		{"a tricycle", func(x *Terminal) { stand(22.84, 113.02)(x); x.Kind = playlists.KindMobile }, "position_mobile"},
		{"a tricycle without a place", func(x *Terminal) { x.Kind = playlists.KindMobile }, ""},
		{"a screen", func(x *Terminal) { stand(22.84, 113.02)(x); x.Kind = playlists.KindScreen }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := g.write(func(tx *store.Tx) error {
				x := horn("1 号喇叭", "440605124001")
				test.change(&x)
				made, err := g.CreateTerminal(t.Context(), tx, x)
				if err != nil {
					return err
				}
				kept, err := g.Terminal(t.Context(), tx, made.ID)
				if diff := cmp.Diff(made, kept); diff != "" || err != nil {
					t.Error(diff, err)
				}
				made.Lat, made.Lon = nil, nil
				if _, err := g.UpdateTerminal(t.Context(), tx, made); err != nil {
					return err
				}
				again, err := g.Terminal(t.Context(), tx, made.ID)
				if again.Lat != nil || again.Lon != nil {
					t.Error("it is still somewhere after its place was taken back")
				}
				return undone(err)
			})
			if err == errUndo {
				err = nil
			}
			if code(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// undone is err, or errUndo where all went well.
func undone(err error) error {
	if err == nil {
		return errUndo
	}
	return err
}
