package job

import "time"

// Entry is one thing that happened to a job. Every change of a job appends
// one; what the group, the pair, the residents and the duty log are told is
// derived from the new entries, so no change can go untold.
type Entry struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`           // "opened", "claimed", …: one of the Did constants
	User int64     `json:"user,omitempty"` // the volunteer, or the resident's chat
	Name string    `json:"name,omitempty"` // a volunteer's name; never a resident's
	Arg  string    `json:"arg,omitempty"`  // a cause, a reason, an answer
	By   string    `json:"by,omitempty"`   // the leader who did it and does not hold the job
}

// Actor is who moves a job on: somebody who holds it, a leader, or the desk.
type Actor struct {
	ID   int64
	Name string
	Over bool // a leader who does not hold the job
}

func (a Actor) leader() string {
	if a.Over {
		return a.Name
	}
	return ""
}

// ByDesk is the desk itself.
var ByDesk = Actor{Name: "desk"}

// What an Entry of a job's history says. Each is also the key of what the duty
// log and, where it concerns them, the crew and the residents are told.
const (
	DidOpen             = "opened"
	DidComplete         = "completed"  // place or phone learned later; Arg "danger" = it became one, "calm" = it was a slip
	DidCount            = "counted"    // who joined was counted; Arg = how many
	DidNote             = "noted"      // words or a picture added
	DidWorsen           = "worse"      // the resident wrote of the danger again, or said once more that there is one
	DidSafe             = "safe"       // the resident says that nobody is in danger any more
	DidClaim            = "claimed"    // a volunteer took a place
	DidRelease          = "released"   // and gave it back; Arg = reason
	DidStay             = "stays"      // and says that they are still going
	DidDepart           = "on_the_way" // the crew has set out
	DidETA              = "eta"        // and says when it will be there; Arg "late" = later than it said before
	DidFollow           = "follows"    // one of the pair said how far they are, and it changes nothing for who waits
	DidLate             = "late"       // and why it is late; Arg = reason
	DidArrive           = "arrived"    // and is at the door
	DidWait             = "waits"      // the work has to wait; Arg = why
	DidResume           = "resumed"    // and goes on
	DidCall             = "called"     // help was asked for; Arg = squad, station, hall
	DidRestore          = "restored"   // and says it is mended; Arg = cause
	DidDescribe         = "described"  // what was done, in words or a picture
	DidProperty         = "property"   // whose the faulty part is; Arg = company, customer, unsure
	DidConfirm          = "confirmed"  // the resident has light; Arg = cause, when no crew has said it: the credit did it
	DidStillDark        = "still_dark" // the resident has none
	DidEnd              = "ended"      // the crew's word ended it for good; Arg = how
	DidLapse            = "lapsed"     // nobody answered whether there is light; closed with a note
	DidWithdraw         = "withdrawn"  // one report was taken back; the job with the last one
	DidRate             = "rated"      // Arg = good, fair, poor
	DidComment          = "commented"  // the resident said what was wrong
	DidThank            = "thanked"    // or what was right
	DidRemind           = "reminded"   // the desk spoke up by itself; Arg = the rung of the ladder
	DidAskTopUp         = "asked_hall" // the hall's clerk was asked for credit
	DidTake             = "took"       // and took the request
	DidPay              = "paid"       // and bought the credit; Arg = yuan
	DidWrite            = "wrote"      // and wrote it; Arg = card, meter
	DidRefuse           = "refused"    // or cannot; Arg = why
	DidDrop             = "dropped"    // or gave the request back; Arg = reason
	DidAskBack          = "asked_back" // the clerk asks the resident something; Arg = what
	DidLater            = "later"      // the resident has not tried yet: the card is on its way
	DidRaise            = "raised"     // a job that a clerk had alone is the crew's; Arg = why
	DidSay              = "said"       // a holder wrote to the residents
	DidClearFalseReport = "not_false"  // the crew or a leader took back that it was a false report
	DidForget           = "forgotten"  // a resident's data was erased
)

// Last gives when an entry of that kind and argument was last made by or for a
// person; 0 is anybody. It is zero when there is none.
func (j *Job) Last(what, arg string, user int64) (at time.Time) {
	for _, e := range j.History {
		if e.What == what && (arg == "" || e.Arg == arg) && (user == 0 || e.User == user) {
			at = e.At
		}
	}
	return at
}

// Record appends to the history. Who calls it has already changed the job.
func (j *Job) Record(e Entry) {
	j.History = append(j.History, e)
	switch {
	case !j.Short():
		j.Clocks.Short = time.Time{}
	case e.What == DidRemind: // the desk's own word begins no wait
	case j.Clocks.Short.IsZero(), e.What == DidRelease, e.What == DidStillDark, e.What == DidComplete && e.Arg == "danger":
		j.Clocks.Short = e.At
	}
}

func (j *Job) record(a Actor, what, arg string, at time.Time) {
	j.Record(Entry{At: at, What: what, User: a.ID, Name: a.Name, Arg: arg, By: a.leader()})
}

// LateFor is why the crew said that it comes later, until it is there; "" = it did not.
func (j *Job) LateFor() (why string) {
	for _, e := range j.History {
		switch e.What {
		case DidLate:
			why = e.Arg
		case DidArrive, DidStillDark, DidRelease:
			why = ""
		}
	}
	return why
}
