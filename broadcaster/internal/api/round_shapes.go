package api

import (
	"time"

	"dalaba/playlists"
)

// roundShape is a playlist on a timetable, for some grids.
type roundShape struct {
	ID           string              `json:"id"`
	Name         string              `json:"name"`
	Playlist     string              `json:"playlist"`
	PlaylistName string              `json:"playlist_name"`
	Targets      []string            `json:"targets" doc:"Grid codes"`
	TargetNames  []string            `json:"target_names"`
	Timetable    playlists.Timetable `json:"timetable"`
	Class        string              `json:"class" enum:"announcement,background"`
	LatenessMS   int64               `json:"lateness_ms"`
	Owner        string              `json:"owner"`
	Paused       bool                `json:"paused"`
	Mandatory    bool                `json:"mandatory" doc:"必播: it sounds in quiet that a grid below the owner has added"`
	Unlimited    *time.Time          `json:"unlimited_until,omitempty" doc:"Until then the daily limits do not hold for it"`
	UnlimitedFor string              `json:"unlimited_reason"`
	QuotaStarts  int                 `json:"quota_starts" doc:"At least so many starts a day; zero for none"`
	Volume       int                 `json:"volume" doc:"Percent that it asks for, within floors and caps; zero for the hour's"`
	SpacingMS    int64               `json:"spacing_ms" doc:"Two starts are at least so far apart; zero for no matter"`
	Once         bool                `json:"once" doc:"It fires on one day only, once: played by hand, repeated or moved"`
	Over         bool                `json:"over" doc:"It will not fire any more"`
	By           string              `json:"by"`
	MayEdit      bool                `json:"may_edit"`
	Next         []time.Time         `json:"next" doc:"The next few times at which it falls due"`
	Delivery     deliveryShape       `json:"delivery"`
}

// deliveryShape says how far a round has come on its way to the terminals that it touches.
type deliveryShape struct {
	Terminals     int `json:"terminals"`
	HaveProgramme int `json:"have_programme"`
	HaveClips     int `json:"have_clips"`
	NotConnected  int `json:"not_connected"`
}

type roundEditShape struct {
	Name       string              `json:"name" minLength:"1" maxLength:"80"`
	Playlist   string              `json:"playlist" maxLength:"64"`
	Targets    []string            `json:"targets" maxItems:"2000"`
	Timetable  playlists.Timetable `json:"timetable"`
	Class      string              `json:"class" enum:"announcement,background"`
	LatenessMS int64               `json:"lateness_ms" minimum:"0"`
	Paused     bool                `json:"paused"`
	Mandatory  bool                `json:"mandatory,omitempty"`
	Unlimited  *time.Time          `json:"unlimited_until,omitempty" doc:"An administrator's act, with a reason"`
	// UnlimitedFor belongs to Unlimited.
	UnlimitedFor string `json:"unlimited_reason,omitempty" maxLength:"200"`
	QuotaStarts  int    `json:"quota_starts,omitempty"`
	SpacingMS    int64  `json:"spacing_ms,omitempty"`
	Volume       int    `json:"volume,omitempty" doc:"Percent, 1 to 100; zero for the hour's"`
}

// previewShape is what a round would do, before it is saved.
type previewShape struct {
	Terminals []string    `json:"terminals" doc:"Names of the terminals that it touches"`
	Next      []time.Time `json:"next"`
	LengthMS  int64       `json:"length_ms" doc:"Of the longest airing"`
	Warnings  []string    `json:"warnings" doc:"Sentences"`
	Late      lateShape   `json:"late"`
}

// quietShape is a span of every day in which the loudspeakers of a grid are silent.
type quietShape struct {
	ID          string     `json:"id"`
	Grid        string     `json:"grid"`
	GridName    string     `json:"grid_name"`
	From        string     `json:"from" example:"22:00"`
	To          string     `json:"to" example:"06:00"`
	Note        string     `json:"note"`
	Night       bool       `json:"night" doc:"The town's night, which can be lifted and not removed"`
	LiftedUntil *time.Time `json:"lifted_until,omitempty"`
	LiftReason  string     `json:"lift_reason"`
	LiftedBy    string     `json:"lifted_by"`
}

type newQuietShape struct {
	Grid string `json:"grid" maxLength:"18"`
	From string `json:"from" maxLength:"8"`
	To   string `json:"to" maxLength:"8"`
	Note string `json:"note" maxLength:"200"`
}

type liftShape struct {
	Until  time.Time `json:"until"`
	Reason string    `json:"reason" minLength:"1" maxLength:"200"`
}
