package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"dalaba/agent/app"
	"dalaba/agent/internal/parent"
	"dalaba/agent/internal/service"
)

// startAgain is an error after which a new process may do better.
type startAgain struct{ error }

// play runs the agent in a child of this process, which is started again whenever it ends by itself. The child is the same
// program with -child.
func play(ctx context.Context, args []string, out, problems io.Writer) error {
	var child bool
	o, rest, err := options(args, out, problems, func(f *flag.FlagSet) { f.BoolVar(&child, "child", false, "") })
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("run takes no %q", rest[0])
	}
	if child {
		return sound(parent.Orphaned(ctx), o)
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	p, err := parent.New(parent.Options{
		Program: program, Arguments: append([]string{"run", "-child"}, args...), Out: out, Problems: problems,
		Log: o.Log.With("component", "parent"),
	})
	if err != nil {
		return err
	}
	return service.Serve(ctx, p.Run)
}

// sound is what the child does.
func sound(ctx context.Context, o app.Options) error {
	a, err := app.New(o)
	if err != nil {
		return err
	}
	err = a.Run(ctx)
	if err == nil || app.ForPerson(err) {
		return err
	}
	return startAgain{err}
}

func enrol(ctx context.Context, args []string, out, problems io.Writer) error {
	o, rest, err := options(args, out, problems, nil)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return errors.New("enrol takes one code")
	}
	o.Enrolment = rest[0]
	a, err := app.New(o)
	if err != nil {
		return err
	}
	return a.Enrol(ctx)
}
