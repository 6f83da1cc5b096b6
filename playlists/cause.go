package playlists

// Cause says why something did not sound, was cut, or began late. There is one for every such case; what is written
// here is what travels and what is kept, and the console has a sentence for each.
type Cause string

// The causes.
const (
	CausePreempted        Cause = "preempted"         // a named winner stood first
	CauseQuietHours       Cause = "quiet_hours"       // the terminal had to be silent
	CauseMuted            Cause = "muted"             // somebody muted the terminal
	CauseDailyLimit       Cause = "daily_limit"       // the day's minutes or plays were used up
	CauseNotApproved      Cause = "not_approved"      // the announcement had no approval
	CauseClipAbsent       Cause = "clip_absent"       // a recording had not arrived
	CauseClipBad          Cause = "clip_bad"          // a recording's bytes were not what was signed, or cannot be played
	CauseNoDialect        Cause = "no_dialect"        // the announcement has no recording that fits
	CauseDeviceError      Cause = "device_error"      // the sound output failed
	CauseOutputBusy       Cause = "output_busy"       // another program held the output
	CausePowerOff         Cause = "power_off"         // the machine was off: its boot id changed
	CauseAgentDown        Cause = "agent_down"        // the agent was not running, the machine was
	CauseClockUntrusted   Cause = "clock_untrusted"   // the terminal did not know the time
	CauseProgrammeExpired Cause = "programme_expired" // the terminal's programme was too old to hold
	CauseNotReceived      Cause = "not_received"      // the terminal had an older programme
	CauseOffline          Cause = "offline"           // a talk could not reach the terminal
	CauseLinkLost         Cause = "link_lost"         // a talk broke off on the way
	CauseExpired          Cause = "expired"           // its validity or lateness was over
	CauseStopped          Cause = "stopped"           // somebody stopped it
	CauseRecalled         Cause = "recalled"          // it was withdrawn
	CauseCancelled        Cause = "cancelled"         // it was called off beforehand
	CauseLost             Cause = "lost"              // a person wrote it off
)
