// Package api is the broadcaster's HTTP surface for people: one route table (routes.go), one file per resource, and the
// OpenAPI document that the console's types are made from. Handlers translate: they read a request, ask access once
// whether this person may do this at this grid, call a room, and put the room's answer into a shape. Rules live in the
// rooms.
//
// A room's error becomes an answer in one place (problems.go), which has a sentence for each of the rooms' codes in
// Chinese and in English.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/klauspost/compress/gzhttp"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/coverage"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/hub"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/library"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// Options are the rooms that the API opens to people.
type Options struct {
	Store      *store.DB
	Access     *access.Access
	Territory  *territory.Territory
	Library    *library.Library
	Rounds     *rounds.Rounds
	Hub        *hub.Hub
	Ledger     *ledger.Ledger
	Coverage   *coverage.Coverage
	Complaints *complaints.Complaints
	Hearing    *hearing.Hearing

	// Address is the base URL that enrolment codes name.
	Address string
	// Location is the town's zone.
	Location *time.Location
	// MaxUpload bounds an uploaded recording in bytes.
	MaxUpload int64
	// Version is the software's, for the OpenAPI document.
	Version string
	Logger  *slog.Logger
}

// API serves /api. It is safe for concurrent use.
type API struct {
	Options
	huma huma.API
	mux  *http.ServeMux
	feed *Feed
	// importing holds a token while a grid tree is read: that takes memory.
	importing chan struct{}
	upcoming  upcoming
	// dryRuns and views are the turns of what has to be planned.
	dryRuns, views *turns
}

// New builds the route table. feed is where the rooms' changes are announced.
func New(o Options, feed *Feed) *API {
	a := &API{Options: o, mux: http.NewServeMux(), feed: feed, importing: make(chan struct{}, 1), dryRuns: newTurns(dryRunsAtOnce), views: newTurns(viewsAtOnce)}
	a.huma = humago.New(a.mux, document(o.Version, a.localize))
	a.register()
	settle(a.huma.OpenAPI())
	return a
}

// document is huma's configuration: schemas named without "Shape", no pages of its own.
func document(version string, transform huma.Transformer) huma.Config {
	config := huma.DefaultConfig("Dalaba", version)
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.Transformers = []huma.Transformer{transform}
	config.RejectUnknownQueryParameters = true // who asks for less than he gets should know
	return config
}

// settle says in the document what every handler keeps: a list is never null, and a refusal is a problemShape.
func settle(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas
	problem := &huma.Response{
		Description: "Refusal",
		Content:     map[string]*huma.MediaType{problemType: {Schema: schemas.Schema(reflect.TypeFor[problemShape](), true, "")}},
	}
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Put, item.Post, item.Delete} {
			if op != nil {
				op.Responses["default"] = problem
			}
		}
	}
	delete(schemas.Map(), "ErrorModel")
	delete(schemas.Map(), "ErrorDetail")
	for _, schema := range schemas.Map() {
		for _, property := range schema.Properties {
			if property.Type == huma.TypeArray {
				property.Nullable = false
			}
		}
	}
}

// worthCompressing is how many bytes an answer has at least that is compressed: phones are behind slow links.
const worthCompressing = 2 << 10

// Handler serves everything under /api/. Requests that a browser makes on behalf of another site are refused.
func (a *API) Handler() (http.Handler, error) {
	compressed, err := gzhttp.NewWrapper(gzhttp.ContentTypes([]string{"application/json", problemType}), gzhttp.MinSize(worthCompressing))
	if err != nil {
		return nil, fmt.Errorf("compress answers: %w", err)
	}
	return http.NewCrossOriginProtection().Handler(compressed(a.Access.Sessions().LoadAndSave(withCaller(a.spoilt(a.mux))))), nil
}

// person returns who is signed in.
func (a *API) person(ctx context.Context) (access.Person, error) {
	return a.Access.Current(ctx)
}

// signedIn turns away who is not signed in, before anything of the body is read.
func (a *API) signedIn(operation string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		_, err := a.person(ctx.Context())
		if err == nil {
			next(ctx)
			return
		}
		problem := a.answerable(ctx.Context(), operation, err)
		ctx.SetHeader("Content-Type", problemType)
		ctx.SetStatus(problem.Status)
		if err := json.NewEncoder(ctx.BodyWriter()).Encode(problem); err != nil {
			a.Logger.DebugContext(ctx.Context(), "answer not taken", "operation", operation, "error", err)
		}
	}
}

// may asks access whether p may act at node.
func (a *API) may(p access.Person, act access.Act, node playlists.GridCode) error {
	return a.Access.Allow(p, act, node)
}

// stream adds an operation whose body does not fit into memory, or does not end.
func (a *API) stream(op huma.Operation, h func(http.ResponseWriter, *http.Request, access.Person) error) {
	a.huma.OpenAPI().AddOperation(&op)
	a.mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
		p, err := a.person(r.Context())
		if err == nil {
			err = h(w, r, p)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			a.refuse(w, r, op.OperationID, err)
		}
	})
}

// refuse answers with the problem that err is.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, operation string, err error) {
	problem := a.answerable(r.Context(), operation, err)
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(problem.Status)
	if err := json.NewEncoder(w).Encode(problem); err != nil {
		a.Logger.DebugContext(r.Context(), "answer not taken", "operation", operation, "error", err)
	}
}

// shapes turns each of in into its shape. The answer is never nil, so that it is a list on the wire too.
func shapes[T, S any](in []T, shape func(T) S) []S {
	out := make([]S, 0, len(in))
	for _, v := range in {
		out = append(out, shape(v))
	}
	return out
}

// texts is in as plain strings, never nil.
func texts[S ~string](in []S) []string {
	return shapes(in, func(s S) string { return string(s) })
}

// language is one that the console speaks.
type language string

const (
	chinese language = "zh"
	english language = "en"
)

// callerKey carries the caller of a request in its context.
type callerKey struct{}

// caller is what a request says about who makes it.
type caller struct {
	language language
	// from is the network address, with port.
	from string
}

// withCaller notes the caller. The language is English when that is asked for first, else Chinese.
func withCaller(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := caller{language: chinese, from: r.RemoteAddr}
		if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
			c.language = english
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	})
}

func callerOf(ctx context.Context) caller {
	if c, ok := ctx.Value(callerKey{}).(caller); ok {
		return c
	}
	return caller{language: chinese}
}
