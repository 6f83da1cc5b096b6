package service

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/kardianos/service"
	"golang.org/x/sys/windows"
)

// program is what the service manager drives. run is nil where the service is only described.
type program struct {
	run  func(context.Context) error
	stop context.CancelFunc
	done chan error
}

// Start begins to run and returns.
func (p *program) Start(service.Service) error {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	go func() {
		err := p.run(ctx)
		p.done <- err
		if ctx.Err() == nil {
			// It ended by itself: what the service manager takes for a failure is started again.
			os.Exit(1)
		}
	}()
	return nil
}

// Stop ends what runs and waits for it.
func (p *program) Stop(service.Service) error {
	p.stop()
	return <-p.done
}

// described is the service as the manager knows it.
func (s *Service) described() (service.Service, error) {
	return service.New(&program{}, &service.Config{
		Name: Name, DisplayName: "大喇叭 Dalaba agent", Description: "按时播放村里的广播,并如实记录。",
		Executable: s.o.Program, Arguments: []string{"run", "-config", s.o.Config},
		Dependencies: []string{"Audiosrv"},
		Option: service.KeyValue{
			service.StartType: service.ServiceStartAutomatic, service.OnFailure: service.OnFailureRestart,
			service.OnFailureDelayDuration: "2s", service.OnFailureResetPeriod: 60,
		},
	})
}

// Install makes the agent start with the machine, starts it, and says what it did.
func (s *Service) Install(context.Context) error {
	d, err := s.described()
	if err != nil {
		return err
	}
	if err := remove(d); err != nil {
		return err
	}
	if err := d.Install(); err != nil {
		return rights(fmt.Errorf("install service: %w", err))
	}
	if err := d.Start(); err != nil {
		return rights(fmt.Errorf("start service: %w", err))
	}
	s.say("开机会自动运行(不用登录),现在已经启动", "it starts with the machine, with nobody logged in, and has been started now")
	return nil
}

// Uninstall ends the agent and makes it start no more. What it recorded stays.
func (s *Service) Uninstall(context.Context) error {
	d, err := s.described()
	if err != nil {
		return err
	}
	if err := remove(d); err != nil {
		return err
	}
	s.say("不再开机运行;录音、安排和播放记录都还在,没有动", "it starts no more; recordings, programme and journal are where they were")
	return nil
}

// remove ends and removes the service, if there is one.
func remove(d service.Service) error {
	status, err := d.Status()
	if errors.Is(err, service.ErrNotInstalled) {
		return nil
	}
	if err != nil {
		return rights(fmt.Errorf("look for the service: %w", err))
	}
	if status == service.StatusRunning {
		if err := d.Stop(); err != nil {
			return rights(fmt.Errorf("end the service: %w", err))
		}
	}
	if err := d.Uninstall(); err != nil {
		return rights(fmt.Errorf("remove the service: %w", err))
	}
	return nil
}

// rights says in words what Windows calls access denied.
func rights(err error) error {
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return fmt.Errorf("%w: %w", ErrRights, err)
	}
	return err
}

// Text is what Install would tell the service manager.
func (s *Service) Text() (string, error) {
	return fmt.Sprintf("%s: %q run -config %q\n", Name, s.o.Program, s.o.Config), nil
}
