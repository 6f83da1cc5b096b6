package rounds

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// What a dry run looks at.
const (
	// dryRunDays is how many days it plans, the first of which is today.
	dryRunDays = 14
	// maxRuleSets bounds how many different programmes it plans, and maxDryRun after how many airings it begins no more
	// of them: that is a few seconds.
	maxRuleSets = 200
	maxDryRun   = 2_000_000
)

// DryRun is what a draft would do in the next 14 days if it were saved.
type DryRun struct {
	// From and Until are the first and the last day.
	From, Until playlists.Date
	// Outcomes are grouped by what happens, the one with the most terminals first.
	Outcomes []Outcome
	// Unplanned is how many terminals were left out because there was too much to plan.
	Unplanned int
}

// ruleSet is terminals that have the same to do, with the programmes of the first of them.
type ruleSet struct {
	terminals     []Terminal
	before, after *playlists.Programme
	tally         *tally
	planned       bool
}

// rehearsal is a dry run under way. It needs no database any more.
type rehearsal struct {
	DryRun
	sets []*ruleSet
	// airings counts what was planned.
	airings atomic.Int64
}

// DryRun plans the next 14 days at every terminal that draft would touch, or touches already, without the draft and with
// it. A draft that cannot be saved is a Problem, as saving it is. A draft with an ID stands for the round of that name.
// What has the same to do is planned once, a day at a time, so that memory does not grow with terminals or days.
func (r *Rounds) DryRun(ctx context.Context, draft Round) (DryRun, error) {
	var run *rehearsal
	if err := r.look(ctx, func(tx *store.Tx, b *book) (err error) {
		run, err = r.rehearse(ctx, tx, b, draft)
		return err
	}); err != nil {
		return DryRun{}, err
	}
	if err := run.plan(ctx); err != nil {
		return DryRun{}, err
	}
	run.group()
	return run.DryRun, nil
}

// rehearse prepares the programmes without draft and with it.
func (r *Rounds) rehearse(ctx context.Context, tx *store.Tx, b *book, draft Round) (*rehearsal, error) {
	targets := draft.Targets
	old := b.round(draft.ID)
	if old != nil {
		draft.Owner, draft.Since = old.Owner, old.Since
		targets = slices.Concat(targets, old.Targets)
	}
	if err := r.checkRound(ctx, tx, b, &draft); err != nil {
		return nil, err
	}
	draft.Paused = false
	if old == nil || firesAnew(old, &draft) {
		draft.Since = tx.Now
	}
	terminals, err := r.choose(ctx, tx, within(targets))
	if err != nil {
		return nil, err
	}
	with := *b
	with.rounds = slices.DeleteFunc(slices.Clone(b.rounds), func(round Round) bool { return round.ID == draft.ID })
	with.rounds = append(with.rounds, draft)
	if old != nil {
		with.joined = b.joined.with(newcomers(terminals, old.Targets, &draft), &draft, tx.Now)
	}
	run := &rehearsal{DryRun: DryRun{From: b.today, Until: b.today.AddDays(dryRunDays - 1)}}
	known := make(map[string]*ruleSet)
	for _, t := range terminals {
		before, after := b.programmeOf(t, r.zone, b.today), with.programmeOf(t, r.zone, b.today)
		key := toDo(before) + "\n" + toDo(after) + "\n" + b.calledOffAt(t) + "\n" + draft.bounds(after)
		set := known[key]
		if set == nil {
			if len(run.sets) == maxRuleSets {
				run.Unplanned++
				continue
			}
			set = &ruleSet{before: before, after: after, tally: newTally(&draft, tx.Now)}
			known[key] = set
			run.sets = append(run.sets, set)
		}
		set.terminals = append(set.terminals, t)
	}
	return run, nil
}

// calledOffAt is the same for terminals at which the same was called off, but for what was called off everywhere.
func (b *book) calledOffAt(t Terminal) string {
	var list []string
	for _, c := range b.cancelled {
		if c.Terminal == t.ID {
			list = append(list, fmt.Sprint(c.Round, c.Due.UnixMilli()))
		}
	}
	return fmt.Sprint(list)
}

// plan plans every set, on as many processors as there are.
func (run *rehearsal) plan(ctx context.Context) error {
	work := make(chan *ruleSet)
	var all sync.WaitGroup
	var once sync.Once
	var failure error
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range min(runtime.GOMAXPROCS(0), len(run.sets)) {
		all.Go(func() {
			for set := range work {
				if err := run.planSet(ctx, set); err != nil {
					once.Do(func() { failure = err })
					stop()
				}
			}
		})
	}
	for _, set := range run.sets {
		work <- set
	}
	close(work)
	all.Wait()
	return failure
}

func (run *rehearsal) planSet(ctx context.Context, set *ruleSet) error {
	if run.airings.Load() > maxDryRun {
		return nil
	}
	set.planned = true
	for ahead := range dryRunDays {
		if err := ctx.Err(); err != nil {
			return err
		}
		day := run.From.AddDays(ahead)
		before, err := timetable.Plan(set.before, nil, day)
		if err != nil {
			return named(set.before, err)
		}
		after, err := timetable.Plan(set.after, nil, day)
		if err != nil {
			return named(set.after, err)
		}
		set.tally.day(before, after)
		run.airings.Add(int64(len(before) + len(after)))
	}
	return nil
}

// group puts sets with the same outcome together.
func (run *rehearsal) group() {
	at := make(map[string]int)
	for _, set := range run.sets {
		if !set.planned {
			run.Unplanned += len(set.terminals)
			continue
		}
		key := set.tally.key()
		i, known := at[key]
		if !known {
			i = len(run.Outcomes)
			at[key] = i
			run.Outcomes = append(run.Outcomes, set.tally.Outcome)
		}
		run.Outcomes[i].Terminals = append(run.Outcomes[i].Terminals, set.terminals...)
		run.Outcomes[i].Tied = run.Outcomes[i].Tied || set.tally.Tied
	}
	slices.SortStableFunc(run.Outcomes, func(a, b Outcome) int { return len(b.Terminals) - len(a.Terminals) })
}
