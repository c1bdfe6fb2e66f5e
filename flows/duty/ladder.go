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
// history says which rungs were climbed. rungs.go is the table of all of them; a
// kind of work climbs the ladders that its row names (job.Traits.Ladders).

// pending is a rung that a job has before it.
type pending struct {
	*rung
	user int64     // the holder it is about; 0 = the job
	at   time.Time // when it is due
}

// due gives the next rung of a job that is due now. One that a later one makes
// needless is left out, so that what was missed while the desk stood still comes
// without a burst.
func due(t *talk.Turn, j *job.Job) (pending, bool) {
	l := newLadder(t, j)
	all := slices.DeleteFunc(l.pending(), func(r pending) bool { return r.at.After(t.E.At) })
	for _, r := range all {
		if !slices.ContainsFunc(all, func(o pending) bool { return slices.Contains(r.needless(j), o.name) }) {
			return r, true
		}
	}
	return pending{}, false
}

// next is when the job's ladders have something to say; zero = never.
func next(t *talk.Turn, j *job.Job) (at time.Time) {
	for _, r := range newLadder(t, j).pending() {
		if at.IsZero() || r.at.Before(at) {
			at = r.at
		}
	}
	return at
}

// NextWord is when a rung that residents hear of comes if nobody does anything.
func (Crew) NextWord(t *talk.Turn, j *job.Job) (at time.Time) {
	l := newLadder(t, j)
	for _, r := range l.pending() {
		for i := range rungs {
			said := &rungs[i]
			due := r.at
			switch {
			case said.behind == r.name:
				due = due.Add(said.after(l) - r.after(l))
			case said.name != r.name:
				continue
			}
			if said.clock != nil {
				due = said.clock(t.Desk.County, due)
			}
			if said.news != nil && said.news(j) != "" && due.After(t.E.At) && (at.IsZero() || due.Before(at)) {
				at = due
			}
		}
	}
	return at
}

// ladder is a job on its ladders.
type ladder struct {
	t     *talk.Turn
	j     *job.Job
	waits county.Ladders
}

func newLadder(t *talk.Turn, j *job.Job) ladder {
	return ladder{t: t, j: j, waits: t.Desk.County.Ladders}
}

// pending lists the rungs that a job in its present state has still before it. A
// danger climbs the ladders of a fault, whatever kind of work it was found at; what
// is mended only waits for the resident's word.
func (l ladder) pending() (all []pending) {
	kind := l.j.Kind
	if l.j.Danger != "" {
		kind = job.Fault
	}
	climbs := kind.Traits().Ladders
	for i := range rungs {
		r := &rungs[i]
		mended := l.j.State == job.Restored
		if !l.j.Live() || mended != (r.ladder == "unanswered") || !slices.Contains(climbs, r.ladder) || r.while != nil && !r.while(l.j) {
			continue
		}
		about := []*job.Claim{{}}
		if r.of != nil {
			about = r.of(l.j)
		}
		for _, c := range about {
			all = l.add(all, r, c)
		}
	}
	return all
}

// add puts a rung on the ladder unless it, or one that says more, was climbed at
// or after its instant.
func (l ladder) add(all []pending, r *rung, c *job.Claim) []pending {
	at := l.instant(r, c)
	climbed := func(name string) bool {
		last := l.climbed(name, c)
		return !last.IsZero() && !last.Before(at)
	}
	if at.IsZero() || climbed(r.name) || slices.ContainsFunc(r.needless(l.j), climbed) {
		return all
	}
	return append(all, pending{rung: r, user: c.User, at: at})
}

// instant is when a rung is due; zero = never, as things are.
func (l ladder) instant(r *rung, c *job.Claim) time.Time {
	base, after := r.since(l, c), r.after(l)
	for _, what := range r.ack {
		who := int64(0)
		if what == job.DidStay { // said of themselves alone
			who = c.User
		}
		base = latest(base, l.j.Last(what, "", who))
	}
	if base.IsZero() || after < 0 {
		return time.Time{}
	}
	at := base.Add(after)
	switch {
	case r.behind != "": // after a stop of the desk the second question never comes before the first
		first := rungOf(r.behind)
		asked := l.climbed(r.behind, c)
		if asked.Before(l.instant(first, c)) {
			return time.Time{}
		}
		at = latest(at, asked.Add(after-first.after(l)))
	case r.every != nil:
		at = l.again(r, at)
	}
	if r.clock != nil {
		at = r.clock(l.t.Desk.County, at)
	}
	return at
}

// often is how many times a card is posted again before it comes less often: after
// hours it is the leader's matter, and the group must still read its cards.
const often, rarer = 4, 4

// again is when a rung comes the next time that is climbed over and over from an
// instant on.
func (l ladder) again(r *rung, from time.Time) time.Time {
	wait, times, last := r.every(l), 0, time.Time{}
	for _, e := range l.j.History {
		if e.What == job.DidRemind && e.Arg == r.name && !e.At.Before(from) {
			times, last = times+1, e.At
		}
	}
	switch {
	case times == 0:
		return from
	case times >= often && r.rarer:
		wait *= rarer
	}
	return last.Add(wait)
}

// climbed is when a rung was climbed last.
func (l ladder) climbed(name string, c *job.Claim) time.Time {
	return l.j.Last(job.DidRemind, name, c.User)
}

// said is when the crew last spoke of its arrival.
func (l ladder) said() time.Time {
	return latest(l.j.Last(job.DidDepart, "", 0), l.j.Last(job.DidETA, "", 0))
}

func latest(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }
