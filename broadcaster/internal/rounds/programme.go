package rounds

import (
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// maxBody bounds a programme as it travels, in bytes: as base64, in an envelope, it stays well below wire.MaxMessage.
const maxBody = 8 << 20

// daysTried is on how many days a programme is tried out before it is signed: today, of which a part is over, and each
// day of the week.
const daysTried = 8

// daysKept is for how many days after its last a round stays in programmes: what is late or cut may still be about it.
const daysKept = 2

// programmeOf writes down what t must do from today on. What it holds, and in which order, depends on the book, t and
// today alone. Revision, Signed, Expires and Publishers are left to the press.
func (b *book) programmeOf(t Terminal, zone *time.Location, today playlists.Date) *playlists.Programme {
	p := &playlists.Programme{
		Terminal: t.ID, PlanVersion: timetable.Version, Zone: zone.String(), Name: t.Name, Grid: t.Grid, Dialects: t.Dialects,
		OutputDelay: t.OutputDelay,
	}
	lists := make(map[playlists.PlaylistID]bool)
	for i := range b.rounds {
		if round := &b.rounds[i]; b.asks(round, t) {
			p.Rounds = append(p.Rounds, b.roundAt(round, t))
			p.Holidays = appendSets(p.Holidays, round.Holidays)
			lists[round.Playlist] = true
		}
	}
	slices.SortFunc(p.Holidays, func(x, y playlists.HolidaySet) int { return cmp.Compare(x.Name, y.Name) })
	said := make(map[playlists.AnnouncementID]bool)
	for i := range b.playlists {
		if list := &b.playlists[i]; lists[list.ID] {
			p.Playlists = append(p.Playlists, list.Playlist)
			for _, e := range list.Entries {
				said[e.Announcement] = true
			}
		}
	}
	for i := range b.announcements {
		if a := &b.announcements[i]; said[a.ID] {
			p.Announcements = append(p.Announcements, a.Announcement)
		}
	}
	p.Cancelled = b.cancelledFor(p, t)
	b.ringAt(p, t)
	b.bound(p, t, today)
	return p
}

// bound writes down what bounds t: quiet, mutes, volume and limits.
func (b *book) bound(p *playlists.Programme, t Terminal, today playlists.Date) {
	for i := range b.quiet {
		if rule := &b.quiet[i]; grid.Contains(rule.Grid, t.Grid) {
			p.Quiet = append(p.Quiet, rule.rule())
		}
	}
	for i := range b.places {
		if place := &b.places[i]; !place.over(today) && place.silences(t) {
			p.Quiet = append(p.Quiet, place.rule())
		}
	}
	for i := range b.temporary {
		if q := &b.temporary[i]; q.silences(t) && q.End.After(q.Begin) {
			p.Temporary = append(p.Temporary, q.TemporaryQuiet)
		}
	}
	for i := range b.mutes {
		if m := &b.mutes[i]; m.Terminal == t.ID && m.Until.After(m.From) {
			p.Mutes = append(p.Mutes, m.Mute)
		}
	}
	for i := range b.volume {
		if rule := &b.volume[i]; grid.Contains(rule.Grid, t.Grid) {
			p.Volume = append(p.Volume, rule.VolumeRule)
		}
	}
	p.Volume = append(p.Volume, playlists.VolumeRule{From: 0, To: playlists.EndOfDay, Percent: t.Volume})
	if t.fixed() {
		p.Limits = b.limits
	}
}

// appendSets appends the sets that are not there yet.
func appendSets(sets, more []playlists.HolidaySet) []playlists.HolidaySet {
	for _, set := range more {
		if !slices.ContainsFunc(sets, func(have playlists.HolidaySet) bool { return have.Name == set.Name }) {
			sets = append(sets, set)
		}
	}
	return sets
}

// over tells whether round has nothing left to do.
func over(round *Round, today playlists.Date) bool {
	last := round.Timetable.Until
	return !last.IsZero() && last.AddDays(daysKept).Compare(today) < 0
}

// press turns programmes into the bytes that are signed.
type press struct {
	book *book
	zone *time.Location
	key  ed25519.PublicKey
	root playlists.GridCode
	now  time.Time
	// tried holds what terminals have to do that has been found good.
	tried map[string]bool
}

func (p *press) today() playlists.Date { return playlists.DateOf(p.now.In(p.zone)) }

// set writes t's programme but for what differs between two revisions that say the same, and returns with it the word
// by which they are known to.
func (p *press) set(t Terminal) (programme *playlists.Programme, content string, err error) {
	programme = p.book.programmeOf(t, p.zone, p.today())
	programme.Publishers = []playlists.Publisher{{Key: p.key, Grid: p.root}}
	text, err := json.Marshal(programme)
	if err != nil {
		return nil, "", fmt.Errorf("write programme of terminal %s: %w", t.ID, err)
	}
	sum := sha256.Sum256(text)
	return programme, hex.EncodeToString(sum[:]), nil
}

// print gives the programme its revision and its life, and returns its bytes. A programme that no agent would take is a
// Problem.
func (p *press) print(programme *playlists.Programme, revision uint64) ([]byte, error) {
	if err := p.try(programme); err != nil {
		return nil, named(programme, err)
	}
	programme.Revision = revision
	programme.Signed, programme.Expires = p.now, p.now.Add(playlists.ProgrammeLife)
	body, err := json.Marshal(programme)
	if err != nil {
		return nil, fmt.Errorf("write programme of terminal %s: %w", programme.Terminal, err)
	}
	if len(body) > maxBody {
		return nil, named(programme, fmt.Errorf("programme of %d bytes: %w", len(body),
			&playlists.Problem{Kind: playlists.TooLarge, Code: "programme_too_large"}))
	}
	return body, nil
}

// try plans the programme as an agent will, unless another terminal has the same to do.
func (p *press) try(programme *playlists.Programme) error {
	key := toDo(programme)
	if p.tried[key] {
		return nil
	}
	for ahead := range daysTried {
		if _, err := timetable.Due(programme, p.today().AddDays(ahead)); err != nil {
			return err
		}
	}
	p.tried[key] = true
	return nil
}

// toDo is the same for two terminals of one book on which all plans are the same, but for volume, output delay, what is called off there,
// what was due before the terminal joined a round, and which of two equals that are due at the same moment goes first.
func toDo(p *playlists.Programme) string {
	ids := make([]playlists.RoundID, len(p.Rounds))
	for i := range p.Rounds {
		ids[i] = p.Rounds[i].ID
	}
	return fmt.Sprint(p.Dialects, ids, ringLength(p), p.Quiet, p.Temporary, p.Mutes, p.Limits, len(p.Volume))
}

// named says in a problem whose programme is too large.
func named(programme *playlists.Programme, err error) error {
	if p := playlists.ProblemOf(err); p != nil && p.Kind == playlists.TooLarge {
		return &playlists.Problem{
			Kind: p.Kind, Code: "programme_too_large", Args: map[string]any{"terminal": programme.Name}, Err: err,
		}
	}
	return err
}
