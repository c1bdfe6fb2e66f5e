package duty

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// Heard passes what a holder writes or sends in private on to the residents of
// the job they hold; of several, the one claimed last (PRODUCT R12). A danger in
// it makes the job one: too often is better than too seldom. The other way, from
// residents to holders, words stay with the job and go out by Follow.
func (Crew) Heard(t *talk.Turn) bool {
	if described(t) {
		return true
	}
	j := held(t)
	danger := understand.Danger(t.E.Text).Sure
	if j == nil && t.E.Kind == talk.Text && !danger && heldLately(t) {
		t.Tell("crew.none_held", nil)
		return true
	}
	if j == nil || !slices.Contains([]talk.EventKind{talk.Text, talk.Attach, talk.Pinned}, t.E.Kind) {
		return false
	}
	return passOn(t, j)
}

// passOn passes a holder's words on to the residents of a job, and to the other side
// of one that the hall has a part in. A danger in them is the job's, anew where it was
// mended.
func passOn(t *talk.Turn, j *job.Job) bool {
	name, told := nameOf(j, t.S.Chat), 0
	p := understand.Danger(t.E.Text)
	danger := p.Sure && (j.Danger == "" || j.Mended())
	class := talk.AnswerClass
	if p.Sure {
		class = talk.Danger
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 || r.Chat == t.S.Chat {
			continue
		}
		said := talk.Say{
			Chat: r.Chat, Class: class, Media: t.E.Media, Writer: t.S.Chat, Job: j.No,
			Text: words.Say(r.Lang, saidKey(j, t.S.Chat), words.Args{"No": j.No, "Name": name, "Text": t.E.Text}),
		}
		if t.E.Kind == talk.Pinned {
			said.Text = words.Say(r.Lang, "news.pin", words.Args{"No": j.No, "Name": name})
			t.Do(said)
			said = talk.Say{Chat: r.Chat, Class: talk.AnswerClass, Pin: t.E.Pin, Writer: t.S.Chat, Job: j.No}
		}
		t.Do(said)
		told++
	}
	told += passAcross(t, j, name, class)
	if told == 0 && !danger {
		return false
	}
	j.Record(job.Entry{At: t.E.At, What: job.DidSay, User: t.S.Chat, Name: name})
	if danger {
		j.Endanger(job.Actor{ID: t.S.Chat, Name: name}, p.Kind, t.E.At)
		t.Tell("crew.said_danger", words.Args{"No": j.No})
		return true
	}
	t.Tell("crew.said", words.Args{"No": j.No})
	return true
}

// saidKey is how the words of a holder are passed on: of the crew, of the hall.
func saidKey(j *job.Job, user int64) string {
	if j.Holder(user) == nil {
		return "news.said_hall"
	}
	return j.Phrase("news.said")
}

// nameOf is the name under which somebody holds a job.
func nameOf(j *job.Job, user int64) (name string) {
	for _, c := range j.Holders() {
		if c.User == user {
			name = c.Name
		}
	}
	return name
}

// passAcross passes a holder's words on to the other side of a job that the hall
// has a part in. What the crew reads off the meter stays with the job: the clerk
// may not be there yet.
func passAcross(t *talk.Turn, j *job.Job, name string, class talk.Class) (told int) {
	if t.E.Kind == talk.Pinned {
		return 0
	}
	if j.Holder(t.S.Chat) != nil {
		if !j.TopUp.Waits() {
			return 0
		}
		if len(j.Notes) >= job.MaxKept { // it went to the residents; the clerk has enough to read
			return 0
		}
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: t.E.Text, Media: t.E.Media})
		return 1
	}
	for i := range j.Pair {
		if c := &j.Pair[i]; c.Chat {
			t.Do(talk.Say{
				Chat: c.User, Class: class, Media: t.E.Media, Writer: t.S.Chat, Job: j.No, Protect: true,
				Text: words.Say(c.Lang, "crew.passed", words.Args{"No": j.No, "Name": name, "Text": t.E.Text}),
			})
			told++
		}
	}
	return told
}

// heldLately says whether somebody held a job that has just ended: what they
// write is meant for it.
func heldLately(t *talk.Turn) bool {
	return slices.ContainsFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		return j != nil && !j.Live() && j.Holds(t.S.Chat) && !over(j, t.E.At)
	})
}

// described keeps the further pictures of an album of which the first was taken
// for what the crew did.
func described(t *talk.Turn) bool {
	j := t.Job()
	album := t.E.Media.Album
	if j == nil || album == "" || !slices.ContainsFunc(j.Done, func(n job.Note) bool { return n.Media.Album == album }) {
		return false
	}
	j.Describe(job.Actor{ID: t.S.Chat, Name: t.E.From.Name}, job.Note{At: t.E.At, Media: t.E.Media})
	t.Hush()
	return true
}

// held gives the live job that the person is asked about in private, or the one that
// they claimed last, or nil.
func held(t *talk.Turn) (last *job.Job) {
	if j := t.Job(); t.S.Flow == "work" && !t.Resting() && j != nil && j.Live() && j.Holds(t.S.Chat) {
		return j
	}
	var since time.Time
	for _, no := range t.S.Holds {
		j := t.Jobs[no]
		if j == nil || !j.Live() {
			continue
		}
		for _, c := range j.Holders() {
			if c.User == t.S.Chat && !c.At.Before(since) {
				last, since = j, c.At
			}
		}
	}
	return last
}

// Failed tells a writer that their words did not arrive: who cannot be reached
// in the chat is phoned.
func (Crew) Failed(t *talk.Turn) {
	j := t.Jobs[t.E.Lost.Job]
	if j == nil {
		return
	}
	key := "news.unheard"
	if j.Holds(t.S.Chat) {
		key = "crew.unheard"
	}
	t.Do(talk.Say{
		Chat: t.S.Chat, Class: talk.AnswerClass, Protect: true,
		Text: words.Say(t.S.Lang, j.Phrase(key), words.Args{"No": j.No, "Hotline": t.Desk.County.Hotline}),
	})
}
