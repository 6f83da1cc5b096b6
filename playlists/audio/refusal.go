package audio

import (
	"errors"
	"fmt"

	"dalaba/playlists"
)

// Foreign is in the chain of a refusal when the recording is in a form that is not read here, but that another program
// may turn into one that is.
type Foreign struct {
	// Kind is what the file is.
	Kind Kind
}

// Error names the form.
func (f *Foreign) Error() string { return "in the form " + string(f.Kind) }

// ForeignOf returns the Foreign in err's chain, or nil.
func ForeignOf(err error) *Foreign {
	var f *Foreign
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// unread is the refusal of a file of a kind that is not read. It says what the file is, as far as that is known.
func unread(k Kind) error {
	code := "form_unread"
	switch {
	case k == "":
		return &playlists.Problem{Kind: playlists.Invalid, Code: "not_a_recording"}
	case !k.sound():
		return refused("not_a_recording_but", "format", string(k))
	case k == KindSILK:
		code = "form_wechat_voice"
	case k.video():
		code = "form_video"
	}
	return foreign(code, k, nil)
}

// foreign is the refusal of what another program may be able to read.
func foreign(code string, k Kind, args map[string]any) error {
	if args == nil {
		args = map[string]any{"format": string(k)}
	}
	return &playlists.Problem{Kind: playlists.Invalid, Code: code, Args: args, Err: &Foreign{Kind: k}}
}

// refusedFormat is the refusal of a WAV file whose samples are written in a way that is not read.
func refusedFormat(tag, bits int) error {
	var name string
	switch tag {
	case formatPCM, formatFloat:
		return foreign("wav_bits", KindWAV, map[string]any{"bits": bits})
	case 0x02, 0x11:
		name = "ADPCM"
	case 0x06:
		name = "A-law"
	case 0x07:
		name = "µ-law"
	case 0x31:
		name = "GSM"
	case 0x50, 0x55:
		name = "MP3"
	case 0x160, 0x161, 0x162:
		name = "WMA"
	case 0xFF, 0x1600:
		name = "AAC"
	default:
		return &playlists.Problem{Kind: playlists.Invalid, Code: "wav_format_unknown", Err: fmt.Errorf("format tag %#04x", tag)}
	}
	return foreign("wav_format", KindWAV, map[string]any{"format": name})
}

// damaged is the refusal of a file of a kind that is read, but whose content is not what it should be.
func damaged(k Kind, why error) error {
	return &playlists.Problem{
		Kind: playlists.Invalid, Code: "recording_broken", Args: map[string]any{"format": string(k)}, Err: why,
	}
}

func tooLong(seconds, limit float64) error {
	return &playlists.Problem{
		Kind: playlists.TooLarge, Code: "clip_too_long", Args: map[string]any{"minutes": minutes(seconds), "limit": int64(limit / 60)},
	}
}

func noSamples() error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: "clip_no_sound"}
}

func refused(code, place string, value any) error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: code, Args: map[string]any{place: value}}
}
