package duty

import (
	"reflect"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Follow tells a job's change to everybody it concerns: the duty log, the
// residents, the pair in private, and the group by a redrawn card. It works
// from the new entries of the history alone, so a change cannot go untold.
func (Crew) Follow(t *talk.Turn, before, after *job.Job) {
	known := 0
	if before != nil {
		known = len(before.History)
	}
	gate(t, after)
	var claimed int64
	for i, e := range after.History[known:] {
		log(t, after, e)
		tellResidents(t, after, e)
		tellPair(t, before, after, known+i)
		tellGroups(t, before, after, e)
		tellHelpers(t, after, e)
		if e.What == job.DidClaim || e.What == job.DidTake {
			claimed = e.User
		}
	}
	redrawCard(t, before, after)
	redrawTopUp(t, before, after)
	tellNotes(t, before, after, claimed)
	showDetails(t, before, after, claimed)
	if !after.Live() && (before == nil || before.Fact() != after.Fact()) { // a rating comes when it is over
		t.Do(talk.Fact{Fact: after.Fact()})
	}
	forgetWhenOver(t, after)
	schedule(t, after)
}

// redrawCard shows the crew's card when it says something new.
func redrawCard(t *talk.Turn, before, after *job.Job) {
	if after.CreditAlone() {
		return // the crew has nothing to do with it
	}
	show := card(t, after)
	if before == nil || before.CreditAlone() {
		show.Confirm, show.Job = after.Danger != "" || len(after.Needs) > 0, after.No
		t.Do(show)
		return
	}
	old, gone := card(t, before), "card.moved"
	if before.Room() != after.Room() {
		gone = "card.passed_on"
	}
	class := talk.EditClass
	if after.Danger != "" && after.Live() {
		class = talk.CardClass
	}
	redraw(t, after.No, old, show, class, gone)
}

// redraw shows a card when it says something new: an edit that changes nothing would
// spend the group's small budget of messages (RELIABILITY §2). One that is posted
// again leaves a line where it was.
func redraw(t *talk.Turn, no string, old, show talk.Say, class talk.Class, gone string) {
	switch {
	case old.Slot != show.Slot && old.Chat != 0:
		t.Do(talk.Say{Chat: old.Chat, Slot: old.Slot, Class: talk.EditClass, Text: words.Say(t.Desk.County.Lang, gone, words.Args{"No": no})})
	case old.Slot == show.Slot:
		old.Class, show.Class = class, class
		if reflect.DeepEqual(old, show) {
			return
		}
	}
	t.Do(show)
}

// Delivered notes in the duty log that the group has the first card of a job that
// must not wait: until then nobody but the desk knows of it.
func (Crew) Delivered(t *talk.Turn) {
	t.Do(talk.Log{At: t.E.At, Job: t.E.Lost.Job, Who: "desk", What: "told"})
}

// log writes the entry to the duty log; a resident is "resident" there, and a
// leader who stepped in is named.
func log(t *talk.Turn, j *job.Job, e job.Entry) {
	who := e.Name
	if who == "" {
		who = "resident"
	}
	note := e.Arg
	switch until := j.Wait.Until; {
	case (e.What == job.DidDepart || e.What == job.DidETA) && !j.ETA.IsZero():
		note = strings.TrimSpace(note + " " + t.Desk.County.TimeInWords(words.EN, j.ETA, e.At))
	case e.What == job.DidWait:
		note += " " + t.Desk.County.TimeInWords(words.EN, until, e.At)
	}
	if e.By != "" {
		note = strings.TrimSpace(note + " leader:" + e.By)
	}
	t.Do(talk.Log{At: e.At, Job: j.No, Who: who, What: e.What, Note: note})
}

// sentAnew says whether a holder gets the details anew, with all that belongs to them:
// who has just claimed the job, or has it back.
func sentAnew(before *job.Job, c *job.Claim, claimed int64) bool {
	old := holding(before, c)
	return c.User == claimed || old != nil && old.Epoch != c.Epoch
}

// tellNotes passes new words and pictures on to who holds the job already; who
// gets the details anew has them there.
func tellNotes(t *talk.Turn, before, after *job.Job, claimed int64) {
	if before == nil || !after.Live() {
		return
	}
	for i := min(len(before.Notes), len(after.Notes)); i < len(after.Notes); i++ {
		for _, c := range after.Holders() {
			if c.Chat && !sentAnew(before, c, claimed) {
				sendNote(t, after, c, i)
			}
		}
	}
}

// showDetails redraws the details of everybody who holds the job, sends them to
// who has just claimed it or has it back, and takes them back from who no longer
// holds it.
func showDetails(t *talk.Turn, before, after *job.Job, claimed int64) {
	removePin(t, before, after)
	for _, c := range after.Holders() {
		if !c.Chat || !after.Live() {
			continue
		}
		old := holding(before, c)
		switch {
		case sentAnew(before, c, claimed):
			if old != nil && before.Live() {
				empty(t, after, old, "details.moved")
			}
			c.Shown = 0
			sendDetails(t, after, c)
		case before == nil:
			t.Do(details(t, after, c))
		default:
			if !reflect.DeepEqual(details(t, before, c), details(t, after, c)) {
				t.Do(details(t, after, c))
			}
			// Not among what the details say: the position may be the community's own.
			if before.Place.Pin != after.Place.Pin {
				sendPin(t, after, c)
			}
		}
	}
	if before == nil || !before.Live() {
		return
	}
	for _, c := range before.Holders() {
		if c.Chat && (!after.Live() || holding(after, c) == nil) {
			empty(t, after, c, "details.taken_back")
		}
	}
}

// removePin takes a position away that is not the job's any more: another place was
// named.
func removePin(t *talk.Turn, before, after *job.Job) {
	if before == nil || !before.Live() || before.Place.Pin == (county.Pin{}) || after.Place.Pin != (county.Pin{}) {
		return
	}
	for _, c := range before.Holders() {
		if c.Chat && !c.Clerk {
			remove(t, before, c, "pin", job.Attachment{})
		}
	}
}

// holding finds what somebody holds of a job in another state of it, which may
// not have been there.
func holding(j *job.Job, of *job.Claim) *job.Claim {
	if j == nil {
		return nil
	}
	for _, c := range j.Holders() {
		if c.User == of.User && c.Clerk == of.Clerk {
			return c
		}
	}
	return nil
}

// forgetWhenOver erases the data of residents who asked for it while the job
// was open.
func forgetWhenOver(t *talk.Turn, j *job.Job) {
	if j.Live() {
		return
	}
	told := len(j.History)
	for i := range j.Reports {
		if r := j.Reports[i]; r.Forget {
			j.Forget(r.Chat, j.Clocks.Close)
		}
	}
	for _, e := range j.History[told:] {
		log(t, j, e)
	}
}
