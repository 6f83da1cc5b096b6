// Package e2e holds stories over both programs: real processes, real websockets, SQLite on disk, sound in WAV files. Each
// program of a story is this test binary started again, so that it can be killed at any moment. The stories speak the
// public API as people do; they look at nothing that people cannot see but the WAV files, where they listen.
package e2e
