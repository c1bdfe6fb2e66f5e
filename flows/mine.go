package flows

import "slices"

// Job gives the job this talk is about, or nil.
func (t *Turn) Job() *Job { return t.Jobs[t.S.Job] }

// Open makes a new job of which this person is the first reporter. Its number
// comes with the commit. Jobs that the store no longer has are followed no
// longer.
func (t *Turn) Open(j *Job) *Job {
	j.No, j.State = Unnumbered, Open
	j.Clocks.Reported = t.E.At
	j.Record(Entry{At: t.E.At, What: DidOpen, User: t.S.Chat})
	t.Jobs[Unnumbered] = j
	t.S.Job = Unnumbered
	t.S.Follows = slices.DeleteFunc(t.S.Follows, func(no string) bool { return t.Jobs[no] == nil })
	t.S.Follows = append(t.S.Follows, Unnumbered)
	return j
}

// Mine lists the jobs this person reported that the store still has, oldest
// first.
func (t *Turn) Mine() []*Job {
	var mine []*Job
	for _, no := range t.S.Follows {
		if j := t.Jobs[no]; j != nil && j.ReportOf(t.S.Chat) != nil {
			mine = append(mine, j)
		}
	}
	return mine
}

// Waits says whether this person still waits for something from the job.
func (t *Turn) Waits(j *Job) bool {
	r := j.ReportOf(t.S.Chat)
	return r != nil && !r.Withdrawn && j.Live()
}

// Waiting gives the newest job this person still waits for, or nil.
func (t *Turn) Waiting() *Job {
	for _, j := range slices.Backward(t.Mine()) {
		if t.Waits(j) {
			return j
		}
	}
	return nil
}

// Fault gives the newest fault this person still waits for, or nil: a call back
// is no fault, and one that was typed for a caller is not theirs.
func (t *Turn) Fault() *Job {
	for _, j := range slices.Backward(t.Mine()) {
		if t.Waits(j) && !j.Call() && !j.ReportOf(t.S.Chat).Typed {
			return j
		}
	}
	return nil
}

// Subject gives the job that free words, pictures and positions belong to: the
// one the talk is about, or, when nothing is going on, the newest that waits.
func (t *Turn) Subject() *Job {
	if j := t.Job(); j != nil && t.Waits(j) {
		return j
	}
	if !t.Resting() {
		return nil
	}
	if t.holds() {
		return nil // who is at work writes to the home they work for
	}
	return t.Waiting()
}

// holds says whether this person has a place at a live job.
func (t *Turn) holds() bool {
	return slices.ContainsFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		return j != nil && j.Live() && j.Holds(t.S.Chat)
	})
}

// HandOver moves what the person has said and sent so far to the job.
func (t *Turn) HandOver(j *Job) {
	for _, text := range t.S.Notes {
		j.Note(t.S.Chat, Note{At: t.E.At, Text: text})
	}
	for _, media := range t.S.Media {
		j.Note(t.S.Chat, Note{At: t.E.At, Media: media})
	}
	t.S.Notes, t.S.Media = nil, nil
}
