package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/complaints"
	"dalaba/playlists"
)

// complaintsShown is how many complaints one page of the list holds.
const complaintsShown = 50

type complaintsQuery struct {
	Open   bool   `query:"open" doc:"Only open ones"`
	Before string `query:"before" maxLength:"80" doc:"What the page before returned as next"`
}

// listComplaints shows the complaints of p's grid and of what lies below it.
func (a *API) listComplaints(ctx context.Context, p access.Person, in *complaintsQuery) (*answer[complaintsShape], error) {
	if err := a.may(p, access.ActComplaint, p.Grid); err != nil {
		return nil, err
	}
	list, err := a.Complaints.List(ctx, complaints.Filter{
		Grid: p.Grid, Open: in.Open, BeforeID: in.Before, Most: complaintsShown + 1,
	})
	if err != nil {
		return nil, err
	}
	out := &answer[complaintsShape]{}
	if len(list) > complaintsShown {
		list = list[:complaintsShown]
		out.Body.Next = list[complaintsShown-1].ID
	}
	out.Body.Complaints = shapes(list, complaintOf)
	return out, nil
}

func (a *API) makeComplaint(ctx context.Context, p access.Person, in *making[newComplaintShape]) (*answer[caseShape], error) {
	node := playlists.GridCode(in.Body.Grid)
	if err := a.may(p, access.ActComplaint, node); err != nil {
		return nil, err
	}
	made, err := a.Complaints.Make(ctx, complaints.Complaint{
		Grid: node, Terminal: playlists.TerminalID(in.Body.Terminal), Lat: in.Body.Lat, Lon: in.Body.Lon, At: in.Body.At,
		Words: in.Body.Words, Caller: in.Body.Caller, By: p.Display,
	})
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicComplaints)
	return a.caseAnswer(ctx, p, made.ID)
}

// complaint returns the complaint called id if it is p's to answer.
func (a *API) complaint(ctx context.Context, p access.Person, id string) (complaints.Complaint, error) {
	x, err := a.Complaints.Complaint(ctx, id)
	if err != nil {
		return x, err
	}
	return x, a.may(p, access.ActComplaint, x.Grid)
}

func (a *API) showComplaint(ctx context.Context, p access.Person, in *byID) (*answer[caseShape], error) {
	x, err := a.complaint(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.caseAnswer(ctx, p, x.ID)
}

// caseAnswer says all that is known of a complaint that p may see.
func (a *API) caseAnswer(ctx context.Context, p access.Person, id string) (*answer[caseShape], error) {
	if err := a.Ledger.CatchUp(ctx, time.Now()); err != nil {
		return nil, err
	}
	known, err := a.Complaints.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	out, err := a.caseOf(ctx, p, &known)
	return &answer[caseShape]{Body: out}, err
}

func (a *API) saveReply(ctx context.Context, p access.Person, in *editing[replyShape]) (*answer[complaintShape], error) {
	x, err := a.complaint(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.complaintAnswer(a.Complaints.SaveReply(ctx, x.ID, in.Body.Reply, p.Display))
}

func (a *API) closeComplaint(ctx context.Context, p access.Person, in *editing[closeComplaintShape]) (*answer[complaintShape], error) {
	x, err := a.complaint(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.complaintAnswer(a.Complaints.Close(ctx, x.ID, in.Body.Reply, in.Body.Outcome, in.Body.Changes, p.Display))
}

func (a *API) reopenComplaint(ctx context.Context, p access.Person, in *byID) (*answer[complaintShape], error) {
	x, err := a.complaint(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.complaintAnswer(a.Complaints.Reopen(ctx, x.ID, p.Display))
}

// complaintAnswer shapes what the room returned, and tells other consoles.
func (a *API) complaintAnswer(x complaints.Complaint, err error) (*answer[complaintShape], error) {
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicComplaints)
	return &answer[complaintShape]{Body: complaintOf(x)}, nil
}
