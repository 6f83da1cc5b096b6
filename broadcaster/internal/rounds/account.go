package rounds

import (
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Account is how an airing stands in the ledger.
type Account struct {
	Airing playlists.AiringID
	// Round and RoundName are as they were when it was written down.
	Round     playlists.RoundID
	RoundName string
	Due       time.Time
	// Planned is false for what was only reported.
	Planned bool
	Outcome playlists.Outcome
	// Cause says why it was missed, partial or late, and By names who or what.
	Cause playlists.Cause
	By    string
	// Began is when the attempt that counts began; zero where nothing sounded.
	Began time.Time
}

// VerdictUnreported is the verdict on a minute that has passed: something was due or was to sound, and the terminal has
// not told yet what became of it.
const VerdictUnreported timetable.Verdict = "unreported"

// past is a minute that is over. What sounded in it, and what did not, is the ledger's to say, not the plan's.
type past struct {
	*Because
	accounts []Account
	known    []timetable.Fact
	// since is when the programme came into force: of what was due earlier it is no witness.
	since time.Time
}

// settle puts what the ledger says in the place of what was planned. The plan still says who stood first, what rules
// forbid, and what was to sound of which nothing has been told.
func (p *past) settle() {
	planned := slices.Concat(p.Sounds, p.Absent)
	p.Sounds, p.Absent = nil, nil
	for i := range p.accounts {
		account := &p.accounts[i]
		due := account.Planned && !account.Due.Before(p.From) && account.Due.Before(p.To)
		airing := account.airing()
		k := slices.IndexFunc(planned, func(a timetable.Airing) bool { return a.ID == account.Airing })
		if k >= 0 {
			airing = planned[k]
			planned = slices.Delete(planned, k, k+1)
		}
		begin, sounded := p.sounded(account.Airing)
		switch {
		case sounded:
			p.Sounds = append(p.Sounds, account.became(airing, begin))
		case account.Outcome == playlists.OutcomeUnreported && (due || k >= 0):
			p.Unreported = append(p.Unreported, airing)
		case due:
			p.Absent = append(p.Absent, account.became(airing, account.Began))
		}
	}
	for _, a := range planned {
		if !a.Due.Before(p.since) {
			p.Unreported = append(p.Unreported, a)
		}
	}
	p.Verdict = p.verdict()
}

// sounded tells whether an attempt at the airing sounded in the minute, and when that began.
func (p *past) sounded(airing playlists.AiringID) (begin time.Time, yes bool) {
	for _, f := range p.known {
		if f.Kind == timetable.FactSounded && f.Airing == airing && f.End.After(f.Begin) && f.Begin.Before(p.To) && f.End.After(p.From) {
			return f.Begin, true
		}
	}
	return time.Time{}, false
}

// airing is what the ledger wrote down of an airing that the programme does not have.
func (a *Account) airing() timetable.Airing {
	return timetable.Airing{ID: a.Airing, Round: &playlists.Round{ID: a.Round, Name: a.RoundName}, Due: a.Due, Attempt: 1}
}

// became is airing as it turned out: begun at begin, zero for never.
func (a *Account) became(airing timetable.Airing, begin time.Time) timetable.Airing {
	if airing.Cause != a.Cause || airing.By != a.By {
		airing.Cause, airing.By, airing.Winner = a.Cause, a.By, timetable.Winner{Name: a.By}
	}
	airing.Start, airing.Pieces, airing.Dropped = begin, nil, 0
	airing.State = timetable.StateMissed
	if a.Outcome == playlists.OutcomePlayed {
		airing.State = timetable.StateDone
	}
	return airing
}

func (p *past) verdict() timetable.Verdict {
	voice := slices.ContainsFunc(p.Facts, func(f timetable.Fact) bool {
		return f.Kind == timetable.FactTalk || f.Kind == timetable.FactAlert || f.Kind == timetable.FactPlayNow
	})
	switch {
	case len(p.Sounds) > 0:
		return timetable.VerdictSounds
	case voice:
		return timetable.VerdictVoice
	case len(p.Unreported) > 0:
		return VerdictUnreported
	case len(p.Absent) > 0:
		return timetable.VerdictAbsent
	case len(p.Idle) > 0:
		return timetable.VerdictIdle
	case p.Cause != "":
		return timetable.VerdictQuiet
	}
	return timetable.VerdictNothing
}
