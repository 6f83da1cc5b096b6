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
	open(a, "signIn", http.MethodPost, "/api/session", "Sign in", a.signIn)
	open(a, "signOut", http.MethodDelete, "/api/session", "Sign out", a.signOut)
	route(a, "showSession", http.MethodGet, "/api/session", "Who is signed in, and the town", a.showSession)
	route(a, "changePassword", http.MethodPut, "/api/session/password", "Change one's own password", a.changePassword)

	route(a, "listPeople", http.MethodGet, "/api/people", "People who may sign in", a.listPeople)
	route(a, "makePerson", http.MethodPost, "/api/people", "Add a person; the answer holds the password, once", a.makePerson)
	route(a, "removePerson", http.MethodDelete, "/api/people/{id}", "Remove a person", a.removePerson)

	route(a, "listGrids", http.MethodGet, "/api/grids", "The grid tree, parents before children", a.listGrids)

	route(a, "listTerminals", http.MethodGet, "/api/terminals", "Terminals with their live state", a.listTerminals)
	route(a, "makeTerminal", http.MethodPost, "/api/terminals", "Create a terminal; the answer holds its one-time code", a.makeTerminal)
	route(a, "editTerminal", http.MethodPut, "/api/terminals/{id}", "Change a terminal", a.editTerminal)
	route(a, "removeTerminal", http.MethodDelete, "/api/terminals/{id}", "Remove a terminal", a.removeTerminal)
	route(a, "renewCode", http.MethodPost, "/api/terminals/{id}/code", "Make a new one-time code", a.renewCode)
	route(a, "approveTerminal", http.MethodPost, "/api/terminals/{id}/approval", "Approve a terminal by its check digits", a.approveTerminal)

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

	route(a, "listRounds", http.MethodGet, "/api/rounds", "Rounds, newest first", a.listRounds)
	route(a, "makeRound", http.MethodPost, "/api/rounds", "Make a round", a.makeRound)
	route(a, "editRound", http.MethodPut, "/api/rounds/{id}", "Change a round", a.editRound)
	route(a, "removeRound", http.MethodDelete, "/api/rounds/{id}", "Remove a round", a.removeRound)
	route(a, "checkRound", http.MethodPost, "/api/rounds/check", "What a round would do, before it is saved", a.checkRound)

	route(a, "listQuiet", http.MethodGet, "/api/quiet", "Quiet rules", a.listQuiet)
	route(a, "makeQuiet", http.MethodPost, "/api/quiet", "Add a quiet rule", a.makeQuiet)
	route(a, "removeQuiet", http.MethodDelete, "/api/quiet/{id}", "Remove a quiet rule", a.removeQuiet)
	route(a, "liftQuiet", http.MethodPut, "/api/quiet/{id}/lift", "Lift a quiet rule for a time, with a reason", a.liftQuiet)
	route(a, "restoreQuiet", http.MethodDelete, "/api/quiet/{id}/lift", "Let a lifted quiet rule stand again", a.restoreQuiet)

	route(a, "showDay", http.MethodGet, "/api/day", "One day: what sounds, what comes, how it went, who was reached", a.showDay)
	route(a, "listAirings", http.MethodGet, "/api/airings", "Planned airings and how they ended, latest due first", a.listAirings)
	route(a, "listPlays", http.MethodGet, "/api/plays", "Plays, latest first", a.listPlays)

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
