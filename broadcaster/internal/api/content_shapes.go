package api

import "time"

// clipShape is a recording.
type clipShape struct {
	Digest     string          `json:"digest"`
	Title      string          `json:"title"`
	Dialect    string          `json:"dialect"`
	DurationMS int64           `json:"duration_ms"`
	Bytes      int64           `json:"bytes"`
	PeakDB     float64         `json:"peak_db" doc:"Highest sample in dBFS"`
	Level      string          `json:"level" doc:"A sentence: what was done to its volume; empty for what was uploaded before that was done"`
	Sound      *clipSoundShape `json:"sound,omitempty"`
	Notes      []string        `json:"notes" doc:"Sentences about the sound, such as that it is silent"`
	Owner      string          `json:"owner" doc:"Code of the grid whose recording it is"`
	BuiltIn    bool            `json:"built_in" doc:"The chime that comes with the software: nobody speaks in it, and it stays as it is"`
	By         string          `json:"by"`
	At         time.Time       `json:"at"`
	Known      bool            `json:"known" doc:"In the answer to an upload: the same sound was here already"`
}

// clipSoundShape is what was measured of a recording when it was uploaded.
type clipSoundShape struct {
	RecordedLUFS float64 `json:"recorded_lufs" doc:"Integrated loudness of the upload"`
	LoudnessLUFS float64 `json:"loudness_lufs" doc:"Integrated loudness of what plays"`
	TruePeakDB   float64 `json:"true_peak_db" doc:"Highest true peak of what plays, in dBTP"`
	GainDB       float64 `json:"gain_db" doc:"By how much it was amplified"`
	LimitedDB    float64 `json:"limited_db" doc:"By how much its peaks were turned down at most; 0 or less"`
	Clipped      float64 `json:"clipped" doc:"Share of the upload that was cut off at full scale, 0 to 1"`
}

// waveformShape is how a recording looks.
type waveformShape struct {
	Points [][2]int8 `json:"points" doc:"Lowest and highest sample of equal parts, in hundredths of full scale"`
}

type clipEditShape struct {
	Title   string `json:"title" minLength:"1" maxLength:"80"`
	Dialect string `json:"dialect" maxLength:"35"`
}

// variantShape is an announcement's recording in one dialect.
type variantShape struct {
	Dialect    string `json:"dialect"`
	Clip       string `json:"clip" doc:"Digest of the recording"`
	Title      string `json:"title,omitempty" readOnly:"true"`
	DurationMS int64  `json:"duration_ms,omitempty" readOnly:"true"`
}

// announcementShape is one message to the public.
type announcementShape struct {
	ID         string         `json:"id"`
	Title      string         `json:"title"`
	Text       string         `json:"text"`
	Variants   []variantShape `json:"variants"`
	ValidFrom  *time.Time     `json:"valid_from,omitempty"`
	ValidUntil *time.Time     `json:"valid_until,omitempty"`
	Owner      string         `json:"owner"`
	UsedBy     []string       `json:"used_by" doc:"Names of the playlists that hold it"`
}

type announcementEditShape struct {
	Title      string         `json:"title" minLength:"1" maxLength:"80"`
	Text       string         `json:"text" minLength:"1" maxLength:"2000"`
	Variants   []variantShape `json:"variants" maxItems:"8"`
	ValidFrom  *time.Time     `json:"valid_from,omitempty"`
	ValidUntil *time.Time     `json:"valid_until,omitempty"`
}

// playlistEntryShape is one line of a playlist.
type playlistEntryShape struct {
	Announcement string `json:"announcement"`
	Title        string `json:"title,omitempty" readOnly:"true"`
	Dialects     string `json:"dialects" doc:"own, all, or the tag of one dialect"`
	Repeats      int    `json:"repeats" minimum:"1" maximum:"20"`
	GapMS        int64  `json:"gap_ms" minimum:"0" maximum:"600000"`
}

// playlistShape is an ordered list of announcements.
type playlistShape struct {
	ID      string               `json:"id"`
	Name    string               `json:"name"`
	Entries []playlistEntryShape `json:"entries"`
	Chime   string               `json:"chime" doc:"Digest of the recording that sounds once before the first entry; empty for none"`
	ChimeMS int64                `json:"chime_ms"`
	Owner   string               `json:"owner"`
	UsedBy  []string             `json:"used_by" doc:"Names of the rounds that play it"`
}

type playlistEditShape struct {
	Name    string               `json:"name" minLength:"1" maxLength:"80"`
	Entries []playlistEntryShape `json:"entries" maxItems:"100"`
	Chime   string               `json:"chime,omitempty" maxLength:"64" doc:"Digest of a recording of at most 15 s; empty for none"`
}
