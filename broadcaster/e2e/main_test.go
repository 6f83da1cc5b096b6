package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	agent "dalaba/agent/app"
	broadcaster "dalaba/broadcaster/app"
)

// program is the environment variable that tells this binary to be a program instead of a test; its value is a role.
const program = "DALABA_E2E_PROGRAM"

// role is what a started binary shall be.
type role struct {
	Broadcaster *broadcasterRole
	Agent       *agentRole
}

type broadcasterRole struct{ Listen, Data, Zone string }

type agentRole struct {
	Data, Enrolment, Sound string
	KeepFree               int64 // bytes; zero means the agent's default
}

func TestMain(m *testing.M) {
	text := os.Getenv(program)
	if text == "" {
		os.Exit(m.Run())
	}
	var r role
	err := json.Unmarshal([]byte(text), &r)
	if err == nil {
		err = r.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run is the program until it is asked to end.
func (r role) run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if b := r.Broadcaster; b != nil {
		return broadcaster.Run(ctx, broadcaster.Options{
			Listen: b.Listen, Data: b.Data, Zone: b.Zone, Town: "九江镇", TownCode: "440605121", Version: "e2e", Logger: log,
			MaxUpload: 64 << 20, MaxClip: 30 * time.Minute, FFmpeg: "off",
		})
	}
	a, err := agent.New(agent.Options{
		Data: r.Agent.Data, KeepFree: r.Agent.KeepFree, Enrolment: r.Agent.Enrolment, Output: "file", Files: r.Agent.Sound, PerFile: 10 * time.Minute, Keep: 6,
		Buffer: 100 * time.Millisecond, Version: "e2e", Say: os.Stderr, Log: log,
	})
	if err != nil {
		return err
	}
	return a.Run(ctx)
}
