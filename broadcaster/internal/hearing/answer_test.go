package hearing

import (
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// sounded is an airing of round at the horn that began at at.
func (f *fixture) sounded(round playlists.RoundID, at time.Time) playlists.AiringID {
	id := playlists.NewAiringID(round, at, horn)
	f.airings[id] = Airing{ID: id, Round: round, RoundName: "早间", Due: at, Began: at}
	return id
}

// says answers for person.
func (f *fixture) says(person string, id playlists.AiringID, heard bool) (Answer, error) {
	return f.Hearing.Answer(f.t.Context(), Answer{Airing: id, Terminal: horn, Person: person, By: person, Heard: heard})
}

func (f *fixture) confirmed() Confirmation {
	f.t.Helper()
	var all map[playlists.TerminalID]Confirmation
	f.ok(f.store.Read(f.t.Context(), func(tx *store.Tx) (err error) {
		all, err = f.Confirmed(f.t.Context(), tx)
		return err
	}))
	return all[horn]
}

func TestAnAiringCountsAsHeardWhileAnybodySaysSo(t *testing.T) {
	f := newFixture(t)
	id := f.sounded("morning", f.now.Add(-time.Minute))
	for _, step := range []struct {
		name   string
		person string
		heard  bool
		want   bool
	}{
		{"one did not", "李四", false, false},
		{"one did", "张三", true, true},
		{"and thinks better of it", "张三", false, false},
		{"the other did after all", "李四", true, true},
	} {
		if _, err := f.says(step.person, id, step.heard); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if f.heard["morning"] != step.want {
			t.Errorf("%s: heard %v", step.name, f.heard["morning"])
		}
	}
}

func TestAnAnswerMayBeChangedForAnHour(t *testing.T) {
	f := newFixture(t)
	id := f.sounded("morning", f.now.Add(-time.Minute))
	first, err := f.says("李四", id, true)
	f.ok(err)
	f.now = f.now.Add(59 * time.Minute)
	again, err := f.says("李四", id, false)
	f.ok(err)
	if !again.First.Equal(first.First) || !again.At.Equal(f.now) {
		t.Errorf("first %v, at %v", again.First, again.At)
	}
	f.now = f.now.Add(2 * time.Minute)
	_, err = f.says("李四", id, true)
	f.refused("answer_stands", err)
}

func TestNobodyIsAskedAboutWhatDidNotSoundOrSoundedLongAgo(t *testing.T) {
	f := newFixture(t)
	old, coming := f.sounded("old", f.now.Add(-25*time.Hour)), f.sounded("coming", f.now.Add(time.Hour))
	silent := f.sounded("silent", f.now.Add(-time.Hour))
	a := f.airings[silent]
	a.Silent = true
	f.airings[silent] = a
	for code, id := range map[string]playlists.AiringID{
		"airing_too_long_ago": old, "airing_not_begun": coming, "airing_silent": silent, "airing_not_told": {},
	} {
		_, err := f.says("李四", id, true)
		f.refused(code, err)
	}
}

func TestAHornIsVerifiedForTwoWeeksByAPersonOrAMicrophone(t *testing.T) {
	f := newFixture(t)
	if f.confirmed().Holds(f.now) {
		t.Error("verified before anybody heard it")
	}
	_, err := f.says("李四", f.sounded("morning", f.now.Add(-time.Minute)), true)
	f.ok(err)
	said := f.now
	f.now = f.now.Add(14 * 24 * time.Hour)
	if c := f.confirmed(); c.By != "李四" || !c.At.Equal(said) || !c.Holds(f.now) || c.Holds(f.now.Add(time.Millisecond)) {
		t.Errorf("%+v", c)
	}
	f.picked[horn] = said.Add(time.Hour)
	if c := f.confirmed(); !c.Microphone || c.By != "" || !c.At.Equal(said.Add(time.Hour)) {
		t.Errorf("with a microphone: %+v", c)
	}
}
