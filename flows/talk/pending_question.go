package talk

import (
	"fmt"
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// A pending question is one that a job and not a step has asked, such as "is
// the power back?". It is put once: whoever has left it is in the menu again,
// where 2 means the menu's second button; its own buttons are understood all
// the same, wherever the talk is.

// pendingQuestion finds the question that is open for this person.
func (d *Desk) pendingQuestion(t *Turn) (f *Flow, s *Step, job string) {
	for _, f := range d.all {
		if f.Pending == nil {
			continue
		}
		if id, job := f.Pending(t); id != "" {
			return f, f.step(id), job
		}
	}
	return nil, nil, ""
}

// pendingRef names a question that is put once: another round of the same job
// asks anew.
func (t *Turn) pendingRef(f *Flow, s *Step, job string) string {
	return fmt.Sprintf("%s/%s/%s/%d", f.Name, s.ID, job, t.Jobs[job].Epoch)
}

// putPending puts a resting talk at the question that its job's news has asked,
// and takes it from one that is settled by now.
func (d *Desk) putPending(t *Turn) {
	if at, posed := t.step(); strings.HasPrefix(t.S.PendingPut, at.Name+"/"+posed.ID+"/"+t.S.Job+"/") {
		if f, s, job := d.pendingQuestion(t); f != at || s != posed || job != t.S.Job {
			t.Clear()
		}
	}
	if !t.Resting() || t.holds() { // who is at work writes to the home they work for; the buttons are understood
		return
	}
	f, s, job := d.pendingQuestion(t)
	if f == nil || !s.Posed {
		return
	}
	if ref := t.pendingRef(f, s, job); t.S.PendingPut != ref {
		t.Clear()
		t.putAt(f, s, job)
	}
}

func (t *Turn) putAt(f *Flow, s *Step, job string) {
	t.S.PendingPut = t.pendingRef(f, s, job)
	t.S.Flow, t.S.Version, t.S.Step, t.S.Job = f.Name, f.Version, s.ID, job
}

// putPendingAtEnd asks the pending question of a person whose talk has just come
// to its end: it may have been asked in the middle of something else, or not yet.
func (t *Turn) putPendingAtEnd() bool {
	f, s, job := t.Desk.pendingQuestion(t)
	if f == nil || t.leaving || t.holds() || t.pendingRef(f, s, job) == t.S.PendingPut {
		return false
	}
	t.putAt(f, s, job)
	return true
}

// answerPending takes the answer to a pending question while the person is in
// the middle of something else: only the very buttons count, and the talk stays
// where it is.
func (d *Desk) answerPending(t *Turn) bool {
	f, s, job := d.pendingQuestion(t)
	if f == nil || t.here() == f.Name+"/"+s.ID {
		return false
	}
	i := slices.IndexFunc(s.Answers, func(a Answer) bool { return labelled(t.E.Text, s.WordsKey(f.Name)+"."+a.ID) })
	if i < 0 {
		return false
	}
	id := s.Answers[i].ID
	if t.Resting() {
		t.Clear()
		t.putAt(f, s, job)
		t.take(f, s, id)
		return true
	}
	flow, step, mine := t.S.Flow, t.S.Step, t.S.Job
	t.S.Flow, t.S.Step, t.S.Job = f.Name, s.ID, job
	if do := s.Answers[i].Do; do != nil {
		do(t)
	} else { // it only leads on: it is asked again when this talk is over
		t.S.PendingPut = ""
	}
	if key := s.WordsKey(f.Name) + "." + id + "_aside"; words.Has(t.S.Lang, key) {
		t.Tell(key, words.Args{"No": job})
	}
	t.S.Flow, t.S.Step, t.S.Job = flow, step, mine
	t.ask = true
	return true
}

// overhear lets the flows take words of a resting talk that concern a job.
func (d *Desk) overhear(t *Turn) bool {
	if !t.Resting() {
		return false
	}
	for _, f := range d.all {
		if f.Overhear == nil {
			continue
		}
		if step, job := f.Overhear(t); step != "" {
			t.Clear()
			t.S.Flow, t.S.Job = f.Name, job
			t.Go(step)
			return true
		}
	}
	return false
}
