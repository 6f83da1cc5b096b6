// Command agent is the program of one terminal: it plays what its broadcaster has planned for it, on time, with or
// without a network, and tells truly what it did.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"dalaba/agent/app"
	"dalaba/config"
)

// version is set when the program is built for shipping.
var version = "dev"

// The Go runtime would let the heap double before it collects; a village PC's memory is better used otherwise.
const (
	collectAt   = 25
	memoryLimit = 96 << 20
)

const usage = `Usage:
  agent run   -config FILE          play, fetch and report until stopped
  agent enrol -config FILE CODE     make this machine the terminal that CODE was made for
  agent version

The code comes from the console, where a terminal is created. With a code in FILE, "agent run" enrols by itself.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program but for the process around it. It returns the exit status.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(problems, usage)
		return 2
	}
	var err error
	switch command, rest := args[0], args[1:]; command {
	case "run":
		err = play(ctx, rest, out, problems)
	case "enrol":
		err = enrol(ctx, rest, out, problems)
	case "version":
		fmt.Fprintln(out, version)
	case "-h", "-help", "--help", "help":
		fmt.Fprint(out, usage)
	default:
		fmt.Fprintf(problems, "agent: there is no command %q\n\n%s", command, usage)
		return 2
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(problems, "agent: %v\n", err)
		return 1
	}
	return 0
}

func play(ctx context.Context, args []string, out, problems io.Writer) error {
	o, rest, err := options(args, out, problems)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("run takes no %q", rest[0])
	}
	a, err := app.New(o)
	if err != nil {
		return err
	}
	if err := a.Run(ctx); !errors.Is(err, app.ErrRestart) {
		return err
	}
	fmt.Fprintf(problems, "agent: %v\n", app.ErrRestart)
	return restart()
}

func enrol(ctx context.Context, args []string, out, problems io.Writer) error {
	o, rest, err := options(args, out, problems)
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

// options reads the flags, which may stand before and after other arguments, and the file that they name.
func options(args []string, out, problems io.Writer) (o app.Options, rest []string, err error) {
	flags := flag.NewFlagSet("agent", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.Usage = func() { fmt.Fprint(problems, usage) }
	path := flags.String("config", "agent.yaml", "the settings `FILE`")
	for {
		if err := flags.Parse(args); err != nil {
			return o, nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		rest, args = append(rest, flags.Arg(0)), flags.Args()[1:]
	}
	settings, err := config.LoadAgent(*path, os.Environ())
	if err != nil {
		return o, nil, err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(settings.Log.Level)); err != nil {
		return o, nil, fmt.Errorf("log level: %w", err)
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(memoryLimit)
	return app.Options{
		Data: settings.Data, Address: settings.Address, Enrolment: settings.Enrolment,
		Output: settings.Sound.Output, Files: settings.Sound.File.Folder, PerFile: settings.Sound.File.PerFile(),
		Keep: settings.Sound.File.Keep, Buffer: settings.Sound.Buffer(),
		Version: version, Say: out, Log: slog.New(slog.NewTextHandler(problems, &slog.HandlerOptions{Level: level})),
	}, rest, nil
}
