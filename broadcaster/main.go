// Command broadcaster is the centre of Dalaba: it serves the console, makes each terminal its signed programme, and
// keeps the ledger of what sounded. This file turns the command line and the settings into app.Options and a signal
// into the end of a context; everything else is in package app.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"dalaba/broadcaster/app"
	"dalaba/config"
)

// version is set when a release is built.
var version = "unreleased"

func main() {
	// The standard logger is not ours: the FLAC decoder would write a line for each block of some files.
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "broadcaster",
		Short:         "Dalaba 大喇叭: public-address scheduling for towns and villages",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	var settings string
	root.PersistentFlags().StringVar(&settings, "config", "broadcaster.yaml", "the file of settings")
	root.AddCommand(&cobra.Command{
		Use:   "run",
		Short: "Serve the console and the terminals until interrupted",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := options(settings)
			if err != nil {
				return err
			}
			return app.Run(cmd.Context(), o)
		},
	}, &cobra.Command{
		Use:   "check",
		Short: "Read the settings and say what is wrong with them",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := options(settings); err != nil {
				return err
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), settings+": 没有问题 nothing is wrong")
			return err
		},
	}, &cobra.Command{
		Use:   "reset-password NAME",
		Short: "Give somebody who has forgotten the password a new one",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := options(settings)
			if err != nil {
				return err
			}
			password, err := app.ResetPassword(cmd.Context(), o, args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), password)
			return err
		},
	})
	return root
}

// options are the settings as app wants them.
func options(path string) (app.Options, error) {
	c, err := config.LoadBroadcaster(path, os.Environ())
	if err != nil {
		return app.Options{}, err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Log.Level)); err != nil {
		return app.Options{}, fmt.Errorf("log level: %w", err)
	}
	return app.Options{
		Listen:         c.Listen,
		Address:        c.PublicAddress,
		Data:           c.Data,
		Zone:           c.Zone,
		Town:           c.Town.Name,
		TownCode:       c.Town.Code,
		Certificate:    c.TLS.Certificate,
		CertificateKey: c.TLS.Key,
		MaxUpload:      int64(c.Limits.UploadMegabytes) << 20,
		MaxClip:        c.Limits.LongestClip(),
		TargetLUFS:     c.Library.TargetLUFS,
		CeilingDBTP:    c.Library.Ceiling,
		FFmpeg:         c.Library.FFmpeg,
		Version:        version,
		Logger:         slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})),
	}, nil
}
