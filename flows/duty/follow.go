package duty

import (
	"reflect"

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
	var first flows.Claim
	for _, e := range after.History[known:] {
		log(t, after, e)
		tellResidents(t, after, e)
		tellCrew(t, before, after, e)
		if e.What == flows.DidClaim {
			first = *orZero(after.Holder(e.User))
		}
	}
	redraw(t, before, after)
	tellHolders(t, before, after, first)
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

func orZero(c *flows.Claim) *flows.Claim {
	if c == nil {
		return &flows.Claim{}
	}
	return c
}

// log writes the entry to the duty log; a resident is "resident" there.
func log(t *flows.Turn, j *flows.Job, e flows.Entry) {
	who := e.Name
	if who == "" {
		who = "resident"
	}
	t.Do(flows.Log{At: e.At, Job: j.No, Who: who, What: e.What, Note: e.Arg})
}

// tellResidents gives every reporter the news of the crew's work (PRODUCT R11).
// What a resident did is answered in their own turn.
func tellResidents(t *flows.Turn, j *flows.Job, e flows.Entry) {
	key := "news." + e.What
	switch e.What {
	case flows.DidClaim:
		if j.Claims() == len(j.Pair) {
			key = "news.claimed_both"
		}
	case flows.DidRelease, flows.DidDepart, flows.DidArrive, flows.DidRestore:
	default:
		return
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 {
			continue
		}
		say := flows.Say{Chat: r.Chat, Class: flows.AnswerClass, Text: words.Say(r.Lang, key, words.Args{
			"No": j.No, "Crew": names(j, r.Lang), "Name": e.Name, "Hotline": t.Desk.County.Hotline,
			"Cause": words.HTML(words.Say(r.Lang, "cause."+orUnclear(j.Cause), nil)),
		})}
		if e.What == flows.DidRestore {
			say.Keys = [][]flows.Key{
				{{Text: words.Plain(r.Lang, "report.back.yes", nil)}, {Text: words.Plain(r.Lang, "report.back.no", nil)}},
				{{Text: words.Plain(r.Lang, "nav.exit", nil)}, {Text: words.Plain(r.Lang, "nav.person", nil)}},
			}
		}
		t.Do(say)
	}
}

// tellCrew gives the pair what the resident did, and the group what must not be
// missed in an edited card: a danger that came up, a home that is still dark.
func tellCrew(t *flows.Turn, before, j *flows.Job, e flows.Entry) {
	switch e.What {
	case flows.DidStillDark, flows.DidWithdraw, flows.DidConfirm, flows.DidRate, flows.DidComment:
		for i := range j.Pair {
			if c := &j.Pair[i]; c.Chat {
				t.Do(flows.Say{Chat: c.User, Class: flows.AnswerClass, Protect: true, Text: words.Say(c.Lang, "crew."+e.What, words.Args{
					"No": j.No, "Rating": words.HTML(words.Say(c.Lang, "rating."+orNone(e.Arg), nil)),
				})})
			}
		}
	case flows.DidNote:
		if n := len(j.Notes); n > 0 && before != nil {
			for i := range j.Pair {
				sendMedia(t, j, &j.Pair[i], j.Notes[n-1])
			}
		}
	}
	group := t.Desk.County.Chats.Duty
	l := t.Desk.County.Lang
	switch {
	case e.What == flows.DidStillDark:
		t.Do(flows.Say{Chat: group, Class: flows.CardClass, Text: words.Say(l, "group.still_dark", words.Args{"No": j.No, "Crew": names(j, l)})})
	case e.What == flows.DidComplete && e.Arg == "danger" && before != nil && before.Danger != j.Danger:
		t.Do(flows.Say{Chat: group, Class: flows.Danger, Text: words.Say(l, "group.danger", words.Args{
			"No": j.No, "Kind": words.HTML(words.Say(l, "danger."+j.Danger, nil)),
		})})
	case e.What == flows.DidComment && t.Desk.County.Chats.Leader != 0:
		r := orReport(j.ReportOf(e.User))
		t.Do(flows.Say{Chat: t.Desk.County.Chats.Leader, Class: flows.CardClass, Text: words.Say(l, "group.comment", words.Args{
			"No": j.No, "Text": r.Comment, "Crew": names(j, l),
		})})
	}
}

func orNone(rating string) string {
	if rating == "" {
		return "none"
	}
	return rating
}

func orReport(r *flows.Report) flows.Report {
	if r == nil {
		return flows.Report{}
	}
	return *r
}

// tellHolders redraws the details of everybody who holds the job, sends them to
// who has just claimed it, and takes them back from who no longer does.
func tellHolders(t *flows.Turn, before, after *flows.Job, claimed flows.Claim) {
	for i := range after.Pair {
		c := &after.Pair[i]
		if c.User == 0 || !c.Chat || !after.Live() {
			continue
		}
		fresh := c.User == claimed.User
		if fresh || before == nil || !reflect.DeepEqual(detailsCard(t, before, c), detailsCard(t, after, c)) {
			tellPair(t, after, c, fresh)
		}
	}
	if before == nil || !before.Live() {
		return
	}
	for _, c := range before.Pair {
		if c.User != 0 && c.Chat && (!after.Live() || after.Holder(c.User) == nil) {
			takeBack(t, after, c.User, c.Lang)
		}
	}
}

// forgetWhenOver erases the data of residents who asked for it while the job
// was open.
func forgetWhenOver(_ *flows.Turn, j *flows.Job) {
	if j.Live() {
		return
	}
	for i := range j.Reports {
		if r := j.Reports[i]; r.Forget {
			j.Forget(r.Chat, j.Clocks.Close)
		}
	}
}
