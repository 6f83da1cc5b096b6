package playlists

// Dialect is a BCP-47 tag of what is spoken: cmn 普通话, yue 粤语, or a local one as a private subtag
// (yue-x-jiujiang 九江话). A town lists its own.
type Dialect string

// Clip is an immutable recording as agents play it. Its bytes are a mono 16-bit PCM WAV file at 48,000 frames a second.
type Clip struct {
	// Digest is the SHA-256 of the clip's bytes.
	Digest Digest `json:"digest"`
	// Bytes is the size of the file.
	Bytes int64 `json:"bytes"`
	// Duration is what sounds, in milliseconds.
	Duration Millis `json:"duration_ms"`
	// Dialect is what is spoken in it.
	Dialect Dialect `json:"dialect"`
}
