package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"dalaba/agent/app"
)

// safeVolume is how loud a test is where nothing is said, in percent: to be heard, and not to frighten.
const safeVolume = 30

// check says the installation sheet.
func check(ctx context.Context, args []string, out, problems io.Writer) error {
	language := "zh"
	a, err := prepared(args, out, problems, func(f *flag.FlagSet) { f.StringVar(&language, "lang", "zh", "") })
	if err != nil {
		return err
	}
	if language != "zh" && language != "en" {
		return fmt.Errorf("-lang %q: want zh or en", language)
	}
	return a.Check(ctx, language)
}

// test sounds one tone.
func test(ctx context.Context, args []string, out, problems io.Writer) error {
	volume := safeVolume
	a, err := prepared(args, out, problems, func(f *flag.FlagSet) { f.IntVar(&volume, "volume", safeVolume, "") })
	if err != nil {
		return err
	}
	if volume < 1 || volume > 100 {
		return fmt.Errorf("-volume %d: 音量是 1 到 100 (want 1 to 100)", volume)
	}
	return a.Test(ctx, volume)
}

// install makes the agent start with the machine, or only says what would be written.
func install(ctx context.Context, args []string, out, problems io.Writer) error {
	var way string
	var only bool
	a, err := prepared(args, out, problems, func(f *flag.FlagSet) {
		f.StringVar(&way, "way", "auto", "")
		f.BoolVar(&only, "print", false, "")
	})
	switch {
	case err != nil:
		return err
	case only:
		return a.Text(way)
	}
	return a.Install(ctx, way)
}

// uninstall undoes that.
func uninstall(ctx context.Context, args []string, out, problems io.Writer) error {
	a, err := prepared(args, out, problems, nil)
	if err != nil {
		return err
	}
	return a.Uninstall(ctx)
}

// prepared is the agent that a command without words of its own is about.
func prepared(args []string, out, problems io.Writer, own func(*flag.FlagSet)) (*app.Agent, error) {
	o, rest, err := options(args, out, problems, own)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("there is no use for %q", rest[0])
	}
	return app.New(o)
}
