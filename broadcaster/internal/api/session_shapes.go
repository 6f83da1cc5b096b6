package api

import "time"

// personShape is somebody who may sign in.
type personShape struct {
	ID       string `json:"id"`
	Name     string `json:"name" doc:"What the person signs in with"`
	Display  string `json:"display" doc:"What the person is called"`
	Role     string `json:"role" enum:"administrator,official"`
	Grid     string `json:"grid" doc:"Code of the grid at and below which the role holds"`
	GridName string `json:"grid_name"`
}

// dialectShape is a way of speaking that the town lists.
type dialectShape struct {
	Tag  string `json:"tag" example:"yue"`
	Name string `json:"name" example:"粤语"`
}

// sessionShape is what the console needs to know before it shows anything.
type sessionShape struct {
	Person   personShape    `json:"person"`
	Town     string         `json:"town"`
	TownGrid string         `json:"town_grid" doc:"Code of the root"`
	Zone     string         `json:"zone" doc:"IANA name of the zone of every civil time"`
	Now      time.Time      `json:"now"`
	Dialects []dialectShape `json:"dialects"`
	May      []string       `json:"may" doc:"The acts that the person's role allows somewhere"`
	Notices  []string       `json:"notices" doc:"Sentences that everybody should see, such as that the night's quiet is lifted"`
	// InitialPassword is true while the person still uses the password that was generated at first start.
	InitialPassword bool `json:"initial_password"`
}

type signInShape struct {
	Name     string `json:"name" minLength:"1" maxLength:"80"`
	Password string `json:"password" minLength:"1" maxLength:"200"`
}

type passwordShape struct {
	Old string `json:"old" maxLength:"200"`
	New string `json:"new" maxLength:"200"`
}

type newPersonShape struct {
	Name    string `json:"name" minLength:"1" maxLength:"80"`
	Display string `json:"display" minLength:"1" maxLength:"80"`
	Role    string `json:"role" enum:"administrator,official"`
	Grid    string `json:"grid" maxLength:"18"`
}

// madePersonShape carries the generated password, once.
type madePersonShape struct {
	Person   personShape `json:"person"`
	Password string      `json:"password"`
}
