package complaints

import (
	"cmp"
	"testing"

	"dalaba/playlists"
)

func TestATerminalIsHeardWhereItServes(t *testing.T) {
	number := func(f float64) *float64 { return &f }
	point := Complaint{Grid: laoling, Lat: number(22.83), Lon: number(112.99)}
	for _, test := range []struct {
		name string
		at   Complaint
		in   Terminal
		want bool
	}{
		{"of the grid", Complaint{Grid: laoling}, Terminal{Grid: laoling}, true},
		{"below it", Complaint{Grid: shangxi}, Terminal{Grid: laoling}, true},
		{"above it", Complaint{Grid: laoling}, Terminal{Grid: shangxi}, true},
		{"the town's", Complaint{Grid: laoling}, Terminal{Grid: town}, true},
		{"beside it", Complaint{Grid: laoling}, Terminal{Grid: xianfeng}, false},
		{"beside it and shared with it", Complaint{Grid: laoling}, Terminal{Grid: xianfeng, Shared: []playlists.GridCode{laoling}}, true},
		{"beside it and named", Complaint{Grid: laoling, Terminal: "it"}, Terminal{ID: "it", Grid: xianfeng}, true},
		{"beside it and near the point", point, Terminal{Grid: xianfeng, Lat: number(22.8335), Lon: number(112.99)}, true},
		{"beside it and far from the point", point, Terminal{Grid: xianfeng, Lat: number(22.8337), Lon: number(112.99)}, false},
		{"above it and far from the point", point, Terminal{Grid: shangxi, Lat: number(22.84), Lon: number(112.99)}, false},
		{"of the grid and far from the point", point, Terminal{Grid: laoling, Lat: number(22.84), Lon: number(112.99)}, true},
	} {
		if test.in.ID = cmp.Or(test.in.ID, "t"); test.at.hears(test.in) != test.want {
			t.Errorf("%s: want %v", test.name, test.want)
		}
	}
}
