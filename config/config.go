// Package config reads the settings of both programs, from a YAML file and from the environment. It is strict: a setting
// that it does not know, or a value that cannot be meant, is a mistake, and all mistakes are told at once (Mistakes), each
// with its file and line and a sentence for the person who keeps a village's loudspeakers going.
//
// Every setting is a scalar with a dotted key, such as log.level. One table per program (the settings methods) says which
// there are and how each is read; the file, the environment and the tests of the reference files all go by it. The
// file's text is mended where the intention is plain (a Tab, a full-width colon), so that reading goes on to the next
// mistake, but a mended file is refused as well.
//
// In the environment log.level is DALABA_LOG_LEVEL; it wins over the file, and an empty variable says nothing. A relative
// path in the file counts from the file's folder, one in the environment from where the program was started.
//
// broadcaster.yaml and agent.yaml beside this file are the reference: every setting with its default and what it is for.
package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// MaxFile bounds a file of settings, in bytes.
const MaxFile = 64 << 10

// Broadcaster is the settings of the broadcaster.
type Broadcaster struct {
	// Listen is the host and port that the console and the terminals are served on.
	Listen string
	// PublicAddress is the base URL at which people and terminals reach it, without a slash at the end.
	PublicAddress string
	// Data is the folder of everything that is kept.
	Data string
	// Zone is the IANA name of the zone of the town's civil times.
	Zone   string
	Town   Town
	Log    Log
	TLS    TLS
	Limits Limits
	// Library says what is made of what people upload.
	Library Library
}

// Town is what the installation serves.
type Town struct {
	// Name is what it is called before a grid tree has been imported.
	Name string
	// Code is its statistical division code, 9 digits; a tree of another town is not imported.
	Code string
}

// Log says what is logged.
type Log struct {
	// Level is debug, info, warn or error.
	Level string
}

// TLS names the files of a certificate, in PEM; both are empty or neither is.
type TLS struct {
	Certificate, Key string
}

// Limits bound what people upload.
type Limits struct {
	// UploadMegabytes is the largest file, in MiB.
	UploadMegabytes int
	// ClipMinutes is the longest recording.
	ClipMinutes int
}

// LongestClip is Limits.ClipMinutes as a length of time.
func (l Limits) LongestClip() time.Duration { return time.Duration(l.ClipMinutes) * time.Minute }

// Agent is the settings of an agent.
type Agent struct {
	// Data is the folder of everything that is kept.
	Data string
	// KeepFreeMB is the disk space that recordings leave alone, in MiB.
	KeepFreeMB int
	// Address is the broadcaster's base URL where it has moved since the agent was enrolled, else empty.
	Address string
	// Enrolment is the one-time code, empty once the agent is enrolled.
	Enrolment  string
	Sound      Sound
	Microphone Microphone
	Log        Log
}

// Microphone is one near the horn.
type Microphone struct {
	// Command is a program and its arguments that writes what it hears to its standard output; empty for none.
	Command []string
}

// Sound says where sound goes.
type Sound struct {
	// Output is auto, device or file.
	Output string
	File   SoundFile
	// BufferMS is how much sound waits in the device, in milliseconds.
	BufferMS int
	Relay    Relay
}

// Relay says how an amplifier is switched.
type Relay struct {
	// On and Off are the commands, each a program and its arguments; both are empty or neither is.
	On, Off []string
	// LeadS is how many seconds before sound it is on, and HoldS how many it stays on behind it.
	LeadS, HoldS int
}

// Lead is LeadS as a length of time.
func (r Relay) Lead() time.Duration { return time.Duration(r.LeadS) * time.Second }

// Hold is HoldS as a length of time.
func (r Relay) Hold() time.Duration { return time.Duration(r.HoldS) * time.Second }

// SoundFile is where sound goes that is written into WAV files.
type SoundFile struct {
	Folder string
	// MinutesPerFile is how long a file is, and Keep how many of them are kept.
	MinutesPerFile, Keep int
}

// Buffer is BufferMS as a length of time.
func (s Sound) Buffer() time.Duration { return time.Duration(s.BufferMS) * time.Millisecond }

// PerFile is MinutesPerFile as a length of time.
func (f SoundFile) PerFile() time.Duration { return time.Duration(f.MinutesPerFile) * time.Minute }

// defaultBroadcaster is what holds where nothing is said. PublicAddress follows from Listen.
func defaultBroadcaster() Broadcaster {
	return Broadcaster{
		Listen: "127.0.0.1:8600",
		Data:   "data",
		Zone:   "Asia/Shanghai",
		Town:   Town{Name: "示例镇", Code: "440605121"},
		Log:    Log{Level: "info"},
		Limits: Limits{UploadMegabytes: 200, ClipMinutes: 30},

		Library: defaultLibrary(),
	}
}

func defaultAgent() Agent {
	return Agent{
		Data:       "data",
		KeepFreeMB: 200,
		Sound: Sound{
			Output: "auto", File: SoundFile{Folder: "sound", MinutesPerFile: 60, Keep: 24}, BufferMS: 100,
			Relay: Relay{LeadS: 3, HoldS: 5},
		},
		Log: Log{Level: "info"},
	}
}

// settings are all settings of the broadcaster, in the order of the reference file.
func (b *Broadcaster) settings() []setting {
	return []setting{
		{"listen", listenAddress(&b.Listen)},
		{"public_address", webAddress(&b.PublicAddress)},
		{"data", folder(&b.Data)},
		{"zone", zone(&b.Zone)},
		{"town.name", words(&b.Town.Name, 40)},
		{"town.code", townCode(&b.Town.Code)},
		{"log.level", oneOf(&b.Log.Level, "debug", "info", "warn", "error")},
		{"tls.certificate", file(&b.TLS.Certificate)},
		{"tls.key", file(&b.TLS.Key)},
		{"limits.upload_megabytes", number(&b.Limits.UploadMegabytes, 1, 2000)},
		{"limits.clip_minutes", number(&b.Limits.ClipMinutes, 1, 180)},
		{"library.target_lufs", decimal(&b.Library.TargetLUFS, -30, -10)},
		{"library.ceiling", decimal(&b.Library.Ceiling, -9, -0.5)},
		{"library.ffmpeg", program(&b.Library.FFmpeg)},
	}
}

// settings are all settings of an agent, in the order of the reference file.
func (a *Agent) settings() []setting {
	return []setting{
		{"data", folder(&a.Data)},
		{"keep_free_mb", number(&a.KeepFreeMB, 20, 100_000)},
		{"address", webAddress(&a.Address)},
		{"enrolment", code(&a.Enrolment)},
		{"sound.output", oneOf(&a.Sound.Output, "auto", "device", "file")},
		{"sound.file.folder", folder(&a.Sound.File.Folder)},
		{"sound.file.minutes_per_file", number(&a.Sound.File.MinutesPerFile, 1, 360)},
		{"sound.file.keep", number(&a.Sound.File.Keep, 1, 10_000)},
		{"sound.buffer_ms", number(&a.Sound.BufferMS, 20, 1000)},
		{"sound.relay.on", command(&a.Sound.Relay.On)},
		{"sound.relay.off", command(&a.Sound.Relay.Off)},
		{"sound.relay.lead_s", number(&a.Sound.Relay.LeadS, 0, 60)},
		{"sound.relay.hold_s", number(&a.Sound.Relay.HoldS, 0, 600)},
		{"microphone.command", command(&a.Microphone.Command)},
		{"log.level", oneOf(&a.Log.Level, "debug", "info", "warn", "error")},
	}
}

// LoadBroadcaster reads the broadcaster's settings from the file at path, or from no file where path is "", and from env,
// which is as os.Environ gives it. What is wrong with them comes as Mistakes.
func LoadBroadcaster(path string, env []string) (Broadcaster, error) {
	b := defaultBroadcaster()
	b.Data = beside(path, b.Data)
	l := load(path, env, b.settings(), (&Agent{}).settings())
	l.checkReach(&b)
	return b, l.result()
}

// LoadAgent reads an agent's settings as LoadBroadcaster does.
func LoadAgent(path string, env []string) (Agent, error) {
	a := defaultAgent()
	a.Data, a.Sound.File.Folder = beside(path, a.Data), beside(path, a.Sound.File.Folder)
	l := load(path, env, a.settings(), (&Broadcaster{}).settings())
	l.checkRelay(&a)
	return a, l.result()
}

// beside returns name as it is meant in the file at path.
func beside(path, name string) string {
	if path == "" || name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(path), name)
}

// load sets what the file and the environment say. foreign are the other program's settings, which the environment may
// hold as well.
func load(path string, env []string, own, foreign []setting) *loading {
	l := &loading{file: path, own: own, places: make(map[string]place), wrong: make(map[string]bool)}
	if path != "" {
		text, err := readFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			l.say(place{file: path}, sentence{"找不到这个文件", "there is no such file"})
		case err != nil:
			l.say(place{file: path}, sentence{"读不了这个文件:" + err.Error(), "it cannot be read: " + err.Error()})
		default:
			l.readFile(text)
		}
	}
	l.readEnvironment(env, foreign)
	return l
}

func readFile(path string) ([]byte, error) {
	found, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !found.Mode().IsRegular() || found.Size() > MaxFile {
		return nil, errors.New("not a file of settings")
	}
	return os.ReadFile(path)
}
