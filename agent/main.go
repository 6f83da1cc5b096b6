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
	"dalaba/agent/internal/parent"
	"dalaba/agent/internal/service"
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
  agent check     -config FILE [-lang en]          安装单:这台电脑行不行,哪里要改 what the installer must know of this machine
  agent enrol     -config FILE CODE                接入:用网页上的接入码 make this machine the terminal that CODE was made for
  agent test      -config FILE [-volume 30]        试响:放一声,听喇叭响不响 one rising tone, to be heard at the horn, and by the microphone there
  agent install   -config FILE [-way auto|system|user] [-print]
                                                   开机自动运行 start with the machine, with nobody logged in
  agent uninstall -config FILE                     不再开机运行,记录不删 undo that; what was recorded stays
  agent run       -config FILE                     运行 play, fetch and report until stopped
  agent version

The code comes from the console, where a terminal is created. With a code in FILE, "agent run" enrols by itself.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, problems := service.Console()
	os.Exit(run(ctx, os.Args[1:], out, problems))
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
	case "check":
		err = check(ctx, rest, out, problems)
	case "test":
		err = test(ctx, rest, out, problems)
	case "install":
		err = install(ctx, rest, out, problems)
	case "uninstall":
		err = uninstall(ctx, rest, out, problems)
	case "version":
		fmt.Fprintln(out, version)
	case "-h", "-help", "--help", "help":
		fmt.Fprint(out, usage)
	default:
		fmt.Fprintf(problems, "agent: there is no command %q\n\n%s", command, usage)
		return 2
	}
	var ended parent.Ended
	var again startAgain
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &ended): // it has said why
		return ended.Status
	}
	fmt.Fprintf(problems, "agent: %v\n", err)
	if errors.As(err, &again) {
		return parent.StatusAgain
	}
	return 1
}

// options reads the flags, which may stand before and after other arguments, and the file that they name. own adds the
// flags of one command, or is nil.
func options(args []string, out, problems io.Writer, own func(*flag.FlagSet)) (o app.Options, rest []string, err error) {
	flags := flag.NewFlagSet("agent", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.Usage = func() { fmt.Fprint(problems, usage) }
	path := flags.String("config", "agent.yaml", "the settings `FILE`")
	if own != nil {
		own(flags)
	}
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
		Data: settings.Data, KeepFree: int64(settings.KeepFreeMB) << 20, Config: *path, Address: settings.Address, Enrolment: settings.Enrolment,
		Output: settings.Sound.Output, Files: settings.Sound.File.Folder, PerFile: settings.Sound.File.PerFile(),
		Keep: settings.Sound.File.Keep, Buffer: settings.Sound.Buffer(),
		Relay: app.Relay{
			On: settings.Sound.Relay.On, Off: settings.Sound.Relay.Off, Lead: settings.Sound.Relay.Lead(), Hold: settings.Sound.Relay.Hold(),
		},
		Microphone: settings.Microphone.Command,
		Version:    version, Say: out, Log: slog.New(slog.NewTextHandler(problems, &slog.HandlerOptions{Level: level})),
	}, rest, nil
}
