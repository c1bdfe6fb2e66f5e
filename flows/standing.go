package flows

import (
	"fmt"
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// A standing question is one that a job and not a step has asked, such as "is
// the power back?". It is put once: whoever has left it is in the menu again,
// where 2 means the menu's second button; its own buttons are understood all
// the same, wherever the talk is.

// standing finds the question that is open for this person.
func (d *Desk) standing(t *Turn) (f *Flow, s *Step, job string) {
	for _, name := range d.order {
		f := d.flows[name]
		if f.Standing == nil {
			continue
		}
		if id, job := f.Standing(t); id != "" {
			return f, f.step(id), job
		}
	}
	return nil, nil, ""
}

// standingRef names a question that is put once: another round of the same job
// asks anew.
func (t *Turn) standingRef(f *Flow, s *Step, job string) string {
	return fmt.Sprintf("%s/%s/%s/%d", f.Name, s.ID, job, t.Jobs[job].Epoch)
}

// stand puts a resting talk at the question that its job's news has asked, and
// takes it from one that is settled by now.
func (d *Desk) stand(t *Turn) {
	if at, posed := t.step(); strings.HasPrefix(t.S.Stood, at.Name+"/"+posed.ID+"/"+t.S.Job+"/") {
		if f, s, job := d.standing(t); f != at || s != posed || job != t.S.Job {
			t.Clear()
		}
	}
	if !t.Resting() || t.holds() { // who is at work writes to the home they work for; the buttons are understood
		return
	}
	f, s, job := d.standing(t)
	if f == nil || !s.Posed {
		return
	}
	if ref := t.standingRef(f, s, job); t.S.Stood != ref {
		t.Clear()
		t.putAt(f, s, job)
	}
}

func (t *Turn) putAt(f *Flow, s *Step, job string) {
	t.S.Stood = t.standingRef(f, s, job)
	t.S.Flow, t.S.Version, t.S.Step, t.S.Job = f.Name, f.Version, s.ID, job
}

// pose asks the standing question of a person whose talk has just come to its
// end: it may have been asked in the middle of something else, or not yet.
func (t *Turn) pose() bool {
	f, s, job := t.Desk.standing(t)
	if f == nil || t.leaving || t.holds() || t.standingRef(f, s, job) == t.S.Stood {
		return false
	}
	t.putAt(f, s, job)
	return true
}

// answerStanding takes the answer to a standing question while the person is in
// the middle of something else: only the very buttons count, and the talk stays
// where it is.
func (d *Desk) answerStanding(t *Turn) bool {
	f, s, job := d.standing(t)
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
	}
	if s.Answers[i].Do == nil { // it only leads on: it is asked again when this talk is over
		t.S.Stood = ""
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
	for _, f := range d.Flows() {
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
