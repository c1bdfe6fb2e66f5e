package duty

import (
	"reflect"
	"slices"
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Follow tells a job's change to everybody it concerns: the duty log, the
// residents, the pair in private, and the group by a redrawn card. It works
// from the new entries of the history alone, so a change cannot go untold.
func (Crew) Follow(t *flows.Turn, before, after *flows.Job) {
	known := 0
	if before != nil {
		known = len(before.History)
	}
	var claimed int64
	for _, e := range after.History[known:] {
		log(t, after, e)
		tellResidents(t, after, e)
		tellPair(t, before, after, e)
		tellGroups(t, before, after, e)
		if e.What == flows.DidClaim {
			claimed = e.User
		}
	}
	redraw(t, before, after)
	tellNotes(t, before, after, claimed)
	showDetails(t, before, after, claimed)
	forgetWhenOver(t, after)
}

// redraw shows the card when it says something new: an edit that changes
// nothing would spend the group's small budget of messages (RELIABILITY §2).
func redraw(t *flows.Turn, before, after *flows.Job) {
	show := card(t, after)
	if before != nil {
		old := card(t, before)
		show.Class = flows.EditClass
		if after.Danger != "" && after.Live() {
			show.Class = flows.CardClass
		}
		old.Class = show.Class
		if reflect.DeepEqual(old, show) {
			return
		}
	}
	t.Do(show)
}

// log writes the entry to the duty log; a resident is "resident" there.
func log(t *flows.Turn, j *flows.Job, e flows.Entry) {
	who := e.Name
	if who == "" {
		who = "resident"
	}
	t.Do(flows.Log{At: e.At, Job: j.No, Who: who, What: e.What, Note: e.Arg})
}

// unsaid are the causes that a resident is not told: a visit that found nothing
// must not sound like a reproach (DOMAIN §1 row 23).
var unsaid = []string{"false", "unclear", "not_power", ""}

// tellResidents gives every reporter the news of the crew's work (PRODUCT R11).
// What a resident did is answered in their own turn.
func tellResidents(t *flows.Turn, j *flows.Job, e flows.Entry) {
	key := "news." + e.What
	switch e.What {
	case flows.DidClaim:
		if j.Claims() == j.Places() {
			key = "news.claimed_both"
		}
	case flows.DidRestore:
		if slices.Contains(unsaid, j.Cause) {
			key = "news.looked"
		}
	case flows.DidRelease, flows.DidDepart, flows.DidArrive:
	default:
		return
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 {
			continue
		}
		say := flows.Say{Chat: r.Chat, Class: flows.AnswerClass, Text: words.Say(r.Lang, j.OfCall(key), words.Args{
			"No": j.No, "Crew": j.Crew(r.Lang), "Name": e.Name, "Hotline": t.Desk.County.Hotline,
			"Cause": words.HTML(words.Say(r.Lang, "cause."+orUnclear(j.Cause), nil)),
		})}
		if e.What == flows.DidRestore {
			say.Keys = backKeys(j, r.Lang)
		}
		t.Do(say)
	}
}

// backKeys are the buttons of the question that the job's end asks: those of
// report/back, or of report/called.
func backKeys(j *flows.Job, l words.Lang) [][]flows.Key {
	step := "report.back"
	if j.Call() {
		step = "report.called"
	}
	key := func(key string) flows.Key { return flows.Key{Text: words.Plain(l, key, nil)} }
	return [][]flows.Key{{key(step + ".yes"), key(step + ".no")}, {key("nav.exit"), key("nav.person")}}
}

// tellPair gives the pair what the resident did. A redrawn message makes no
// sound: who drives does not see it.
func tellPair(t *flows.Turn, before, j *flows.Job, e flows.Entry) {
	key := "crew." + e.What
	more := learned(before, j)
	switch {
	case e.What == flows.DidComplete && e.Arg == "" && more == "":
		return // the town alone: the rest of the address is on its way
	case e.What == flows.DidComplete && e.Arg != "":
		key = "crew." + e.Arg // danger, calm
	case e.What == flows.DidWithdraw && j.Live():
		key = "crew.withdrawn_one"
	case e.What == flows.DidRate && e.Arg == "poor":
		key = "crew.rated_poor"
	case slices.Contains([]string{
		flows.DidComplete, flows.DidStillDark, flows.DidWithdraw, flows.DidConfirm, flows.DidRate, flows.DidComment,
	}, e.What):
	default:
		return
	}
	for _, c := range j.Pair {
		if !c.Chat {
			continue
		}
		t.Do(flows.Say{Chat: c.User, Class: flows.AnswerClass, Protect: true, Text: words.Say(c.Lang, j.OfCall(key), words.Args{
			"No":     j.No,
			"More":   more,
			"Kind":   words.HTML(words.Say(c.Lang, "danger."+orUnknown(j.Danger), nil)),
			"Rating": words.HTML(words.Say(c.Lang, "rating."+orNone(e.Arg), nil)),
		})})
	}
}

// learned is what the pair did not know before: the door, a pin, a phone.
func learned(before, j *flows.Job) string {
	if before == nil {
		return ""
	}
	var all []string
	if exact := exactly(j.Place); exact != exactly(before.Place) {
		all = append(all, exact)
	}
	if j.Place.Pin != before.Place.Pin {
		all = append(all, "📍")
	}
	for i, r := range j.Reports {
		if i < len(before.Reports) && r.Chat == before.Reports[i].Chat {
			if r.Phone != before.Reports[i].Phone {
				all = append(all, r.Phone)
			}
			if r.Onsite != before.Reports[i].Onsite {
				all = append(all, r.Onsite)
			}
		}
	}
	return strings.TrimSpace(strings.Join(all, "  "))
}

func orNone(rating string) string {
	if !slices.Contains([]string{"good", "fair", "poor"}, rating) {
		return "none"
	}
	return rating
}

func orUnknown(danger string) string {
	if danger == "" {
		return "unknown"
	}
	return danger
}

// tellGroups gives the duty group what must not be missed in a redrawn card, and
// the leader what a resident was not content with.
func tellGroups(t *flows.Turn, before, j *flows.Job, e flows.Entry) {
	c := t.Desk.County
	say := func(chat int64, class flows.Class, key string, args words.Args) flows.Say {
		return flows.Say{Chat: chat, Class: class, Text: words.Say(c.Lang, j.OfCall(key), args)}
	}
	switch {
	case e.What == flows.DidStillDark && j.Claims() == 0:
		t.Do(say(c.Chats.Duty, flows.CardClass, "group.still_dark_nobody", words.Args{"No": j.No}))
	case e.What == flows.DidStillDark:
		t.Do(say(c.Chats.Duty, flows.CardClass, "group.still_dark", words.Args{"No": j.No, "Crew": j.Crew(c.Lang)}))
	case e.What == flows.DidComplete && e.Arg == "danger" && before != nil && before.Danger != j.Danger:
		t.Do(say(c.Chats.Duty, flows.Danger, "group.danger", words.Args{
			"No": j.No, "Kind": words.HTML(words.Say(c.Lang, "danger."+orUnknown(j.Danger), nil)),
		}))
	case e.What == flows.DidComment && c.Chats.Leader != 0:
		r := j.ReportOf(e.User)
		if r == nil {
			return
		}
		key := "group.comment"
		if r.Comment == "" {
			key = "group.comment_spoken"
		}
		show := say(c.Chats.Leader, flows.CardClass, key, words.Args{"No": j.No, "Text": r.Comment, "Crew": j.Crew(c.Lang)})
		show.Media = r.Spoken
		t.Do(show)
	}
}

// tellNotes passes new words and pictures on to who holds the job already; who
// claims it now gets them all.
func tellNotes(t *flows.Turn, before, after *flows.Job, claimed int64) {
	if before == nil || !after.Live() {
		return
	}
	for _, n := range after.Notes[min(len(before.Notes), len(after.Notes)):] {
		for _, c := range after.Pair {
			if c.Chat && c.User != claimed {
				sendNote(t, after, c, n)
			}
		}
	}
}

// showDetails redraws the details of everybody who holds the job, sends them to
// who has just claimed it or has it back, and takes them back from who no longer
// holds it.
func showDetails(t *flows.Turn, before, after *flows.Job, claimed int64) {
	for i := range after.Pair {
		c := &after.Pair[i]
		if c.User == 0 || !c.Chat || !after.Live() {
			continue
		}
		old := holding(before, c.User)
		switch {
		case c.User == claimed || old != nil && old.Epoch != c.Epoch:
			if old != nil && before.Live() {
				empty(t, after, old, "details.moved")
			}
			c.Shown = 0
			sendDetails(t, after, c)
		case before == nil || !reflect.DeepEqual(details(t, before, c), details(t, after, c)):
			t.Do(details(t, after, c))
		}
	}
	if before == nil || !before.Live() {
		return
	}
	for i := range before.Pair {
		if c := &before.Pair[i]; c.User != 0 && c.Chat && (!after.Live() || after.Holder(c.User) == nil) {
			empty(t, after, c, "details.taken_back")
		}
	}
}

// holding is the volunteer's claim of a job that may not have been there.
func holding(j *flows.Job, user int64) *flows.Claim {
	if j == nil {
		return nil
	}
	return j.Holder(user)
}

// forgetWhenOver erases the data of residents who asked for it while the job
// was open.
func forgetWhenOver(t *flows.Turn, j *flows.Job) {
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
