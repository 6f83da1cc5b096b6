package api

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/library"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// uploadWithin bounds how long one upload may take: 600 MB at 100 kB/s is less than two hours.
const uploadWithin = 2 * time.Hour

type clipsShape struct {
	Clips []clipShape `json:"clips"`
}

func clipOf(l language, r library.Recording) clipShape {
	var sound *clipSoundShape
	if s := r.Sound; s != nil {
		sound = &clipSoundShape{
			RecordedLUFS: s.Recorded, LoudnessLUFS: s.Loudness, TruePeakDB: s.TruePeak, GainDB: s.Gain, LimitedDB: s.Limited, Clipped: s.Clipped,
		}
	}
	return clipShape{
		Level: levelWords(l, r.Sound), Sound: sound,
		Digest: r.Digest.String(), Title: r.Title, Dialect: string(r.Dialect), DurationMS: int64(r.Duration), Bytes: r.Bytes,
		PeakDB: r.Peak, Owner: string(r.Owner), BuiltIn: r.BuiltIn, By: r.By, At: r.At,
		Notes: shapes(r.Notes, func(n audio.Note) string { return sentence(l, "note_"+string(n), nil) }),
	}
}

// levelWords says what was done to a recording's volume.
func levelWords(l language, s *library.Sound) string {
	if s == nil {
		return ""
	}
	gain := int(math.Round(s.Gain))
	args := map[string]any{"gain": max(gain, -gain)}
	switch {
	case s.Gain >= audio.MaxGain:
		return sentence(l, "level_most", args)
	case gain > 0:
		return sentence(l, "level_raised", args)
	case gain < 0:
		return sentence(l, "level_lowered", args)
	}
	return sentence(l, "level_right", nil)
}

// clipTitles are the titles of all recordings.
func (a *API) clipTitles(ctx context.Context) (map[playlists.Digest]string, error) {
	all, err := a.Library.List(ctx)
	if err != nil {
		return nil, err
	}
	titles := make(map[playlists.Digest]string, len(all))
	for _, r := range all {
		titles[r.Digest] = r.Title
	}
	return titles, nil
}

func (a *API) listClips(ctx context.Context, p access.Person, _ *none) (*answer[clipsShape], error) {
	if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return nil, err
	}
	all, err := a.Library.List(ctx)
	if err != nil {
		return nil, err
	}
	l := callerOf(ctx).language
	all = slices.DeleteFunc(all, func(r library.Recording) bool { return !usable(p, r.Owner) })
	return &answer[clipsShape]{Body: clipsShape{Clips: shapes(all, func(r library.Recording) clipShape { return clipOf(l, r) })}}, nil
}

// uploadClip takes the file as the request's body; its title and dialect stand in the query.
func (a *API) uploadClip(w http.ResponseWriter, r *http.Request, p access.Person) error {
	if err := a.may(p, access.ActUpload, p.Grid); err != nil {
		return err
	}
	// The file may come over a slow link.
	deadline := time.Now().Add(uploadWithin)
	connection := http.NewResponseController(w)
	if err := connection.SetReadDeadline(deadline); err != nil {
		return fmt.Errorf("extend the read deadline: %w", err)
	}
	if err := connection.SetWriteDeadline(deadline); err != nil {
		return fmt.Errorf("extend the write deadline: %w", err)
	}
	recording, known, err := a.Library.Upload(r.Context(), r.Body, library.UploadMeta{
		Title: r.URL.Query().Get("title"), Dialect: playlists.Dialect(r.URL.Query().Get("dialect")), Owner: p.Grid, By: p.Display,
	})
	if err != nil {
		return err
	}
	a.feed.Changed(TopicContent)
	out := clipOf(callerOf(r.Context()).language, recording)
	out.Known = known
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

func (a *API) hearClip(w http.ResponseWriter, r *http.Request, p access.Person) error {
	if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return err
	}
	digest, err := clipID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := a.usableClip(r.Context(), p, digest); err != nil {
		return err
	}
	return a.serveClip(w, r, digest)
}

// drawClip gives what a picture of a recording is made of.
func (a *API) drawClip(ctx context.Context, p access.Person, in *byID) (*answer[waveformShape], error) {
	if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return nil, err
	}
	digest, err := clipID(in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := a.usableClip(ctx, p, digest); err != nil {
		return nil, err
	}
	outline, err := a.Library.Outline(ctx, digest)
	if err != nil {
		return nil, err
	}
	return &answer[waveformShape]{Body: waveformShape{
		Points: shapes(outline, func(e audio.Extent) [2]int8 { return e }),
	}}, nil
}

// usableClip returns the recording when p may use it; else it is as if there were none.
func (a *API) usableClip(ctx context.Context, p access.Person, digest playlists.Digest) (library.Recording, error) {
	r, err := a.Library.Get(ctx, digest)
	if err == nil && !usable(p, r.Owner) {
		err = &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown"}
	}
	return r, err
}

// serveClip writes a clip's bytes, or the part that a Range asks for. A clip never changes, so its digest is its tag.
func (a *API) serveClip(w http.ResponseWriter, r *http.Request, digest playlists.Digest) error {
	file, err := a.Library.Open(digest)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(uploadWithin)); err != nil {
		return fmt.Errorf("extend the write deadline: %w", err)
	}
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("ETag", `"`+digest.String()+`"`)
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

func clipID(text string) (playlists.Digest, error) {
	digest, err := playlists.ParseDigest(text)
	if err != nil {
		return digest, &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown", Err: err}
	}
	return digest, nil
}

// ownClip returns the digest of the recording called id if p may change it.
func (a *API) ownClip(ctx context.Context, p access.Person, id string) (playlists.Digest, error) {
	digest, err := clipID(id)
	if err != nil {
		return digest, err
	}
	r, err := a.Library.Get(ctx, digest)
	if err != nil {
		return digest, err
	}
	return digest, a.may(p, access.ActUpload, r.Owner)
}

func (a *API) editClip(ctx context.Context, p access.Person, in *editing[clipEditShape]) (*answer[clipShape], error) {
	digest, err := a.ownClip(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.mayChangeUsers(ctx, p, digest); err != nil {
		return nil, err
	}
	recording, err := a.Library.Update(ctx, digest, in.Body.Title, playlists.Dialect(in.Body.Dialect))
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicContent)
	return &answer[clipShape]{Body: clipOf(callerOf(ctx).language, recording)}, nil
}

// mayChangeUsers refuses a change of a recording that announcements or playlists have which are not p's to change.
func (a *API) mayChangeUsers(ctx context.Context, p access.Person, digest playlists.Digest) error {
	all, err := a.Rounds.Announcements(ctx)
	if err != nil {
		return err
	}
	for _, x := range all {
		uses := slices.ContainsFunc(x.Variants, func(c playlists.Clip) bool { return c.Digest == digest })
		if uses && a.may(p, access.ActEditAnnouncement, x.Owner) != nil {
			return usedAbove(x.Title)
		}
	}
	lists, err := a.Rounds.Playlists(ctx)
	if err != nil {
		return err
	}
	for _, x := range lists {
		if x.Chime != nil && x.Chime.Digest == digest && a.may(p, access.ActEditPlaylist, x.Owner) != nil {
			return usedAbove(x.Name)
		}
	}
	return nil
}

// usedAbove refuses a change that would reach what belongs to others: roles reach down only.
func usedAbove(user string) error {
	return &playlists.Problem{Kind: playlists.Conflict, Code: "used_above", Args: map[string]any{"user": user}}
}

func (a *API) removeClip(ctx context.Context, p access.Person, in *byID) (*none, error) {
	digest, err := a.ownClip(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicContent)
	return &none{}, a.Library.Remove(ctx, digest)
}
