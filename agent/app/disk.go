package app

import (
	"cmp"
	"log/slog"
)

// defaultKeepFree is what recordings leave alone where nothing is said, in bytes.
const defaultKeepFree = 200 << 20

func (a *Agent) keepFree() int64 { return cmp.Or(a.o.KeepFree, defaultKeepFree) }

// diskFree tells how many bytes the disk of the data folder has left.
func (a *Agent) diskFree() (int64, error) {
	free, _, err := diskSpace(a.o.Data)
	return free, err
}

// keepAgain writes the programme once more, if the disk would not take it before.
func (r *rooms) keepAgain() error {
	was := r.keeper.Problem()
	err := r.keeper.Keep()
	if r.keeper.Problem() != was {
		r.statusChanged()
	}
	return err
}

func (a *Agent) newReserve(changed func(), log *slog.Logger) *reserve {
	return &reserve{file: a.path("reserve"), free: a.diskFree, least: a.keepFree(), changed: changed, log: log}
}
