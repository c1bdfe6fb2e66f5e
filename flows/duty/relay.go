package duty

import (
	"slices"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Heard passes what a holder writes or sends in private on to the residents of
// the job they hold; of several, the one claimed last (PRODUCT R12). A danger in
// it makes the job one: too often is better than too seldom. The other way, from
// residents to holders, words stay with the job and go out by Follow.
func (Crew) Heard(t *flows.Turn) bool {
	if described(t) {
		return true
	}
	j := held(t)
	if j == nil && t.E.Kind == flows.Text && heldLately(t) {
		t.Tell("crew.none_held", nil)
		return true
	}
	if j == nil || !slices.Contains([]flows.EventKind{flows.Text, flows.Attach, flows.Pinned}, t.E.Kind) {
		return false
	}
	name := j.Holder(t.S.Chat).Name
	told := 0
	kind, sure := flows.DangerIn(t.E.Text)
	danger := sure && j.Danger == "" && j.State != flows.Restored
	class := flows.AnswerClass
	if sure {
		class = flows.Danger
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 || r.Chat == t.S.Chat {
			continue
		}
		said := flows.Say{
			Chat: r.Chat, Class: class, Media: t.E.Media, Writer: t.S.Chat, Job: j.No,
			Text: words.Say(r.Lang, j.OfCall("news.said"), words.Args{"No": j.No, "Name": name, "Text": t.E.Text}),
		}
		if t.E.Kind == flows.Pinned {
			said.Text = words.Say(r.Lang, "news.pin", words.Args{"No": j.No, "Name": name})
			t.Do(said)
			said = flows.Say{Chat: r.Chat, Class: flows.AnswerClass, Pin: t.E.Pin, Writer: t.S.Chat, Job: j.No}
		}
		t.Do(said)
		told++
	}
	if told == 0 && !danger {
		return false
	}
	t.Do(flows.Log{At: t.E.At, Job: j.No, Who: name, What: "said"})
	if danger {
		j.Danger, j.Level = kind, flows.Urgent
		j.Record(flows.Entry{At: t.E.At, What: flows.DidComplete, User: t.S.Chat, Name: name, Arg: "danger"})
		t.Tell("crew.said_danger", words.Args{"No": j.No})
		return true
	}
	t.Tell("crew.said", words.Args{"No": j.No})
	return true
}

// heldLately says whether somebody held a job that has just ended: what they
// write is meant for it.
func heldLately(t *flows.Turn) bool {
	return slices.ContainsFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		return j != nil && !j.Live() && j.Holder(t.S.Chat) != nil && !over(j, t.E.At)
	})
}

// described keeps the further pictures of an album of which the first was taken
// for what the crew did.
func described(t *flows.Turn) bool {
	j := t.Job()
	album := t.E.Media.Album
	if j == nil || album == "" || !slices.ContainsFunc(j.Done, func(n flows.Note) bool { return n.Media.Album == album }) {
		return false
	}
	j.Describe(flows.Actor{ID: t.S.Chat, Name: t.E.From.Name}, flows.Note{At: t.E.At, Media: t.E.Media})
	t.Hush()
	return true
}

// held gives the live job that the person claimed last, or nil.
func held(t *flows.Turn) *flows.Job {
	var last *flows.Job
	for _, no := range t.S.Holds {
		j := t.Jobs[no]
		if j == nil || !j.Live() || j.Holder(t.S.Chat) == nil {
			continue
		}
		if last == nil || !j.Holder(t.S.Chat).At.Before(last.Holder(t.S.Chat).At) {
			last = j
		}
	}
	return last
}

// Failed tells a writer that their words did not arrive: who cannot be reached
// in the chat is phoned.
func (Crew) Failed(t *flows.Turn) {
	j := t.Jobs[t.E.Lost.Job]
	if j == nil {
		return
	}
	key := "news.unheard"
	if j.Holder(t.S.Chat) != nil {
		key = "crew.unheard"
	}
	t.Do(flows.Say{
		Chat: t.S.Chat, Class: flows.AnswerClass, Protect: true,
		Text: words.Say(t.S.Lang, j.OfCall(key), words.Args{"No": j.No, "Hotline": t.Desk.County.Hotline}),
	})
}
