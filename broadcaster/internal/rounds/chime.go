package rounds

import "dalaba/playlists"

// chime returns the recording with the digest that text is; nil for the empty text.
func (b *book) chime(text string) (*playlists.Clip, error) {
	if text == "" {
		return nil, nil
	}
	digest, err := playlists.ParseDigest(text)
	if err != nil {
		return nil, err
	}
	clip, known := b.clips[digest]
	if !known {
		return nil, nil
	}
	return &clip, nil
}

// chimeText is what chime reads.
func chimeText(clip *playlists.Clip) string {
	if clip == nil {
		return ""
	}
	return clip.Digest.String()
}

// checkChime replaces p's chime by the library's clip, and refuses one that would take too long.
func (b *book) checkChime(p *Playlist) error {
	if p.Chime == nil {
		return nil
	}
	clip, known := b.clips[p.Chime.Digest]
	if !known {
		return invalid("recording_unknown", "chime", nil)
	}
	if clip.Duration > playlists.MaxChime {
		return invalid("chime_too_long", "chime", map[string]any{
			"most": int(playlists.MaxChime.Duration().Seconds()), "is": int64(clip.Duration+999) / 1000,
		})
	}
	p.Chime = &clip
	return nil
}

// chimes tells whether p begins with the recording.
func (p *Playlist) chimes(digest playlists.Digest) bool {
	return p.Chime != nil && p.Chime.Digest == digest
}
