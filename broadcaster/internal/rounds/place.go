package rounds

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// maxRadius bounds a quiet place, in metres: no horn is heard farther.
const maxRadius = 5_000

// QuietPlace is a point around which it is to be quiet on some days: a school, an examination hall.
type QuietPlace struct {
	ID string `json:"id"`
	// Grid is the node that ordered it. It silences what stands within reach and at or below Grid.
	Grid playlists.GridCode `json:"grid"`
	Name string             `json:"name"`
	// Lat and Lon are in degrees, WGS-84, and Radius in metres, to the millimetre.
	Lat    float64 `json:"lat"`
	Lon    float64 `json:"lon"`
	Radius float64 `json:"radius_m"`
	// From and To are the hours; where To is not later than From they run past midnight.
	From playlists.TimeOfDay `json:"from"`
	To   playlists.TimeOfDay `json:"to"`
	// FirstDay and LastDay bound the days on which they begin; a zero one does not bound.
	FirstDay playlists.Date `json:"first_day,omitzero"`
	LastDay  playlists.Date `json:"last_day,omitzero"`
	// By names who made it, for people, and ByID is that person: it tells two of one name apart, and is empty where nobody
	// knows. Both stay as they were made, as do Grid and Created.
	By      string    `json:"by"`
	ByID    string    `json:"-"`
	Created time.Time `json:"created"`
}

// Reached is which fixed terminals of its grid a quiet place silences.
type Reached struct {
	// Silenced stand within reach. Of Unplaced nobody has said where they stand, so the place does not silence them.
	Silenced, Unplaced []Terminal
	// Beyond stand within reach too, and stay loud: they do not belong to the place's grid.
	Beyond []Terminal
}

// concerns tells whether t would fall silent if it stood within reach.
func (p *QuietPlace) concerns(t *Terminal) bool { return t.fixed() && grid.Contains(p.Grid, t.Grid) }

// reaches tells whether t is known to stand within reach.
func (p *QuietPlace) reaches(t *Terminal) bool {
	return t.Lat != nil && t.Lon != nil && grid.Metres(p.Lat, p.Lon, *t.Lat, *t.Lon) <= p.Radius
}

// silences tells whether t falls silent.
func (p *QuietPlace) silences(t Terminal) bool { return p.concerns(&t) && p.reaches(&t) }

// rule is the place as a terminal's programme has it.
func (p *QuietPlace) rule() playlists.QuietRule {
	return playlists.QuietRule{
		Grid: p.Grid, From: p.From, To: p.To, Name: p.Name, Place: true, FirstDay: p.FirstDay, LastDay: p.LastDay,
	}
}

// over tells whether the place has nothing left to silence.
func (p *QuietPlace) over(today playlists.Date) bool {
	return !p.LastDay.IsZero() && p.LastDay.AddDays(daysKept).Compare(today) < 0
}

// QuietPlaces returns all of them, by grid and name.
func (r *Rounds) QuietPlaces(ctx context.Context) ([]QuietPlace, error) {
	var all []QuietPlace
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.places
		return nil
	})
	return all, err
}

func (b *book) readPlaces(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.QuietPlaces(ctx)
	if err != nil {
		return fmt.Errorf("read quiet places: %w", err)
	}
	for _, row := range rows {
		p := QuietPlace{
			ID: row.ID, Grid: playlists.GridCode(row.Grid), Name: row.Name, Lat: row.Lat, Lon: row.Lon,
			Radius: float64(row.RadiusMm) / 1000, From: playlists.TimeOfDay(row.FromS), To: playlists.TimeOfDay(row.ToS),
			By: row.MadeBy, ByID: row.ByID, Created: moment(row.MadeMs),
		}
		if err := errors.Join(p.FirstDay.UnmarshalText([]byte(row.FirstDay)), p.LastDay.UnmarshalText([]byte(row.LastDay))); err != nil {
			return fmt.Errorf("read quiet place %s: %w", row.ID, err)
		}
		b.places = append(b.places, p)
	}
	return nil
}

// place returns the book's quiet place, or nil.
func (b *book) place(id string) *QuietPlace {
	for i := range b.places {
		if b.places[i].ID == id {
			return &b.places[i]
		}
	}
	return nil
}

// PreviewQuietPlace tells whom a place would silence if it were saved.
func (r *Rounds) PreviewQuietPlace(ctx context.Context, p QuietPlace) (Reached, error) {
	var reached Reached
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := r.checkPlace(ctx, tx, &p, nil); err != nil {
			return err
		}
		reached, err = r.reached(ctx, tx, &p)
		return err
	})
	return reached, err
}

func (r *Rounds) reached(ctx context.Context, tx *store.Tx, p *QuietPlace) (Reached, error) {
	var reached Reached
	all, err := r.choose(ctx, tx, func(t Terminal) bool { return t.fixed() })
	for _, t := range all {
		switch {
		case p.silences(t):
			reached.Silenced = append(reached.Silenced, t)
		case p.reaches(&t):
			reached.Beyond = append(reached.Beyond, t)
		case p.concerns(&t) && (t.Lat == nil || t.Lon == nil):
			reached.Unplaced = append(reached.Unplaced, t)
		}
	}
	return reached, err
}

// SaveQuietPlace keeps a place, a new one of the person p.ByID under a new id if p has none, and tells whom it silences.
func (r *Rounds) SaveQuietPlace(ctx context.Context, p QuietPlace, by string) (QuietPlace, Reached, error) {
	var reached Reached
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) (err error) {
		act, old := ActMade, b.place(p.ID)
		switch {
		case old != nil:
			act = ActChanged
			p.Grid, p.By, p.ByID, p.Created = old.Grid, old.By, old.ByID, old.Created
		case p.ID != "":
			return notFound("quiet_place_unknown")
		default:
			p.ID, p.By, p.Created = newID(), by, tx.Now
		}
		if err := r.checkPlace(ctx, tx, &p, old); err != nil {
			return err
		}
		others := count(b.places, func(x *QuietPlace) bool { return x.Grid == p.Grid && x.ID != p.ID && !x.over(b.today) })
		if old == nil || old.over(b.today) {
			if err := checkRoom("quiet_places_too_many", others, maxPlacesOf); err != nil {
				return err
			}
		}
		if err := putPlace(ctx, q, &p); err != nil {
			return err
		}
		if err := record(ctx, tx, q, p.change(act, by), old, &p); err != nil {
			return err
		}
		if reached, err = r.reached(ctx, tx, &p); err != nil {
			return err
		}
		return r.publish(ctx, tx, func(t Terminal) bool { return old != nil && old.silences(t) || p.silences(t) })
	})
	return p, reached, err
}

func putPlace(ctx context.Context, q *roundssql.Queries, p *QuietPlace) error {
	if err := q.PutQuietPlace(ctx, roundssql.PutQuietPlaceParams{
		ID: p.ID, Grid: string(p.Grid), Name: p.Name, Lat: p.Lat, Lon: p.Lon, RadiusMm: int64(math.Round(p.Radius * 1000)),
		FromS: int32(p.From), ToS: int32(p.To), FirstDay: p.FirstDay.String(), LastDay: p.LastDay.String(),
		MadeBy: p.By, MadeMs: millis(p.Created), ByID: p.ByID,
	}); err != nil {
		return fmt.Errorf("keep quiet place %s: %w", p.ID, err)
	}
	return nil
}

// checkPlace tells every mistake, and brings p into the form in which it is kept. It was old before, or nil.
func (r *Rounds) checkPlace(ctx context.Context, tx *store.Tx, p, old *QuietPlace) error {
	name, err := line("name", p.Name, 1, maxName)
	p.Name = name
	mistakes := []error{
		err, checkSpan(p.From, p.To), r.checkGrid(ctx, tx, "grid", p.Grid),
		checkDays("first_day", p.FirstDay), checkDays("last_day", p.LastDay),
	}
	if !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) { // neither is NaN
		mistakes = append(mistakes, invalid("position_out_of_range", "lat", nil))
	}
	if !(p.Radius >= 1 && p.Radius <= maxRadius) {
		mistakes = append(mistakes, invalid("radius_out_of_range", "radius_m", map[string]any{"most": maxRadius}))
	}
	if !p.FirstDay.IsZero() && !p.LastDay.IsZero() && p.LastDay.Compare(p.FirstDay) < 0 {
		mistakes = append(mistakes, invalid("quiet_ends_before_it_begins", "last_day", nil))
	}
	if p.past(tx.Now, r.zone) && (old == nil || !old.past(tx.Now, r.zone)) {
		mistakes = append(mistakes, invalid("quiet_place_over", "last_day", nil))
	}
	return errors.Join(mistakes...)
}

// past tells whether its last hours are over.
func (p *QuietPlace) past(now time.Time, zone *time.Location) bool {
	last := p.LastDay
	if last.IsZero() {
		return false
	}
	if p.To <= p.From {
		last = last.AddDays(1)
	}
	return !p.To.On(last, zone).After(now)
}

// RemoveQuietPlace ends a quiet place for good.
func (r *Rounds) RemoveQuietPlace(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		p := b.place(id)
		if p == nil {
			return notFound("quiet_place_unknown")
		}
		if err := q.DeleteQuietPlace(ctx, id); err != nil {
			return fmt.Errorf("delete quiet place %s: %w", id, err)
		}
		if err := record(ctx, tx, q, p.change(ActRemoved, by), p, nil); err != nil {
			return err
		}
		return r.publish(ctx, tx, p.silences)
	})
}

func (p *QuietPlace) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectQuietPlace, ID: p.ID, Name: p.Name, Grid: p.Grid, Act: act}
}
