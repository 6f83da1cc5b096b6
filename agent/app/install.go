package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dalaba/agent/internal/service"
)

// Text says what Install would write. way is one of the ways of package service.
func (a *Agent) Text(way string) error {
	s, err := a.service(way)
	if err != nil {
		return err
	}
	text, err := s.Text()
	if err == nil {
		_, err = fmt.Fprint(a.o.Say, text)
	}
	return err
}

// Install makes the agent start with the machine, and starts it.
func (a *Agent) Install(ctx context.Context, way string) error {
	s, err := a.service(way)
	if err != nil {
		return err
	}
	return s.Install(ctx)
}

// Uninstall undoes Install. What was recorded stays.
func (a *Agent) Uninstall(ctx context.Context) error {
	s, err := a.service("")
	if err != nil {
		return err
	}
	return s.Uninstall(ctx)
}

func (a *Agent) service(way string) (*service.Service, error) {
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return service.New(service.Options{Program: program, Config: a.whole(a.o.Config), Way: service.Way(way), Say: a.o.Say})
}
