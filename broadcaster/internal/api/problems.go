package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

const problemType = "application/problem+json"

// problemShape is how every refusal is answered (RFC 9457).
type problemShape struct {
	Status int    `json:"status"`
	Code   string `json:"code" doc:"A word that never changes"`
	Detail string `json:"detail" doc:"A sentence for the person, in the language that was asked for"`
	// Errors say which parts of the request were wrong.
	Errors []fieldShape `json:"errors,omitempty"`
}

type fieldShape struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

// Error makes problemShape an error that huma writes as it is.
func (p *problemShape) Error() string { return p.Code }

// GetStatus is the HTTP status.
func (p *problemShape) GetStatus() int { return p.Status }

// ContentType is that of a problem.
func (p *problemShape) ContentType(string) string { return problemType }

// answerable turns any error into its answer, and logs what is nobody's fault outside.
func (a *API) answerable(ctx context.Context, operation string, err error) *problemShape {
	l := callerOf(ctx).language
	all := problemsIn(err)
	if len(all) == 0 {
		if !errors.Is(err, context.Canceled) {
			a.Logger.ErrorContext(ctx, "request broke", "operation", operation, "error", err)
		}
		return &problemShape{Status: http.StatusInternalServerError, Code: "internal", Detail: sentence(l, "internal", nil)}
	}
	first := all[0]
	if first.Err != nil {
		a.Logger.WarnContext(ctx, "request refused", "operation", operation, "error", first)
	}
	answer := &problemShape{Status: status(first.Kind), Code: first.Code, Detail: sentence(l, first.Code, first.Args)}
	var mistakes *territory.Mistakes
	if errors.As(err, &mistakes) {
		all = append(all, mistakes.Found...)
	}
	for _, p := range all {
		if p.Field != "" || len(all) > 1 {
			answer.Errors = append(answer.Errors, fieldShape{Location: p.Field, Message: sentence(l, p.Code, p.Args)})
		}
	}
	return answer
}

// problemsIn returns the Problems that err is, wraps or joins, in order.
func problemsIn(err error) []*playlists.Problem {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*playlists.Problem
		for _, e := range joined.Unwrap() {
			all = append(all, problemsIn(e)...)
		}
		return all
	}
	if p, ok := err.(*playlists.Problem); ok {
		return []*playlists.Problem{p}
	}
	if inner := errors.Unwrap(err); inner != nil {
		return problemsIn(inner)
	}
	return nil
}

func status(kind playlists.ProblemKind) int {
	switch kind {
	case playlists.Invalid:
		return http.StatusUnprocessableEntity
	case playlists.NotFound:
		return http.StatusNotFound
	case playlists.Conflict:
		return http.StatusConflict
	case playlists.Forbidden:
		return http.StatusForbidden
	case playlists.Unauthenticated:
		return http.StatusUnauthorized
	case playlists.TooLarge:
		return http.StatusRequestEntityTooLarge
	case playlists.TooMany:
		return http.StatusTooManyRequests
	case playlists.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// localize turns huma's own refusals, of requests that do not fit their shape, into ours.
func (a *API) localize(ctx huma.Context, _ string, body any) (any, error) {
	model, ok := body.(*huma.ErrorModel)
	if !ok {
		return body, nil
	}
	l := callerOf(ctx.Context()).language
	code := "request_shape"
	switch model.Status {
	case http.StatusRequestEntityTooLarge:
		code = "request_too_large"
	case http.StatusRequestTimeout:
		code = "request_too_slow"
	case http.StatusUnsupportedMediaType:
		code = "request_type"
	}
	answer := &problemShape{Status: model.Status, Code: code, Detail: sentence(l, code, nil)}
	for _, e := range model.Errors {
		answer.Errors = append(answer.Errors, fieldShape{Location: strings.TrimPrefix(e.Location, "body."), Message: e.Message})
	}
	return answer, nil
}

// schemaName is huma's name for a type, without the ending that marks shapes in this package.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Shape")
}

// sentence is that of a code. A code without a sentence shows itself, so that it is at least found.
func sentence(l language, code string, args map[string]any) string {
	if p, ok := sentenceOf(code); ok {
		return p.in(l, args)
	}
	return code
}

// in is the phrase in language l with args in its places.
func (p phrase) in(l language, args map[string]any) string {
	text := p.zh
	if l == english {
		text = p.en
	}
	for name, value := range args {
		text = strings.ReplaceAll(text, "{"+name+"}", fmt.Sprint(value))
	}
	return text
}
