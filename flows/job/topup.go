package job

import (
	"slices"
	"time"
)

// TopUp is a request for credit while the hall is closed (PRODUCT R8, C1), with its
// own state, holder, card and ends. It serves the fault whose number it bears and is
// kept with it: a job that is nothing else is a Credit until people must go. The zero
// TopUp is none. The steps are asked, taken, paid, written, and light again; taken is
// asked with a Clerk, and light ends both.
type TopUp struct {
	State   TopUpState `json:"state,omitempty"`
	Clerk   Claim      `json:"clerk,omitzero"`
	Posted  int        `json:"posted,omitempty"`  // how often its card was posted: each time is a message of its own
	Account string     `json:"account,omitempty"` // number of the account or the meter, as written: personal
	Kind    string     `json:"kind,omitempty"`    // which meter: "slot", "slotless"; "" = not known
	Wanted  string     `json:"wanted,omitempty"`  // yuan, or "" = the clerk decides
	Paid    string     `json:"paid,omitempty"`    // yuan, as the clerk noted it
	Way     string     `json:"way,omitempty"`     // where the credit was written: "card" or "meter"
	Lit     bool       `json:"lit,omitempty"`     // the home has power still: it was asked for in time
	Nth     int        `json:"nth,omitempty"`     // which request of the household in one night it is
}

// TopUpState is how far the hall's part is.
type TopUpState string

// The states.
const (
	TopUpAsked   TopUpState = "asked"
	TopUpPaid    TopUpState = "paid"
	TopUpWritten TopUpState = "written" // on the card, or sent to the meter
	TopUpRefused TopUpState = "refused" // the clerk cannot, and said why
	TopUpFailed  TopUpState = "failed"  // written, and the home is still dark: people go
)

// Waits says whether the hall still has something to do.
func (u TopUp) Waits() bool { return u.State == TopUpAsked || u.State == TopUpPaid }

// MeterTakes is how long credit that was sent to a meter takes to arrive (DOMAIN
// §3.1).
const MeterTakes = 15 * time.Minute

// AskTopUp asks the hall's clerk for credit, for the resident or for the crew at
// the meter. Of a job that has been to the hall before it begins anew.
func (j *Job) AskTopUp(a Actor, at time.Time) Refusal {
	switch {
	case !j.Live() || j.State == Restored:
		return NotNow
	case j.TopUp.Waits() || j.TopUp.State == TopUpWritten:
		return Already
	}
	j.TopUp.State, j.TopUp.Clerk, j.TopUp.Paid, j.TopUp.Way = TopUpAsked, Claim{}, "", ""
	j.TopUp.Posted++
	j.Epoch++ // what is asked of the resident is asked anew
	if !slices.Contains(j.Called, "hall") {
		j.Called = append(j.Called, "hall")
	}
	j.record(a, DidAskTopUp, "", at)
	return ""
}

// TakeTopUp gives the request to a clerk; exactly one has it.
func (j *Job) TakeTopUp(c Claim) Refusal {
	switch {
	case !j.Live() || j.State == Restored || !j.TopUp.Waits():
		return Finished
	case j.TopUp.Clerk.User == c.User:
		return Already
	case j.TopUp.Clerk.User != 0:
		return Taken
	}
	c.Epoch, c.Clerk = j.Epoch, true
	j.TopUp.Clerk = c
	j.Record(Entry{At: c.At, What: DidTake, User: c.User, Name: c.Name})
	return ""
}

// mayTopUp says whether the clerk's part can still be moved on, by whom it may.
func (j *Job) mayTopUp(a Actor) Refusal {
	switch {
	case !j.Live() || j.State == Restored || j.TopUp.State == "":
		return Finished
	case j.TopUp.Clerk.User != a.ID && !a.Over && a != ByDesk:
		return NotYours
	}
	return ""
}

// PayTopUp says that the credit is bought: so many yuan.
func (j *Job) PayTopUp(a Actor, yuan string, at time.Time) Refusal {
	if why := j.mayTopUp(a); why != "" {
		return why
	}
	if j.TopUp.State != TopUpAsked {
		return Already
	}
	j.TopUp.State, j.TopUp.Paid = TopUpPaid, yuan
	j.record(a, DidPay, yuan, at)
	return ""
}

// WriteTopUp says that the credit is on its way into the meter: written to the
// "card", or sent to the "meter".
func (j *Job) WriteTopUp(a Actor, way string, at time.Time) Refusal {
	if why := j.mayTopUp(a); why != "" {
		return why
	}
	switch j.TopUp.State {
	case TopUpPaid:
	case TopUpWritten:
		return Already
	default:
		return NotNow
	}
	j.TopUp.State, j.TopUp.Way = TopUpWritten, way
	for i := range j.Reports {
		j.Reports[i].Answer = ""
	}
	if j.TopUp.Lit && j.CreditAlone() { // no light has to come back, so nobody need be sent for want of a word
		j.State, j.Cause, j.Clocks.Restore = Restored, "card", at
	}
	j.record(a, DidWrite, way, at)
	return ""
}

// RefuseTopUp says why the clerk cannot: a key below refusal.* of the words.
func (j *Job) RefuseTopUp(a Actor, why string, at time.Time) Refusal {
	if no := j.mayTopUp(a); no != "" {
		return no
	}
	if !j.TopUp.Waits() {
		return NotNow
	}
	j.TopUp.State = TopUpRefused
	j.record(a, DidRefuse, why, at)
	return ""
}

// DropTopUp gives the request back to all clerks.
func (j *Job) DropTopUp(a Actor, reason string, at time.Time) Refusal {
	switch why := j.mayTopUp(a); {
	case why != "":
		return why
	case !j.TopUp.Waits() || j.TopUp.Clerk.User == 0:
		return NotNow
	}
	clerk := j.TopUp.Clerk
	j.TopUp.Clerk = Claim{}
	j.Record(Entry{At: at, What: DidDrop, User: clerk.User, Name: clerk.Name, Arg: reason, By: a.leader()})
	return ""
}

// Gone is the reason of a request that was given back when nothing of it was left
// to do for a clerk.
const Gone = "gone"

// LeaveClerks takes back what a clerk holds who has left the hall's group, the
// personal part of what is over as well: nobody waits for them any more.
func (j *Job) LeaveClerks(user int64, at time.Time) {
	if j.Room() == Clerks && j.Holder(user) != nil {
		j.Release(user, Actor{}, Left, at)
	}
	clerk := j.TopUp.Clerk
	if user == 0 || clerk.User != user {
		return
	}
	reason := Gone
	if j.Live() && j.State != Restored && j.TopUp.Waits() {
		reason = Left
	}
	j.TopUp.Clerk = Claim{}
	j.Record(Entry{At: at, What: DidDrop, User: user, Name: clerk.Name, Arg: reason})
}

// AskBack asks the resident, and the crew at the meter, what the clerk needs: a
// key below clerk_asks.* of the words.
func (j *Job) AskBack(a Actor, what string, at time.Time) Refusal {
	if why := j.mayTopUp(a); why != "" {
		return why
	}
	if !j.TopUp.Waits() {
		return NotNow
	}
	j.record(a, DidAskBack, what, at)
	return ""
}

// Asked gives the clerk's question that nobody has answered yet.
func (j *Job) Asked() (what string) {
	if !j.TopUp.Waits() {
		return ""
	}
	for _, e := range j.History {
		switch e.What {
		case DidAskBack:
			what = e.Arg
		case DidNote:
			what = ""
		}
	}
	return what
}

// Attended says whether the crew sees to the meter and not the resident: it stands
// before it, or there is a danger and nobody at home is to touch anything.
func (j *Job) Attended() bool { return j.State == Arrived || j.Danger != "" }

// Later says that the resident has not tried the credit yet: they are on their
// way to the card, or with it.
func (j *Job) Later(chat int64, at time.Time) Refusal {
	if !j.Live() || j.TopUp.State != TopUpWritten {
		return NotNow
	}
	j.Record(Entry{At: at, What: DidLater, User: chat})
	return ""
}
