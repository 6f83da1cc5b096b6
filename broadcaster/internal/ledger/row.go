package ledger

import (
	"encoding/json"
	"strings"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Bounds on what a row may say.
const (
	maxWord    = 64      // bytes of an id, a digest, a dialect or a cause
	maxName    = 400     // bytes of what is meant for people
	maxContent = 4 << 10 // bytes of a bad row that quarantine keeps
	maxEntries = 10_000  // entries of one airing
	maxAttempt = 10_000
	// maxLead is how long a chime can be, with the breath behind it.
	maxLead = playlists.MaxChime + timetable.Breath
	// maxRevisions bounds an account: a terminal's programme is reissued daily and after each edit.
	maxRevisions = 1_000
	// maxAhead is how far in the future a report may lie before its clock is not to be believed.
	maxAhead = 24 * time.Hour
	// maxNumber bounds sequences and revisions, which columns keep signed.
	maxNumber = 1 << 62
)

// earliest is before anything that this program can have planned.
var earliest = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// row is one row of a journal as it came.
type row struct {
	playlists.Report
	content json.RawMessage
	// bad says in a word why the row cannot be believed; empty when it can.
	bad string
}

// readRow reads content. A row whose sequence cannot be read has none, until number gives it one.
func readRow(content json.RawMessage) row {
	r := row{content: content}
	if err := json.Unmarshal(content, &r.Report); err != nil {
		var only struct {
			Seq uint64 `json:"seq"`
		}
		if json.Unmarshal(content, &only) != nil {
			only.Seq = 0
		}
		r.Report, r.bad = playlists.Report{Seq: only.Seq}, "unreadable"
	}
	if r.Seq == 0 || r.Seq > maxNumber {
		r.Seq, r.bad = 0, "sequence"
	}
	return r
}

// number gives the rows without a sequence the one that their neighbours leave for them: nothing that a row says may
// block the rows behind it. Where no row has one, they are the next after acked.
func number(rows []row, acked uint64) {
	next := acked + 1
	for i := range rows {
		if rows[i].Seq > 0 {
			if seq := rows[i].Seq; seq > uint64(i) {
				next = seq - uint64(i)
			}
			break
		}
	}
	for i := range rows {
		if rows[i].Seq == 0 {
			rows[i].Seq = next
		}
		next = rows[i].Seq + 1
	}
}

// check tells in a word what cannot be believed about r, coming from terminal at now, or nothing.
func (r *row) check(terminal playlists.TerminalID, now time.Time) string {
	if r.bad != "" {
		return r.bad
	}
	parts := 0
	for _, set := range []bool{r.Play != nil, r.Miss != nil, r.Accounted != nil} {
		if set {
			parts++
		}
	}
	switch {
	case parts != 1:
		return "parts"
	case r.Play != nil:
		return checkPlay(r.Play, terminal, now)
	case r.Miss != nil:
		return checkMiss(r.Miss, terminal, now)
	}
	return checkAccounted(r.Accounted, now)
}

func checkPlay(p *playlists.Play, terminal playlists.TerminalID, now time.Time) string {
	words := []string{
		p.Event, string(p.Announcement), string(p.Dialect), p.Boot, p.Process, string(p.Clock), string(p.Result),
		string(p.Cause), p.ByKind, string(p.ByGrid), p.Output,
	}
	for _, word := range words {
		if !plain(word, maxWord) {
			return "text"
		}
	}
	switch {
	case p.Event == "":
		return "event"
	case !plain(p.By, maxName):
		return "text"
	case p.Attempt < 1 || p.Attempt > maxAttempt:
		return "attempt"
	case p.Entries < 1 || p.Entries > maxEntries || p.Entry < 0 || p.Entry >= p.Entries:
		return "entry"
	case !credible(p.Begin, now) || !credible(p.End, now) || p.End.Before(p.Begin):
		return "time"
	case p.Lead < 0 || p.Lead > maxLead:
		return "lead"
	case p.Sounded < 0 || p.ClockError < 0 || p.Revision > maxNumber:
		return "number"
	case p.Volume < 0 || p.Volume > 100:
		return "volume"
	case p.Result != playlists.ResultComplete && p.Result != playlists.ResultCut:
		return "result"
	case p.Evidence < playlists.EvidencePlanned || p.Evidence > playlists.EvidenceMic:
		return "evidence"
	}
	return checkAiring(p.Airing, p.Round, p.Due, terminal, now)
}

func checkMiss(m *playlists.Miss, terminal playlists.TerminalID, now time.Time) string {
	switch {
	case m.Cause == "":
		return "cause"
	case !plain(string(m.Cause), maxWord) || !plain(m.By, maxName) || !plain(m.ByKind, maxWord) || !plain(string(m.ByGrid), maxWord):
		return "text"
	case m.Revision > maxNumber:
		return "number"
	}
	return checkAiring(m.Airing, m.Round, m.Due, terminal, now)
}

// checkAiring refuses an airing that is not this terminal's: the id is computed, so it says so itself.
func checkAiring(id playlists.AiringID, round playlists.RoundID, due time.Time, terminal playlists.TerminalID, now time.Time) string {
	switch {
	case round == "" || !plain(string(round), maxWord):
		return "round"
	case !credible(due, now):
		return "time"
	case id != playlists.NewAiringID(round, due, terminal):
		return "airing"
	}
	return ""
}

func checkAccounted(a *playlists.Accounted, now time.Time) string {
	switch {
	case !credible(a.Through, now):
		return "time"
	case len(a.Revisions) > maxRevisions:
		return "revisions"
	}
	return ""
}

func credible(t, now time.Time) bool { return t.After(earliest) && t.Before(now.Add(maxAhead)) }

// plain tells whether s fits into most bytes and can be kept by every database. JSON has already made it valid UTF-8.
func plain(s string, most int) bool { return len(s) <= most && strings.IndexByte(s, 0) < 0 }

// kept is what quarantine keeps of r.
func (r *row) kept() string {
	content := string(r.content[:min(len(r.content), maxContent)])
	return strings.ReplaceAll(strings.ToValidUTF8(content, "\uFFFD"), "\x00", "\uFFFD")
}
