//go:build !linux && !windows

package service

import "context"

// Install is not known here.
func (s *Service) Install(context.Context) error { return ErrNoSystemd }

// Uninstall is not known here.
func (s *Service) Uninstall(context.Context) error { return ErrNoSystemd }

// Text is not known here.
func (s *Service) Text() (string, error) { return "", ErrNoSystemd }
