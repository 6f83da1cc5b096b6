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
	// Cause says why it was missed, partial or late, and By who or what that was.
	Cause playlists.Cause
	By    timetable.Winner
	// Began is when the attempt that counts began; zero where nothing sounded.
	Began time.Time
	// Length is how long it sounds if nothing comes between.
	Length playlists.Millis
}

// inTime returns known with what began on time beginning when it was due, so that it belongs to that minute: clocks are
// read in milliseconds, and what is due at eight begins at times a millisecond before.
func inTime(known []timetable.Fact, accounts []Account) []timetable.Fact {
	due := make(map[playlists.AiringID]time.Time, len(accounts))
	for i := range accounts {
		due[accounts[i].Airing] = accounts[i].Due
	}
	for i := range known {
		f := &known[i]
		moment, written := due[f.Airing]
		if !written || f.Kind != timetable.FactSounded || f.Begin.Sub(moment).Abs() > playlists.OnTimeWithin {
			continue
		}
		if !f.End.IsZero() && (!f.End.After(moment) || !f.End.After(f.Begin)) {
			f.End = moment.Add(f.End.Sub(f.Begin)) // what sounded is not to vanish, nor what did not to appear
		}
		f.Begin = moment
	}
	return known
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
		f := p.sounded(account.Airing)
		switch {
		case f != nil && account.Outcome == playlists.OutcomeUnreported:
			p.Sounds = append(p.Sounds, soFar(airing, f))
		case f != nil:
			p.Sounds = append(p.Sounds, account.became(airing, f.Begin))
		case account.Outcome == playlists.OutcomeUnreported && (due || k >= 0 || p.foreseen(account)):
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

// sounded returns the attempt at the airing that sounded in the minute, or nil.
func (p *past) sounded(airing playlists.AiringID) *timetable.Fact {
	for i := range p.known {
		f := &p.known[i]
		if f.Kind == timetable.FactSounded && f.Airing == airing && f.Begin.Before(p.To) &&
			(f.End.IsZero() || f.End.After(f.Begin) && f.End.After(p.From)) {
			return f
		}
	}
	return nil
}

// foreseen tells whether the airing of account has begun and was to sound in the minute, too.
func (p *past) foreseen(account *Account) bool {
	return slices.ContainsFunc(p.known, func(f timetable.Fact) bool {
		return f.Kind == timetable.FactSounded && f.Airing == account.Airing && f.Cause == "" &&
			f.Begin.Before(p.To) && f.Begin.Add(account.Length.Duration()).After(p.From)
	})
}

// soFar is airing, of which f has sounded in the minute and the rest is not known yet.
func soFar(airing timetable.Airing, f *timetable.Fact) timetable.Airing {
	airing.Start, airing.Pieces, airing.Dropped, airing.State = f.Begin, nil, 0, timetable.StateSounding
	if airing.Cause = f.Cause; f.Cause == "" {
		airing.By, airing.Winner = "", timetable.Winner{}
		return airing
	}
	airing.State, airing.By = timetable.StateMissed, f.By
	airing.Winner = timetable.Winner{Kind: f.ByKind, Name: f.By, Grid: f.Grid}
	return airing
}

// airing is what the ledger wrote down of an airing that the programme does not have.
func (a *Account) airing() timetable.Airing {
	return timetable.Airing{ID: a.Airing, Round: &playlists.Round{ID: a.Round, Name: a.RoundName}, Due: a.Due, Attempt: 1}
}

// became is airing as it turned out: begun at begin, zero for never.
func (a *Account) became(airing timetable.Airing, begin time.Time) timetable.Airing {
	if airing.Cause != a.Cause || airing.By != a.By.Name {
		airing.Cause, airing.By, airing.Winner = a.Cause, a.By.Name, a.By
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
