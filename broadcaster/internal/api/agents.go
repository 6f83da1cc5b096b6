package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// maxEnrol bounds an enrolment request in bytes.
const maxEnrol = 4096

// Agents serves what agents ask for beside their websocket: enrolment, and the clips that their programmes name.
func (a *API) Agents() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+wire.EnrolPath, a.answering("enrol", a.enrol))
	mux.HandleFunc("GET "+wire.ClipPath+"{id}", a.answering("fetchClip", a.fetchClip))
	return withCaller(a.spoilt(mux))
}

// answering turns what h returns into an answer, as for people.
func (a *API) answering(operation string, h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			a.refuse(w, r, operation, err)
		}
	}
}

// enrol takes a terminal's key against its one-time secret. A person approves it afterwards.
func (a *API) enrol(w http.ResponseWriter, r *http.Request) error {
	var request wire.EnrolRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxEnrol)).Decode(&request); err != nil {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "request_shape", Err: err}
	}
	key := a.Access.PublisherKey()
	if key == nil {
		return &playlists.Problem{Kind: playlists.Unavailable, Code: "publisher_key_missing"}
	}
	terminal, err := a.Access.Enrol(r.Context(), request.Secret, request.Key)
	if err != nil {
		return err
	}
	reply := wire.EnrolReply{Terminal: terminal, Publisher: playlists.Publisher{Key: key}}
	if err := a.Store.Read(r.Context(), func(tx *store.Tx) error {
		root, err := a.Territory.Root(r.Context(), tx)
		reply.Publisher.Grid = root.Code
		return err
	}); err != nil {
		return err
	}
	a.feed.Changed(TopicTerminals)
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(reply)
}

// fetchClip serves a clip to the bearer of a ticket, if that terminal's programme names it.
func (a *API) fetchClip(w http.ResponseWriter, r *http.Request) error {
	ticket, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	terminal, known := a.Hub.TicketTerminal(ticket)
	if !bears || !known {
		return &playlists.Problem{Kind: playlists.Unauthenticated, Code: "ticket_unknown"}
	}
	digest, err := clipID(r.PathValue("id"))
	if err != nil {
		return err
	}
	named, err := a.named(r.Context(), terminal, digest)
	if err != nil {
		return err
	}
	if !named {
		return &playlists.Problem{Kind: playlists.Forbidden, Code: "clip_not_named"}
	}
	return a.serveClip(w, r, digest)
}

// named tells whether terminal's programme names the clip.
func (a *API) named(ctx context.Context, terminal playlists.TerminalID, digest playlists.Digest) (bool, error) {
	envelope, published, err := a.Rounds.Programme(ctx, terminal)
	if err != nil || !published {
		return false, err
	}
	var programme playlists.Programme
	if err := json.Unmarshal(envelope.Body, &programme); err != nil {
		return false, err
	}
	for _, c := range programme.Clips() {
		if c.Digest == digest {
			return true, nil
		}
	}
	return false, nil
}
