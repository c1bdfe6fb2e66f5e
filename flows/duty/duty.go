// Package duty is the crew's side of a job: the card in the duty group, what a
// volunteer may press, the details in private, and who is told what. The engine
// calls it for every press and for every job that changed. It never writes a
// resident's name, phone, house number or words into a group.
package duty

import (
	"slices"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Crew implements flows.Crew.
type Crew struct{}

var _ flows.Crew = Crew{}

// Group answers a command in a group the desk serves; the rest of what people
// say there is theirs. Who leaves the duty group gives back what they hold: they
// could not press a button of it any more.
func (Crew) Group(t *flows.Turn) {
	lang := t.Desk.County.Lang
	switch {
	case t.E.Kind == flows.Added:
		t.Do(flows.Say{Chat: t.E.Chat.ID, Text: words.Say(lang, "group.hello", words.Args{"Chat": t.E.Chat.ID}), Class: flows.AnnounceClass})
	case t.E.Kind == flows.Command && t.E.Command == "help":
		t.Do(flows.Say{Chat: t.E.Chat.ID, Text: words.Say(lang, "group.help", nil), Class: flows.AnswerClass})
	case t.E.Kind == flows.Departed && t.E.Chat.Kind == flows.Duty:
		for _, no := range t.S.Holds {
			if j := t.Jobs[no]; j != nil {
				j.Release(t.E.From.ID, "left", t.E.At)
			}
		}
		t.S.Holds = nil
	}
}

// Started gives a volunteer who opens the private chat the details of every job
// they hold (PRODUCT V3): the claim made before counted all along.
func (Crew) Started(t *flows.Turn) bool {
	started := false
	for _, no := range t.S.Holds {
		j := t.Jobs[no]
		if j == nil || !j.Live() {
			continue
		}
		if claim := j.Holder(t.S.Chat); claim != nil {
			claim.Chat, claim.Lang = true, t.S.Lang
			sendDetails(t, j, claim)
			started = true
		}
	}
	return started
}

// Press decides one press. The button proves nothing: the presser's membership
// comes with the event, and what they may do is read from the job.
func (Crew) Press(t *flows.Turn) {
	b := t.E.Press
	j := t.Jobs[b.Job]
	switch {
	case !t.E.From.Member:
		toast(t, "not_member", nil, true)
		return
	case j == nil || b.Action == "":
		toast(t, "old_button", nil, false)
		return
	}
	act, known := actions[b.Action]
	if !known {
		toast(t, "old_button", nil, false)
		return
	}
	act(t, j)
}

// toast answers the press with a sentence below "toast.".
func toast(t *flows.Turn, key string, args words.Args, alert bool) {
	t.Do(flows.Toast{Callback: t.E.Callback, Text: words.Plain(t.S.Lang, "toast."+key, args), Alert: alert})
}

// refuse says why nothing changed, and by whom it was taken.
func refuse(t *flows.Turn, j *flows.Job, why flows.Refusal) {
	toast(t, string(why), words.Args{"Crew": j.Crew(t.S.Lang), "No": j.No}, why != flows.Already)
}

// actions are what a button may ask for. Buttons of a version that knew others
// are answered politely and change nothing.
var actions = map[string]func(*flows.Turn, *flows.Job){
	"claim":  claim,
	"depart": move((*flows.Job).Depart, "depart"),
	"arrive": move((*flows.Job).Arrive, "arrive"),
	"done":   done,
	"more":   choose("more"),
	"cause":  cause,
	"drop":   choose("drop"),
	"reason": release,
	"card":   choose(""),
}

// claim takes a place of the pair. Who has never opened the private chat holds
// it all the same, and is taken there by the same press.
func claim(t *flows.Turn, j *flows.Job) {
	why := j.Claim(flows.Claim{
		User: t.E.From.ID, Name: t.E.From.Name, Lang: t.S.Lang, Chat: t.S.Opened, At: t.E.At,
	})
	switch {
	case why != "" && why != flows.Already:
		refuse(t, j, why)
		return
	case why == "":
		t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool { return t.Jobs[no] == nil || !t.Jobs[no].Live() })
		t.S.Holds = append(t.S.Holds, j.No)
	}
	if !t.S.Opened {
		t.Do(flows.Toast{Callback: t.E.Callback, Start: "d" + t.E.Token})
		return
	}
	if why == flows.Already {
		toast(t, "already_yours", nil, false)
		return
	}
	toast(t, "claimed", words.Args{"N": j.Claims(), "Of": j.Places()}, false)
}

// move is a step of the crew that needs nothing but the press.
func move(step func(*flows.Job, int64, time.Time) flows.Refusal, done string) func(*flows.Turn, *flows.Job) {
	return func(t *flows.Turn, j *flows.Job) {
		why := j.May(t.E.From.ID, t.E.Press.Epoch)
		if why == "" {
			why = step(j, t.E.From.ID, t.E.At)
		}
		if why != "" {
			refuse(t, j, why)
			return
		}
		toast(t, done, nil, false)
	}
}

// choose redraws the pressed card with the buttons of a choice, or with its own
// again. Nothing of the job changes: the next change draws the card anew.
func choose(menu string) func(*flows.Turn, *flows.Job) {
	return func(t *flows.Turn, j *flows.Job) {
		why := j.May(t.E.From.ID, t.E.Press.Epoch)
		if why == "" && j.State == flows.Restored {
			why = flows.Already
		}
		if why != "" {
			refuse(t, j, why)
			return
		}
		t.Do(flows.Toast{Callback: t.E.Callback})
		if c := j.Holder(t.E.From.ID); t.E.Chat.Kind == flows.Private && c.Chat {
			show := details(t, j, c)
			show.Buttons = buttons(j, menu, t.S.Lang, false)
			t.Do(show)
			return
		}
		show := card(t, j)
		show.Buttons = buttons(j, menu, t.Desk.County.Lang, true)
		show.Class = flows.EditClass
		t.Do(show)
	}
}

// called is the cause of a call back that was made.
const called = "called"

// done asks for the cause, or ends a call back, which has none.
func done(t *flows.Turn, j *flows.Job) {
	if !j.Call() {
		choose("cause")(t, j)
		return
	}
	move(func(j *flows.Job, user int64, at time.Time) flows.Refusal { return j.Restore(user, called, at) }, "restored_call")(t, j)
}

// cause ends the crew's work: the power is back, and this was why.
func cause(t *flows.Turn, j *flows.Job) {
	if j.Call() || !slices.Contains(Causes, t.E.Press.Arg) {
		toast(t, "old_button", nil, false)
		return
	}
	move(func(j *flows.Job, user int64, at time.Time) flows.Refusal {
		return j.Restore(user, t.E.Press.Arg, at)
	}, "restored")(t, j)
}

// release gives the job back with its reason.
func release(t *flows.Turn, j *flows.Job) {
	if !slices.Contains(Reasons, t.E.Press.Arg) {
		toast(t, "old_button", nil, false)
		return
	}
	move(func(j *flows.Job, user int64, at time.Time) flows.Refusal {
		return j.Release(user, t.E.Press.Arg, at)
	}, "released")(t, j)
	if j.Holder(t.E.From.ID) == nil {
		t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool { return no == j.No })
	}
}
