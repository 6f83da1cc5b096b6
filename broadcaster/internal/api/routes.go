package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"dalaba/broadcaster/internal/access"
)

// Shapes of requests and answers.
type (
	// none is a request or an answer without content.
	none struct{}
	// byID addresses one thing.
	byID struct {
		ID string `path:"id" maxLength:"80"`
	}
	// making carries what is to be made.
	making[T any] struct {
		Body T
	}
	// editing carries what one thing shall become.
	editing[T any] struct {
		ID   string `path:"id" maxLength:"80"`
		Body T
	}
	// answer carries one thing.
	answer[T any] struct {
		Body T
	}
)

// register adds every route. It is the whole surface; what a route asks of the person is in its handler's one call of
// may, but for the two that nobody need be signed in for.
func (a *API) register() {
	a.registerSession()
	a.registerPlaces()
	a.registerContent()
	a.registerPlan()
	a.registerSilence()
	a.registerRecord()
	a.registerHearing()
	a.registerStreams()
}

// registerSession adds who signs in, and who may.
func (a *API) registerSession() {
	open(a, "signIn", http.MethodPost, "/api/session", "Sign in", a.signIn)
	open(a, "signOut", http.MethodDelete, "/api/session", "Sign out", a.signOut)
	route(a, "showSession", http.MethodGet, "/api/session", "Who is signed in, and the town", a.showSession)
	route(a, "changePassword", http.MethodPut, "/api/session/password", "Change one's own password", a.changePassword)

	route(a, "listPeople", http.MethodGet, "/api/people", "People who may sign in", a.listPeople)
	route(a, "makePerson", http.MethodPost, "/api/people", "Add a person; the answer holds the password, once", a.makePerson)
	route(a, "removePerson", http.MethodDelete, "/api/people/{id}", "Remove a person", a.removePerson)
}

// registerPlaces adds grids and the terminals in them.
func (a *API) registerPlaces() {
	route(a, "listGrids", http.MethodGet, "/api/grids", "The grid tree, parents before children", a.listGrids)
	route(a, "listOutlines", http.MethodGet, "/api/grids/outlines", "Where grids lie, for a map", a.listOutlines)

	route(a, "listTerminals", http.MethodGet, "/api/terminals", "Terminals with their live state", a.listTerminals)
	route(a, "makeTerminal", http.MethodPost, "/api/terminals", "Create a terminal; the answer holds its one-time code", a.makeTerminal)
	route(a, "showTerminal", http.MethodGet, "/api/terminals/{id}", "A terminal with its live state", a.oneTerminal)
	route(a, "editTerminal", http.MethodPut, "/api/terminals/{id}", "Change a terminal", a.editTerminal)
	route(a, "removeTerminal", http.MethodDelete, "/api/terminals/{id}", "Remove a terminal", a.removeTerminal)
	route(a, "renewCode", http.MethodPost, "/api/terminals/{id}/code", "Make a new one-time code", a.renewCode)
	route(a, "approveTerminal", http.MethodPost, "/api/terminals/{id}/approval", "Approve a terminal by its check digits", a.approveTerminal)
}

// registerContent adds what can be played.
func (a *API) registerContent() {
	route(a, "listClips", http.MethodGet, "/api/clips", "Recordings, newest first", a.listClips)
	route(a, "editClip", http.MethodPut, "/api/clips/{id}", "Change a recording's title or dialect", a.editClip)
	route(a, "drawClip", http.MethodGet, "/api/clips/{id}/waveform", "What a picture of a recording is made of", a.drawClip)
	route(a, "removeClip", http.MethodDelete, "/api/clips/{id}", "Remove a recording that nothing uses", a.removeClip)

	route(a, "listAnnouncements", http.MethodGet, "/api/announcements", "Announcements, newest first", a.listAnnouncements)
	route(a, "makeAnnouncement", http.MethodPost, "/api/announcements", "Make an announcement", a.makeAnnouncement)
	route(a, "editAnnouncement", http.MethodPut, "/api/announcements/{id}", "Change an announcement", a.editAnnouncement)
	route(a, "removeAnnouncement", http.MethodDelete, "/api/announcements/{id}", "Remove an announcement that nothing uses", a.removeAnnouncement)

	route(a, "listPlaylists", http.MethodGet, "/api/playlists", "Playlists, newest first", a.listPlaylists)
	route(a, "makePlaylist", http.MethodPost, "/api/playlists", "Make a playlist", a.makePlaylist)
	route(a, "editPlaylist", http.MethodPut, "/api/playlists/{id}", "Change a playlist", a.editPlaylist)
	route(a, "removePlaylist", http.MethodDelete, "/api/playlists/{id}", "Remove a playlist that nothing plays", a.removePlaylist)
}

// registerPlan adds what is planned, and why.
func (a *API) registerPlan() {
	route(a, "listRounds", http.MethodGet, "/api/rounds", "Rounds, newest first", a.listRounds)
	route(a, "makeRound", http.MethodPost, "/api/rounds", "Make a round", a.makeRound)
	route(a, "editRound", http.MethodPut, "/api/rounds/{id}", "Change a round", a.editRound)
	route(a, "removeRound", http.MethodDelete, "/api/rounds/{id}", "Remove a round", a.removeRound)
	route(a, "checkRound", http.MethodPost, "/api/rounds/check", "What a round would do, before it is saved", a.checkRound)

	route(a, "dryRunRound", http.MethodPost, "/api/rounds/dry-run", "What a round would do in the next 14 days, terminal by terminal", a.dryRunRound)
	route(a, "lateForRound", http.MethodGet, "/api/rounds/{id}/late", "Who cannot be told in time that a round is paused or removed", a.lateForRound)
	route(a, "pauseRound", http.MethodPut, "/api/rounds/{id}/paused", "Pause a round, or let it go on", a.pauseRound)
	route(a, "copyRound", http.MethodPost, "/api/rounds/{id}/copy", "Make a paused round like this one", a.copyRound)
	route(a, "repeatRound", http.MethodPost, "/api/rounds/{id}/repeat", "Play it once more, at a time", a.repeatRound)
	route(a, "moveAiring", http.MethodPost, "/api/rounds/{id}/move", "Put one airing at another time", a.moveAiring)
	route(a, "cancelAiring", http.MethodPost, "/api/rounds/{id}/cancellations", "Call one airing off", a.cancelAiring)
	route(a, "reinstateAiring", http.MethodDelete, "/api/rounds/{id}/cancellations", "Let an airing that was called off sound", a.reinstateAiring)
	route(a, "listCancellations", http.MethodGet, "/api/cancellations", "Airings that were called off, from today on", a.listCancellations)
	route(a, "playNow", http.MethodPost, "/api/play-now", "Play something at once", a.playNow)

	route(a, "showWhy", http.MethodGet, "/api/why", "Why a terminal sounds, or does not, in a minute", a.showWhy)
	route(a, "showCalendar", http.MethodGet, "/api/calendar", "Some days of a grid or a terminal", a.showCalendar)
	route(a, "showTimeline", http.MethodGet, "/api/terminals/{id}/timeline", "One day of a terminal: plan and ledger", a.showTimeline)
	route(a, "listChanges", http.MethodGet, "/api/changes", "Who changed what, newest first", a.listChanges)
}

// registerSilence adds what bounds the plan: quiet, volume, limits and lists of days.
func (a *API) registerSilence() {
	route(a, "listTemporaryQuiet", http.MethodGet, "/api/temporary-quiet", "Quiet that was ordered for once", a.listTemporaryQuiet)
	route(a, "makeTemporaryQuiet", http.MethodPost, "/api/temporary-quiet", "Order quiet for at most 72 hours", a.makeTemporaryQuiet)
	route(a, "endTemporaryQuiet", http.MethodDelete, "/api/temporary-quiet/{id}", "End it now", a.endTemporaryQuiet)
	route(a, "muteTerminal", http.MethodPost, "/api/terminals/{id}/mutes", "Silence one terminal at once, but for alerts", a.muteTerminal)
	route(a, "liftMute", http.MethodDelete, "/api/mutes/{id}", "Let it sound again", a.liftMute)
	route(a, "listQuietPlaces", http.MethodGet, "/api/quiet-places", "Places around which it is quiet", a.listQuietPlaces)
	route(a, "makeQuietPlace", http.MethodPost, "/api/quiet-places", "Add a quiet place", a.makeQuietPlace)
	route(a, "checkQuietPlace", http.MethodPost, "/api/quiet-places/check", "Whom a quiet place would silence", a.checkQuietPlace)
	route(a, "editQuietPlace", http.MethodPut, "/api/quiet-places/{id}", "Change a quiet place", a.editQuietPlace)
	route(a, "removeQuietPlace", http.MethodDelete, "/api/quiet-places/{id}", "Remove a quiet place", a.removeQuietPlace)
	route(a, "listVolume", http.MethodGet, "/api/volume", "Volume rules of grids", a.listVolume)
	route(a, "makeVolume", http.MethodPost, "/api/volume", "Add a volume rule", a.makeVolume)
	route(a, "editVolume", http.MethodPut, "/api/volume/{id}", "Change a volume rule", a.editVolume)
	route(a, "removeVolume", http.MethodDelete, "/api/volume/{id}", "Remove a volume rule", a.removeVolume)
	route(a, "showLimits", http.MethodGet, "/api/limits", "The town's daily limits", a.showLimits)
	route(a, "editLimits", http.MethodPut, "/api/limits", "Change the daily limits", a.editLimits)
	route(a, "listHolidays", http.MethodGet, "/api/holidays", "Named lists of days", a.listHolidays)
	route(a, "saveHolidays", http.MethodPut, "/api/holidays/{id}", "Make or change a list of days", a.saveHolidays)
	route(a, "removeHolidays", http.MethodDelete, "/api/holidays/{id}", "Remove a list of days that nothing names", a.removeHolidays)

	route(a, "listQuiet", http.MethodGet, "/api/quiet", "Quiet rules", a.listQuiet)
	route(a, "makeQuiet", http.MethodPost, "/api/quiet", "Add a quiet rule", a.makeQuiet)
	route(a, "removeQuiet", http.MethodDelete, "/api/quiet/{id}", "Remove a quiet rule", a.removeQuiet)
	route(a, "liftQuiet", http.MethodPut, "/api/quiet/{id}/lift", "Lift a quiet rule for a time, with a reason", a.liftQuiet)
	route(a, "restoreQuiet", http.MethodDelete, "/api/quiet/{id}/lift", "Let a lifted quiet rule stand again", a.restoreQuiet)
}

// registerRecord adds what became of it, and what people say of it.
func (a *API) registerRecord() {
	route(a, "showReconciliation", http.MethodGet, "/api/reconciliation", "What was planned on a day, and what became of it", a.showReconciliation)

	route(a, "listComplaints", http.MethodGet, "/api/complaints", "Complaints, open ones first", a.listComplaints)
	route(a, "makeComplaint", http.MethodPost, "/api/complaints", "Write a complaint down", a.makeComplaint)
	route(a, "showComplaint", http.MethodGet, "/api/complaints/{id}", "A complaint, what sounded, and what can be offered", a.showComplaint)
	route(a, "saveReply", http.MethodPut, "/api/complaints/{id}/reply", "Keep a reply", a.saveReply)
	route(a, "closeComplaint", http.MethodPut, "/api/complaints/{id}/closed", "Close a complaint with what was changed", a.closeComplaint)
	route(a, "reopenComplaint", http.MethodDelete, "/api/complaints/{id}/closed", "Open it again", a.reopenComplaint)

	route(a, "showDay", http.MethodGet, "/api/day", "One day: what sounds, what comes, how it went, who was reached", a.showDay)
	route(a, "listAirings", http.MethodGet, "/api/airings", "Planned airings and how they ended, latest due first", a.listAirings)
	route(a, "listPlays", http.MethodGet, "/api/plays", "Plays, latest first", a.listPlays)
}

// registerHearing adds the ring test, what people heard, and what is to be repaired.
func (a *API) registerHearing() {
	route(a, "showRingTest", http.MethodGet, "/api/ring-test", "When the ring test sounds, and what it says where", a.showRingTest)
	route(a, "setRingTest", http.MethodPut, "/api/ring-test", "Say when it sounds", a.setRingTest)
	route(a, "endRingTest", http.MethodDelete, "/api/ring-test", "Let it sound no more", a.endRingTest)
	route(a, "namePlace", http.MethodPut, "/api/ring-test/places/{id}", "Make a recording the name of a grid", a.namePlace)
	route(a, "unnamePlace", http.MethodDelete, "/api/ring-test/places/{id}", "Take the name of a grid away", a.unnamePlace)

	route(a, "listHeard", http.MethodGet, "/api/heard", "What sounded, and whether one heard it", a.listHeard)
	route(a, "answerHeard", http.MethodPut, "/api/airings/{id}/heard", "Say whether one heard it", a.answerHeard)
	route(a, "listRepairs", http.MethodGet, "/api/repairs", "Loudspeakers that somebody did not hear, open ones first", a.listRepairs)
	route(a, "endRepair", http.MethodPut, "/api/repairs/{id}/done", "Say that one has been seen to", a.endRepair)
}

// registerStreams adds what is not JSON in or out.
func (a *API) registerStreams() {
	a.stream(huma.Operation{
		OperationID: "uploadClip", Method: http.MethodPost, Path: "/api/clips", Summary: "Upload a recording",
		Parameters: []*huma.Param{
			{Name: "title", In: "query", Required: true, Schema: &huma.Schema{Type: huma.TypeString}},
			{Name: "dialect", In: "query", Required: true, Schema: &huma.Schema{Type: huma.TypeString}},
		},
		RequestBody: &huma.RequestBody{Required: true, Content: bytesOf("application/octet-stream")},
		Responses: map[string]*huma.Response{"200": {Description: "The recording", Content: map[string]*huma.MediaType{
			"application/json": {Schema: a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[clipShape](), true, "")},
		}}},
	}, a.uploadClip)
	a.stream(huma.Operation{
		OperationID: "importGrids", Method: http.MethodPut, Path: "/api/grids", Summary: "Replace the grid tree by a GeoJSON file",
		RequestBody: &huma.RequestBody{Required: true, Content: bytesOf("application/geo+json")},
		Responses: map[string]*huma.Response{"200": {Description: "What was imported", Content: map[string]*huma.MediaType{
			"application/json": {Schema: a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[importedShape](), true, "")},
		}}},
	}, a.importGrids)
	a.stream(huma.Operation{
		OperationID: "hearClip", Method: http.MethodGet, Path: "/api/clips/{id}/audio", Summary: "A recording's sound, in ranges",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses:  map[string]*huma.Response{"200": {Description: "The sound", Content: bytesOf("audio/wav")}},
	}, a.hearClip)
	a.stream(huma.Operation{
		OperationID: "hearRingTest", Method: http.MethodGet, Path: "/api/ring-test/places/{id}/audio",
		Summary:    "What a grid sounds in the ring test, in ranges",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses:  map[string]*huma.Response{"200": {Description: "The sound", Content: bytesOf("audio/wav")}},
	}, a.hearRingTest)
	a.stream(huma.Operation{
		OperationID: "events", Method: http.MethodGet, Path: "/api/events", Summary: "Server-sent events: what has changed",
		Responses: map[string]*huma.Response{"200": {Description: "Events", Content: bytesOf("text/event-stream")}},
	}, a.events)
}

// bytesOf is a body of bytes that the document says no more about.
func bytesOf(contentType string) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
}

// maxBody bounds what one request may carry, in bytes, but for uploads and the grid tree.
const maxBody = 1 << 20

// handler is a function for a person who is signed in.
type handler[I, O any] func(ctx context.Context, p access.Person, in *I) (*O, error)

// route adds an operation for people who are signed in. Who is not is turned away before the body is read.
func route[I, O any](a *API, id, method, path, summary string, h handler[I, O]) {
	op := operation(id, method, path, summary, maxBody)
	op.Middlewares = huma.Middlewares{a.signedIn(id)}
	add(a, op, func(ctx context.Context, in *I) (*O, error) {
		p, err := a.person(ctx)
		if err != nil {
			return nil, err
		}
		return h(ctx, p, in)
	})
}

// open adds an operation for everybody.
func open[I, O any](a *API, id, method, path, summary string, h func(context.Context, *I) (*O, error)) {
	add(a, operation(id, method, path, summary, maxBody), h)
}

func operation(id, method, path, summary string, bytes int64) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: bytes}
}

func add[I, O any](a *API, op huma.Operation, h func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, a.answerable(ctx, op.OperationID, err)
		}
		return out, nil
	})
}
