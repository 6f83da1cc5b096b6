package access

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"dalaba/playlists"
)

// How often one may try: a name from one address, and one address with any names. Both are counted by where the try
// comes from, so that nobody can lock out somebody else from elsewhere.
const (
	triesForName    = 5
	nextForName     = 30 * time.Second
	triesForAddress = 30
	nextForAddress  = 2 * time.Second
)

// maxAttempts bounds how many limits are remembered.
const maxAttempts = 10_000

// attempts limits tries to sign in. The zero value is ready.
type attempts struct {
	mu   sync.Mutex // guards seen
	seen map[attempt]*rate.Limiter
}

// attempt is who tries; from alone where name is empty.
type attempt struct{ name, from string }

// take counts a try, or returns a Problem when it comes too soon after the others.
func (a *attempts) take(name, from string, now time.Time) error {
	from = network(from)
	a.mu.Lock()
	defer a.mu.Unlock()
	byName := a.limitLocked(attempt{name, from}, nextForName, triesForName, now)
	byAddress := a.limitLocked(attempt{"", from}, nextForAddress, triesForAddress, now)
	wait := max(shortage(byName, now), shortage(byAddress, now))
	if wait > 0 {
		return &playlists.Problem{
			Kind: playlists.TooMany, Code: "sign_in_too_often",
			Args: map[string]any{"seconds": int(math.Ceil(wait.Seconds()))},
		}
	}
	byName.AllowN(now, 1)
	byAddress.AllowN(now, 1)
	return nil
}

// forget clears the count of name from one address, once the password was right.
func (a *attempts) forget(name, from string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.seen, attempt{name, network(from)})
}

func (a *attempts) limitLocked(who attempt, next time.Duration, burst int, now time.Time) *rate.Limiter {
	if limit := a.seen[who]; limit != nil {
		return limit
	}
	if a.seen == nil {
		a.seen = make(map[attempt]*rate.Limiter)
	}
	a.makeRoomLocked(now)
	limit := rate.NewLimiter(rate.Every(next), burst)
	a.seen[who] = limit
	return limit
}

// makeRoomLocked drops the limits that no longer limit when there are too many, and if there are none any ones: a
// stranger with thousands of addresses gains some tries by it, but locks nobody out.
func (a *attempts) makeRoomLocked(now time.Time) {
	if len(a.seen) < maxAttempts {
		return
	}
	for who, limit := range a.seen {
		if limit.TokensAt(now) >= float64(limit.Burst()) {
			delete(a.seen, who)
		}
	}
	for who := range a.seen {
		if len(a.seen) < maxAttempts*9/10 {
			return
		}
		delete(a.seen, who)
	}
}

// shortage returns how long it takes until limit has one try to give.
func shortage(limit *rate.Limiter, now time.Time) time.Duration {
	missing := 1 - limit.TokensAt(now)
	if missing <= 0 {
		return 0
	}
	return time.Duration(missing / float64(limit.Limit()) * float64(time.Second))
}

// network returns what from is counted as: an IPv4 address without its port, the /64 of an IPv6 address, which is what
// one household has, or from itself where it is no address.
func network(from string) string {
	address, err := netip.ParseAddr(from)
	if err != nil {
		withPort, err := netip.ParseAddrPort(from)
		if err != nil {
			return from
		}
		address = withPort.Addr()
	}
	address = address.Unmap().WithZone("")
	if address.Is4() {
		return address.String()
	}
	prefix, err := address.Prefix(64)
	if err != nil {
		return from
	}
	return prefix.String()
}
