package duty

import (
	"slices"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// A ladder is what happens while nobody does anything (PRODUCT V5): each rung
// has its instant, and the last one names a phone number. Nothing of it is
// stored beside the job: the instants follow from the job's clocks, and the
// history says which rungs were climbed.

// rung is one step of a ladder.
type rung struct {
	name   string    // what the history says: "unclaimed.1"
	user   int64     // the holder it is about; 0 = the job
	at     time.Time // when it is due
	unless []string  // the rungs that say the same and more: once one of them is climbed, or due, this one is needless
}

// due gives the next rung of a job that is due now. One that a later one makes
// needless is left out, so that what was missed while the desk stood still comes
// without a burst.
func due(t *talk.Turn, j *job.Job) (rung, bool) {
	all := slices.DeleteFunc(rungs(t, j), func(r rung) bool { return r.at.After(t.E.At) })
	for _, r := range all {
		if !slices.ContainsFunc(all, func(o rung) bool { return slices.Contains(r.unless, o.name) }) {
			return r, true
		}
	}
	return rung{}, false
}

// next is when the job's ladders have something to say; zero = never.
func next(t *talk.Turn, j *job.Job) (at time.Time) {
	for _, r := range rungs(t, j) {
		if at.IsZero() || r.at.Before(at) {
			at = r.at
		}
	}
	return at
}

// rungs lists the rungs that a job in its present state has still before it.
func rungs(t *talk.Turn, j *job.Job) []rung {
	l := ladder{t: t, j: j, waits: t.Desk.County.Ladders}
	switch {
	case !j.Live():
	case j.Kind.Traits().Days && j.Danger == "": // a danger waits for no office
		l.visit()
		return l.all
	case j.State == job.Restored:
		l.unanswered()
	case j.CreditAlone():
		l.topUp()
	case j.Wait != (job.Wait{}):
		l.waiting()
		l.topUp()
		l.unclaimed() // whoever waits may be one too few, or not allowed to do the work
	default:
		l.topUp()
		l.unclaimed()
		l.idle()
		l.late()
		l.arrival()
		l.work()
	}
	if j.Live() && j.State != job.Restored && j.Claims() > 0 {
		l.stuck()
	}
	return l.all
}

type ladder struct {
	t     *talk.Turn
	j     *job.Job
	waits county.Ladders
	all   []rung
}

// add puts a rung on the ladder unless it, or one that says more, was climbed at
// or after its instant.
func (l *ladder) add(r rung) {
	climbed := func(name string) bool {
		at := l.j.Last(job.DidRemind, name, r.user)
		return !at.IsZero() && !at.Before(r.at)
	}
	if !climbed(r.name) && !slices.ContainsFunc(r.unless, climbed) {
		l.all = append(l.all, r)
	}
}

// pair adds two rungs of which the second follows the first: after a stop of the
// desk the second question never comes before the first.
func (l *ladder) pair(name string, user int64, base time.Time, waits [2]time.Duration) {
	if base.IsZero() || waits[0] == 0 {
		return
	}
	first := rung{name: name + ".1", user: user, at: base.Add(waits[0])}
	l.add(first)
	asked := l.j.Last(job.DidRemind, first.name, user)
	if waits[1] != 0 && !asked.Before(first.at) {
		l.add(rung{name: name + ".2", user: user, at: latest(base.Add(waits[1]), asked.Add(waits[1]-waits[0]))})
	}
}

// unclaimed: nobody, or one too few, has taken the job. With nobody on duty
// there is nobody to wait for: the leader hears of it at once.
func (l *ladder) unclaimed() {
	base := latest(l.j.Clocks.Short, l.j.Clocks.Reported) // an earlier desk did not note the first
	if !l.j.Short() {
		return
	}
	waits := l.waits.Unclaimed
	switch {
	case l.j.Danger != "":
		waits = l.waits.Danger
	case l.j.Symptom == "dim": // logged, and measured by day (DOMAIN §4 V2)
		base = l.t.Desk.County.Daytime(base)
	}
	leader := waits[1]
	if len(onDutyAt(l.t, l.j, base)) == 0 {
		leader = 0
	}
	if l.j.Claims() == 0 {
		l.add(rung{name: "unclaimed.1", at: base.Add(waits[0]), unless: []string{"unclaimed.again"}})
	}
	l.add(rung{name: "unclaimed.2", at: base.Add(leader), unless: []string{"unclaimed.3"}})
	if underWay := l.j.State == job.OnTheWay || l.j.State == job.Arrived; underWay && !l.j.Gated() {
		return // somebody is there, or nearly: that a second one is wanted is the leader's matter
	}
	l.add(rung{name: "unclaimed.3", at: base.Add(waits[2])})
	if l.waits.Again > 0 {
		l.again("unclaimed.again", base.Add(waits[2]))
	}
}

// often is how many times the card is posted again before it comes less often:
// after hours it is the leader's matter, and the group must still read its cards.
const often, rarer = 4, 4

// again: the card once more, until somebody takes the job.
func (l *ladder) again(name string, since time.Time) {
	times, last := 0, since
	for _, e := range l.j.History {
		if e.What == job.DidRemind && e.Arg == name && e.At.After(since) {
			times, last = times+1, e.At
		}
	}
	wait := l.waits.Again
	if times >= often {
		wait *= rarer
	}
	l.add(rung{name: name, at: last.Add(wait)})
}

// idle: somebody took the job, and nothing has happened since.
func (l *ladder) idle() {
	if l.j.State != job.Open && l.j.State != job.Claimed {
		return
	}
	waits := l.waits.Idle
	if l.j.Danger != "" {
		waits = l.waits.IdleDanger
	}
	for _, c := range l.j.Pair {
		if c.User != 0 {
			base := latest(c.At, l.j.Clocks.Reopen, l.j.Last(job.DidStay, "", c.User), l.j.Last(job.DidResume, "", 0))
			l.pair("idle", c.User, base, waits)
		}
	}
}

// late: most of the usual arrival time has gone by and nobody has said when
// somebody will be there.
func (l *ladder) late() {
	minutes, known := l.t.Desk.County.UsualMinutes(l.j.Place)
	waiting := l.j.State == job.Open || l.j.State == job.Claimed || l.j.State == job.OnTheWay
	if !known || !waiting || !l.j.Drives() || l.j.Symptom == "dim" || !l.j.ETA.IsZero() || l.waits.Late == 0 {
		return
	}
	usual := time.Duration(minutes) * time.Minute
	base, wait := latest(l.j.Clocks.Reported, l.j.Clocks.Reopen), usual*time.Duration(l.waits.Late)/100
	if !l.said().Before(base.Add(wait)) {
		return // they have just said that they do not know
	}
	if l.j.Claims() == 0 { // nobody to ask; the resident may have just heard of it
		l.add(rung{name: "late.1", at: base.Add(wait), unless: []string{"unclaimed.3"}})
		return
	}
	l.pair("late", 0, base, [2]time.Duration{wait, wait + l.waits.ETA[1] - l.waits.ETA[0]})
}

// arrival: the time that the crew gave has passed, or it gave none and is on the
// way for long.
func (l *ladder) arrival() {
	if l.j.State != job.OnTheWay {
		return
	}
	until := l.j.ETA
	if until.IsZero() {
		until = latest(l.said(), l.j.Last(job.DidRemind, "late.1", 0)).Add(l.waits.Again)
	}
	l.pair("eta", 0, until, l.waits.ETA)
}

// said is when the crew last spoke of its arrival.
func (l *ladder) said() time.Time {
	return latest(l.j.Last(job.DidDepart, "", 0), l.j.Last(job.DidETA, "", 0))
}

// work: the crew is there, and has not said for long how it goes.
func (l *ladder) work() {
	if l.j.State == job.Arrived {
		l.pair("work", 0, latest(l.j.Clocks.Arrive, l.j.Last(job.DidResume, "", 0)), l.waits.Work)
	}
}

// stuck: all has been asked, and for hours nothing has happened. The leader
// hears of it again and again, until something does.
func (l *ladder) stuck() {
	if n := len(l.j.History); n > 0 && l.waits.Work[1] > 0 {
		l.add(rung{name: "stuck", at: latest(l.j.History[n-1].At, l.j.Wait.Until).Add(l.waits.Work[1])})
	}
}

// waiting: the time until which the job was to rest has come.
func (l *ladder) waiting() {
	l.pair("wait", 0, l.j.Wait.Until, [2]time.Duration{time.Nanosecond, l.waits.ETA[1]})
}

// unanswered: nobody has said whether there is light. Nobody is woken for it.
func (l *ladder) unanswered() {
	waits := l.waits.Unanswered
	base := l.j.Clocks.Restore
	l.add(rung{name: "unanswered.1", at: l.t.Desk.County.Daytime(base.Add(waits[0])), unless: []string{"unanswered.2"}})
	l.add(rung{name: "unanswered.2", at: l.t.Desk.County.Daytime(base.Add(waits[1]))})
}

func latest(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }
