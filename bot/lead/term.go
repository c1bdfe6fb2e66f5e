package lead

import (
	"math"
	"time"
)

// Term is one time in which a process acts. Nil is that of a process which never
// has.
type Term struct {
	Owner    string // of the leader's lease, and of all that the term holds in Redis
	Number   int64  // the fencing token: each new holder's is higher
	deadline leaseDeadline
}

// Holds says whether to act for the term, now.
func (t *Term) Holds() bool { return t != nil && t.deadline.ahead() }

// Endless is the term of a process that shares its desk with nobody.
func Endless(owner string) *Term {
	return &Term{Owner: owner, deadline: leaseDeadline{from: time.Now(), span: math.MaxInt64}}
}
