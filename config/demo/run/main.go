// Command run is the demo: it starts one broadcaster and three agents as processes of their own, and does by the public
// API what people do in the console: imports the town, creates and approves the horns, uploads recordings, writes the
// announcements and plans a round for every minute. It holds no way in that a person does not have.
//
// It ends on an interrupt or after -for; then it prints what the ledger says, and succeeds only if every horn's WAV file
// really holds sound. Arguments behind the flags are a command that is run with the town's address, name and password in
// its environment; then the demo ends with the command.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// options are what the command line says.
type options struct {
	folder   string        // state and WAV files
	programs string        // where broadcaster and agent lie
	listen   string        // the broadcaster's address
	length   time.Duration // zero: until interrupted
	sound    string        // the agents' output
	fresh    bool          // forget the state of an earlier demo
	bare     bool          // no announcements and no round
	command  []string      // what is run against the town, or nothing
}

func main() {
	var o options
	flag.StringVar(&o.folder, "dir", ".demo", "folder for state and WAV files")
	flag.StringVar(&o.programs, "programs", ".build", "folder of the programs broadcaster and agent")
	flag.StringVar(&o.listen, "listen", "127.0.0.1:8600", "the broadcaster's address; port 0 takes any")
	flag.DurationVar(&o.length, "for", 0, "stop after this long; 0 means on an interrupt")
	flag.StringVar(&o.sound, "sound", "file", "where the horns sound: file, device or auto")
	flag.BoolVar(&o.fresh, "fresh", false, "forget the state of an earlier demo")
	flag.BoolVar(&o.bare, "bare", false, "town and horns only, no announcements and no round")
	flag.Parse()
	o.command = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run is the whole demo. What it started has ended when it returns.
func run(ctx context.Context, o options) (err error) {
	if o.folder, err = filepath.Abs(o.folder); err != nil {
		return err
	}
	if o.fresh {
		if err := os.RemoveAll(o.folder); err != nil {
			return fmt.Errorf("forget the earlier demo: %w", err)
		}
	}
	if err := os.MkdirAll(o.folder, 0o755); err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	unlock, err := lock(filepath.Join(o.folder, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	if o.listen, err = free(o.listen); err != nil {
		return err
	}

	processes := &family{}
	defer func() { err = errors.Join(err, processes.end()) }()
	broadcaster, err := startBroadcaster(processes, o)
	if err != nil {
		return err
	}
	password, err := broadcaster.ready(ctx)
	if err != nil {
		return processes.blame(err)
	}
	town, err := furnish(ctx, processes, o, broadcaster.address, password)
	if err != nil {
		return processes.blame(err)
	}
	due := time.Time{}
	if !o.bare {
		if due, err = town.announce(ctx, time.Now()); err != nil {
			return processes.blame(err)
		}
	}
	greet(o, broadcaster.address, password, due)
	if len(o.command) > 0 {
		return processes.blame(try(ctx, o, broadcaster.address, password))
	}
	if err := processes.wait(ctx, o.length); err != nil {
		return err
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	counted, err := town.summary(closing, os.Stdout)
	if err != nil {
		return err
	}
	if err := processes.end(); err != nil {
		return err
	}
	return judge(os.Stdout, o, town.horns, counted)
}

// try runs o's command against the town.
func try(ctx context.Context, o options, address, password string) error {
	state, err := filepath.Abs(o.folder)
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, o.command[0], o.command[1:]...)
	c.Env = append(os.Environ(), "BASE_URL="+address, "NAME=admin", "PASSWORD="+password, "STATE="+state)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// greet tells the person where to go.
func greet(o options, address, password string, due time.Time) {
	fmt.Printf("\n  控制台 console   %s\n  用户 user        admin\n  密码 password    %s\n", address, password)
	fmt.Printf("  声音 sound       %s\n", filepath.Join(o.folder, "<horn>", "sound", "*.wav"))
	fmt.Println("  静音 quiet       演示期间夜间静音已解除 the demo has lifted the town's night (22:00-06:00)")
	if !due.IsZero() {
		fmt.Printf("  首播 first round %s, 以后每分钟一次 then every minute\n", due.Local().Format(time.TimeOnly))
	}
	if o.length > 0 {
		fmt.Printf("  到 %s 自动结束 ends by itself\n\n", time.Now().Add(o.length).Local().Format(time.TimeOnly))
		return
	}
	fmt.Print("  按 Ctrl+C 结束 press Ctrl+C to end\n\n")
}
