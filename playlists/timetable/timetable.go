// Package timetable decides what sounds when, and why. It is the only place where that is decided, on the broadcaster
// and on the agent, and it is pure: everything it knows comes in as a programme, facts and a day, the order in which
// they are listed does not matter (but for volume rules of one node, of which the last wins), and there is no "now".
//
// Plan works on one civil day of the programme's zone in two steps:
//
//   - expand turns the rules into what is due. Rules are reckoned in civil time and only then turned into instants, so
//     on a day when clocks change each civil time still fires once: a skipped one after the gap, a repeated one the
//     first time.
//   - place lets facts stand and finds each airing, in the order of precedence, the first stretch that is wholly free.
//     What stands above it is never moved by what stands below. In its way are, and are named in this order: alerts;
//     talks, stops and what is played by hand; quiet; mutes; outages, in which nothing can begin; other airings.
//
// Each airing that is placed has a Reason, each that is late or missed a Cause and a Winner: data from which a sentence
// can be made in any language. Why answers for one minute, Compare for a draft, both from Plan; Feasible is the
// arithmetic of quotas, and SilenceAt and Volume are what a talk has to ask.
//
// A playlist's chime sounds before the first entry of whatever begins with that one: each attempt at an announcement, and
// of background the piece with its first entry; a piece that goes on later has none. It is part of the airing in all that
// is counted in time, its place, its quiet, the day's minutes, and no play.
//
// An airing lives on the civil day of its due instant and ends by 24:00 of it. A firing of a window past midnight
// takes its weekday and dates from the day on which the window began, and is due, planned and counted on the day of
// its instant.
//
// A programme that contradicts itself (a rule that cannot be read, a reference to nothing, an id twice) or is beyond
// the bounds below is refused whole, on every day alike: who accepts a programme finds out by planning any day of it.
// Only MaxAirings is a day's own.
package timetable

import (
	_ "time/tzdata" // zones are known on machines that have no zone database
)

// Version is the version of these rules. A programme names the one that it was made for; an agent that does not know
// it keeps the programme it has. An older programme is planned by the rules that it names.
//
//   - 1 (2026-11): cron and steps, weekdays, dates, exceptions; daily quiet that can be lifted; volume by hour; sounded,
//     missed and outage as facts; background is placed whole.
//   - 2 (2026-11): holiday sets, lunar and market days; quiet with name and dates, temporary quiet, mandatory rounds;
//     floors and caps of volume; daily limits; cancellations; talks, alerts, play-now, mutes and stops as facts;
//     background is placed in pieces and goes on where it was cut.
//   - 3 (2026-11): a playlist's chime is part of its airings and of the day's minutes; a round can ask for a volume; mutes
//     come with the programme.
const Version = 3

// Bounds on what is planned. Beyond them a programme is refused: nothing that a town does comes near, and planning
// has to end soon on the smallest terminal.
const (
	// MaxFirings is how often one round can fire on one day: once a minute.
	MaxFirings = 24 * 60
	// MaxAirings is how many airings one terminal can have on one day.
	MaxAirings = 10_000
	// MaxEntries is how many entries one airing can ask for.
	MaxEntries = 2_000
	// MaxRounds, MaxPlaylists and MaxAnnouncements bound a programme, MaxVariants an announcement.
	MaxRounds        = 1_000
	MaxPlaylists     = 1_000
	MaxAnnouncements = 5_000
	MaxVariants      = 20
	// MaxDialects bounds a terminal's, MaxRules its quiet rules, and its volume rules too.
	MaxDialects = 20
	MaxRules    = 200
	// MaxMutes bounds the mutes of a terminal.
	MaxMutes = 64
	// MaxHolidays bounds holiday sets, MaxLunar the lunar days of a timetable, MaxCancelled what is called off.
	MaxHolidays  = 20
	MaxLunar     = 100
	MaxCancelled = 10_000
	// MaxFacts bounds what Plan is told of one day.
	MaxFacts = 100_000
	// MaxExcept bounds a timetable's exceptions and a holiday set, and MaxCron the length of its cron expression in bytes.
	MaxExcept = 1_000
	MaxCron   = 200
)
