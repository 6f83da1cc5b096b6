package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
)

func (a *API) signIn(ctx context.Context, in *making[signInShape]) (*answer[sessionShape], error) {
	p, err := a.Access.SignIn(ctx, in.Body.Name, in.Body.Password, callerOf(ctx).from)
	if err != nil {
		return nil, err
	}
	if err := a.Access.Begin(ctx, p); err != nil {
		return nil, err
	}
	return a.showSession(ctx, p, nil)
}

func (a *API) signOut(ctx context.Context, _ *none) (*none, error) {
	return &none{}, a.Access.End(ctx)
}

func (a *API) showSession(ctx context.Context, p access.Person, _ *none) (*answer[sessionShape], error) {
	out := &answer[sessionShape]{}
	err := a.Store.Read(ctx, func(tx *store.Tx) error {
		names, err := a.Territory.Names(ctx, tx)
		if err != nil {
			return err
		}
		root, err := a.Territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		dialects, err := a.Territory.Dialects(ctx, tx)
		if err != nil {
			return err
		}
		out.Body = sessionShape{
			Person: personOf(p, names), Town: root.Name, TownGrid: string(root.Code), Zone: a.Location.String(), Now: time.Now(),
			Dialects: shapes(dialects, func(d territory.Dialect) dialectShape {
				return dialectShape{Tag: string(d.Tag), Name: d.Name}
			}),
			May:             shapes(access.Acts(p.Role), func(act access.Act) string { return string(act) }),
			InitialPassword: p.Generated,
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Body.Notices, err = a.notices(ctx, p)
	return out, err
}

// notices are what p should know before all else.
func (a *API) notices(ctx context.Context, p access.Person) ([]string, error) {
	rules, err := a.Rounds.Quiet(ctx)
	if err != nil {
		return nil, err
	}
	l, notices := callerOf(ctx).language, []string{}
	for _, q := range rules {
		if q.Night && q.LiftedUntil.After(time.Now()) {
			notices = append(notices, sentence(l, "notice_night_lifted", map[string]any{
				"until": q.LiftedUntil.In(a.Location).Format("2006-01-02 15:04"), "reason": q.LiftReason,
			}))
		}
	}
	silent, err := a.silentNow(ctx, p, l)
	if err != nil {
		return nil, err
	}
	notices = append(notices, silent...)
	if a.Access.PublisherKey() == nil {
		notices = append(notices, sentence(l, "notice_no_key", nil))
	}
	return notices, nil
}

func (a *API) changePassword(ctx context.Context, p access.Person, in *making[passwordShape]) (*none, error) {
	p, err := a.Access.ChangePassword(ctx, p.ID, in.Body.Old, in.Body.New, callerOf(ctx).from)
	if err != nil {
		return nil, err
	}
	return &none{}, a.Access.Begin(ctx, p)
}
