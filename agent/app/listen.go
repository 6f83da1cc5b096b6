package app

import (
	"context"
	"fmt"
	"math"
	"time"

	"dalaba/agent/internal/ear"
)

const (
	// earOpens is how long a microphone may take to begin, and earWaits how long behind the chirp it is waited for: some
	// sound servers hand over two seconds at a time.
	earOpens = 3 * time.Second
	earWaits = 3 * time.Second
	// earLooks is how often what it gave is looked through.
	earLooks = 200 * time.Millisecond
	// earEarly is how much earlier than the output reckons the chirp may come: the output may be wrong about itself.
	earEarly = 500 * time.Millisecond
)

// listening is what a microphone heard of a chirp that was put out, by the output's own reckoning, at a moment.
type listening struct {
	ear.Heard
	out time.Duration
}

// startListening has the microphone listen, and waits until it does, or long enough.
func (r *rooms) startListening(ctx context.Context) {
	if r.ear != nil {
		r.ear.Want(true)
		until(ctx, earOpens, func() bool { return r.ear.Hears() || r.ear.Problem() != "" })
	}
}

// listen waits until the microphone has heard the chirp that was out at a moment, or long enough.
func (r *rooms) listen(ctx context.Context, out time.Duration) listening {
	tick := time.NewTicker(earLooks)
	defer tick.Stop()
	late := time.NewTimer(earWaits)
	defer late.Stop()
	for {
		heard := r.ear.Heard(out - earEarly)
		if heard.Chirp || !r.ear.Hears() {
			return listening{heard, out}
		}
		select {
		case <-ctx.Done():
			return listening{heard, out}
		case <-late.C:
			return listening{heard, out}
		case <-tick.C:
		}
	}
}

// sayHeard says what the microphone heard, and what may be done with it.
func (a *Agent) sayHeard(l listening) {
	level, late := int(math.Round(l.Level)), (l.At - l.out).Round(time.Millisecond).Milliseconds()
	switch {
	case l.Chirp && late < 0:
		a.say(fmt.Sprintf("麦克风听到了:响度 %d 分贝(录满是 0),但比电脑放音还早 %d 毫秒:它录的多半是电脑自己的声音,不是喇叭的。延时量不出来。", level, -late),
			fmt.Sprintf("The microphone heard it: %d dBFS, but %d ms before the computer put it out: it records the computer's own sound rather than the horn's. The delay cannot be told.", level, -late))
	case l.Chirp:
		piece := l.Piece.Milliseconds()
		a.say(fmt.Sprintf("旁边的麦克风听到了:响度 %d 分贝(录满是 0),比电脑放音晚 %d 毫秒。\n"+
			"网页上这个喇叭的“声音晚到多少毫秒”可以填 %d。这个数里也有麦克风自己耽搁的时间(它每次交来约 %d 毫秒的声音),耽搁多少算不出来,没有减掉。",
			level, late, late, piece),
			fmt.Sprintf("The microphone heard it: %d dBFS, %d ms after the computer put it out.\n"+
				"That is the number to enter as this horn's output delay in the console. What the microphone itself holds back is in it "+
				"(it hands over about %d ms at a time); how much that is cannot be told, and nothing was subtracted.", level, late, piece))
	case l.Listened:
		a.say(fmt.Sprintf("旁边的麦克风没听到这一声,只录到别的声音,响度 %d 分贝(录满是 0)。喇叭没响,请查功放和线;喇叭响了,请查麦克风。", level),
			fmt.Sprintf("The microphone did not hear it, only other sound of %d dBFS. If the horn did not sound, see to amplifier and cables; if it did, to the microphone.", level))
	default:
		a.say("旁边的麦克风没有声音,听不到喇叭:请检查它的线,和设置里 microphone 下面的命令。",
			"The microphone gives no sound: see to its cable, and to the command below microphone in the settings.")
	}
}
