package talk

import (
	"slices"
	"strconv"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// passRef is the step that makes a job of what was kept, for people to answer.
const passRef = "contact/pass"

// unfinishedAfter is how long a talk rests in which something was said that nobody has
// read, until people get the words: long enough to look at a meter and come back.
const unfinishedAfter = 30 * time.Minute

// unfinished says whether something was said in this talk that has not reached anybody:
// words, or a voice message, and no job to keep them with.
func (t *Turn) unfinished() bool {
	if j := t.Job(); j != nil && t.Waits(j) || t.holds() {
		return false
	}
	spoken := slices.ContainsFunc(t.S.Media, func(m job.Attachment) bool { return m.Kind == job.Voice })
	said := len(t.S.Notes) > 0 || spoken
	return t.here() == proposeRef || said && (!t.Idle() || t.S.Lost > 0)
}

// rememberUnfinished sees to it that an unfinished talk is not forgotten.
func (d *Desk) rememberUnfinished(t *Turn, was bool) {
	is, name := t.unfinished(), flowOf(passRef)+"/"+strconv.FormatInt(t.S.Chat, 10)
	switch {
	case is:
		t.Do(Remind{Name: name, At: t.E.At.Add(unfinishedAfter), Chat: t.S.Chat})
	case was:
		t.Do(Remind{Name: name})
	}
}

// reach adds a phone that was given in this talk to the calls that wait without one.
func (t *Turn) reach() {
	if t.S.Phone == "" {
		return
	}
	for _, j := range t.ReportedJobs() {
		if r := j.ReportOf(t.S.Chat); t.Waits(j) && j.Answers() && r.Phone == "" {
			r.Phone = t.S.Phone
			j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
		}
	}
}

// PassUnfinished gives people what was said in a talk that nobody went on with. The talk
// stays where it is.
func PassUnfinished(t *Turn) {
	if !t.unfinished() {
		return
	}
	if said := t.S.Answers[proposedWords]; t.here() == proposeRef && said != "" {
		t.Clear()
		t.KeepWords(said)
	}
	if !t.passAside("router.unfinished", 0) {
		t.S.Notes = nil // they wait for so many jobs already, and were told the hotline
	}
}

// passAside makes a job of what was kept since the note from on, beside the talk, and says so by the
// key. It says nothing when this person has opened too many today.
func (t *Turn) passAside(key string, from int) bool {
	_, pass, _ := t.Desk.find(passRef)
	rest, media, mine := slices.Clone(t.S.Notes[:from]), t.S.Media, t.S.Job
	t.S.Notes = slices.Clone(t.S.Notes[from:])
	if from > 0 {
		t.S.Media = nil
	}
	pass.Enter(t)
	no := t.S.Job
	t.S.Notes, t.S.Job = append(rest, t.S.Notes...), mine
	if from > 0 {
		t.S.Media = media
	}
	if no == "" {
		return false
	}
	t.Tell(key, words.Args{"No": no})
	t.ask = !t.Resting()
	return true
}

// Name is the person's name: of an event that is nobody's doing, as they gave it before.
func (t *Turn) Name() string {
	if t.E.From.Name != "" {
		return t.E.From.Name
	}
	for _, j := range slices.Backward(t.ReportedJobs()) {
		if name := j.ReportOf(t.S.Chat).Name; name != "" {
			return name
		}
	}
	return t.label("details.nameless")
}
