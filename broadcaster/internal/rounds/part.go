package rounds

import (
	"context"
	"encoding/json"
	"fmt"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// What one node of the tree may put into the programme of a terminal. A terminal obeys the four nodes from the town down
// to its household group, and what other nodes ask of it because it is shared with them counts as a fifth. So the sum
// stays within what is planned, whatever anybody else has done, and nobody is refused for what another node has made:
//
//   - quiet: 4 × (20 rules + 20 places) and the night are 161, of timetable.MaxRules = 200;
//   - volume: 4 × 20 and the terminal's own are 81, of 200;
//   - temporary quiet: 4 × 50 are 200, of 200;
//   - mutes: 4 × 12 are 48, of timetable.MaxMutes = 64;
//   - called off: 5 × 500 are 2,500, of timetable.MaxCancelled = 10,000;
//   - rounds, and so playlists: 5 × 199 and the ring test are 996, of timetable.MaxRounds and MaxPlaylists = 1,000;
//   - announcements: 5 × 999 and the ring test's are 4,996, of timetable.MaxAnnouncements;
//   - airings of a day: 5 × 1,999 and the ring test are 9,996, of timetable.MaxAirings;
//   - bytes: 5 × 1.25 MiB are 6.25 MiB, of maxBody = 8 MiB. All else is less than 1.5 MiB: 2,500 × 400 bytes of what is
//     called off, 20 × 1,000 holidays of 13, 161 × 1,400 of quiet, 281 × 200 of volume and temporary quiet, 60 × 900 of
//     mutes.
const (
	maxQuietOf         = 20
	maxPlacesOf        = 20
	maxVolumeOf        = 20
	maxTemporaryOf     = 50
	maxMutesOf         = 12
	maxCancelledOf     = 500
	maxRoundsOf        = 199
	maxAnnouncementsOf = 999
	maxFiringsOf       = 1_999
	maxBytesOf         = 5 << 18
)

// maxRound bounds a round with its targets as JSON, in bytes.
const maxRound = 64 << 10

// part is what some rounds put into a programme.
type part struct {
	rounds, announcements int
	// firings is how many a day has at most, and bytes what the rounds need with all that they sound.
	firings, bytes int
}

// partOf adds up the rounds that count, but for those that are over. Paused ones may go on at any time.
func (b *book) partOf(all []Round, counts func(*Round) bool) part {
	var p part
	lists, said := make(map[playlists.PlaylistID]bool), make(map[playlists.AnnouncementID]bool)
	for i := range all {
		round := &all[i]
		if over(round, b.today) || !counts(round) {
			continue
		}
		p.rounds++
		p.firings += timetable.MostFirings(round.Timetable)
		p.bytes += weight(round.Round)
		list := b.playlist(round.Playlist)
		if list == nil || lists[list.ID] {
			continue
		}
		lists[list.ID] = true
		p.bytes += weight(list.Playlist)
		for _, e := range list.Entries {
			if a := b.announcement(e.Announcement); a != nil && !said[a.ID] {
				said[a.ID] = true
				p.bytes += weight(a.Announcement)
			}
		}
	}
	p.announcements = len(said)
	return p
}

// weight is how many bytes v takes in a programme.
func weight(v any) int {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // its types all have a text form
	}
	return len(text) + 1
}

// grownFrom refuses what is beyond a bound and was not before: who has too much may still make it less.
func (p part) grownFrom(before part) error {
	for _, x := range []struct {
		code          string
		is, was, most int
	}{
		{code: "rounds_too_many", is: p.rounds, was: before.rounds, most: maxRoundsOf},
		{code: "firings_too_many", is: p.firings, was: before.firings, most: maxFiringsOf},
		{code: "sayings_too_many", is: p.announcements, was: before.announcements, most: maxAnnouncementsOf},
		{code: "sayings_too_long", is: p.bytes, was: before.bytes, most: maxBytesOf},
	} {
		if x.is > x.most && x.is > x.was {
			return conflict(x.code, map[string]any{"most": x.most, "is": x.is})
		}
	}
	return nil
}

// ownedBy chooses the rounds of a node.
func ownedBy(owner playlists.GridCode) func(*Round) bool {
	return func(round *Round) bool { return round.Owner == owner }
}

// guestsAt chooses the rounds of nodes that t does not belong to, and with which it is shared.
func guestsAt(t Terminal) func(*Round) bool {
	return func(round *Round) bool { return !grid.Contains(round.Owner, t.Grid) && touches(round.Targets, t) }
}

// checkPart refuses a round with which its owner, or all guests of a shared terminal together, would have too much.
func (r *Rounds) checkPart(ctx context.Context, tx *store.Tx, b *book, round *Round) error {
	after := make([]Round, 0, len(b.rounds)+1)
	for i := range b.rounds {
		if b.rounds[i].ID != round.ID {
			after = append(after, b.rounds[i])
		}
	}
	after = append(after, *round)
	mine := ownedBy(round.Owner)
	if err := b.partOf(after, mine).grownFrom(b.partOf(b.rounds, mine)); err != nil {
		return err
	}
	visited, err := r.choose(ctx, tx, func(t Terminal) bool { return guestsAt(t)(round) })
	for _, t := range visited {
		if b.partOf(after, guestsAt(t)).grownFrom(b.partOf(b.rounds, guestsAt(t))) != nil {
			return conflict("guests_too_many", map[string]any{"terminal": t.Name})
		}
	}
	return err
}

// checkGrowth changes something of owner's in the book, and refuses it if the rounds of owner then have too much to say.
func (b *book) checkGrowth(owner playlists.GridCode, change func()) error {
	before := b.partOf(b.rounds, ownedBy(owner))
	change()
	return b.partOf(b.rounds, ownedBy(owner)).grownFrom(before)
}

// checkSize refuses a round that says more than a round has to say.
func checkSize(round *Round) error {
	if weight(round) > maxRound {
		return &playlists.Problem{
			Kind: playlists.TooLarge, Code: "round_too_large", Err: fmt.Errorf("round of %d bytes", weight(round)),
		}
	}
	return nil
}

// checkRoom refuses one more where a node has most of them.
func checkRoom(code string, has, most int) error {
	if has < most {
		return nil
	}
	return conflict(code, map[string]any{"most": most})
}

// count tells how many of list are meant.
func count[T any](list []T, meant func(*T) bool) int {
	n := 0
	for i := range list {
		if meant(&list[i]) {
			n++
		}
	}
	return n
}
