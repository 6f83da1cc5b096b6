package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

type peopleShape struct {
	People []personShape `json:"people"`
}

func personOf(p access.Person, names territory.Names) personShape {
	return personShape{
		ID: p.ID, Name: p.Name, Display: p.Display, Role: string(p.Role), Grid: string(p.Grid), GridName: names.Path(p.Grid),
	}
}

// names returns the names of all grids.
func (a *API) names(ctx context.Context) (names territory.Names, err error) {
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		names, err = a.Territory.Names(ctx, tx)
		return err
	})
	return names, err
}

func (a *API) listPeople(ctx context.Context, p access.Person, _ *none) (*answer[peopleShape], error) {
	if err := a.may(p, access.ActManagePeople, p.Grid); err != nil {
		return nil, err
	}
	people, err := a.Access.People(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[peopleShape]{Body: peopleShape{People: []personShape{}}}
	for _, other := range people {
		if a.may(p, access.ActManagePeople, other.Grid) == nil {
			out.Body.People = append(out.Body.People, personOf(other, names))
		}
	}
	return out, nil
}

func (a *API) makePerson(ctx context.Context, p access.Person, in *making[newPersonShape]) (*answer[madePersonShape], error) {
	node := playlists.GridCode(in.Body.Grid)
	if err := a.may(p, access.ActManagePeople, node); err != nil {
		return nil, err
	}
	made, password, err := a.Access.CreatePerson(ctx, access.Draft{
		Name: in.Body.Name, Display: in.Body.Display, Role: access.Role(in.Body.Role), Grid: node,
	})
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicPeople)
	return &answer[madePersonShape]{Body: madePersonShape{Person: personOf(made, names), Password: password}}, nil
}

func (a *API) removePerson(ctx context.Context, p access.Person, in *byID) (*none, error) {
	other, err := a.Access.Person(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActManagePeople, other.Grid); err != nil {
		return nil, err
	}
	if err := a.Access.RemovePerson(ctx, in.ID); err != nil {
		return nil, err
	}
	a.feed.Changed(TopicPeople)
	return &none{}, nil
}
