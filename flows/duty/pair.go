package duty

import (
	"fmt"
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// tellPair gives the pair what they did not do themselves: a resident's word,
// the desk's question, a leader's step. A redrawn message makes no sound: who
// drives does not see it.
func tellPair(t *talk.Turn, before, j *job.Job, index int) {
	e := j.History[index]
	switch e.What {
	case job.DidRemind:
		askPair(t, j, e)
		return
	case job.DidRelease:
		tellLost(t, before, j, e)
		return
	case job.DidDrop:
		tellLost(t, before, j, e)
	}
	more := learned(before, j)
	key := pairKey(j, e, more)
	if key == "" || e.What == job.DidWorsen && before != nil && len(j.Notes) > len(before.Notes) { // the words themselves say it
		return
	}
	for _, c := range j.Holders() {
		if !c.Chat || c.User == e.User || c.Clerk && !clerkHears(j, e) {
			continue
		}
		key := key
		if c.Clerk && e.What == job.DidComplete {
			key = "crew.danger_hall"
		}
		say := talk.Say{Chat: c.User, Class: talk.AnswerClass, Protect: true, Text: words.Say(c.Lang, j.Phrase(key), words.Args{
			"No":     j.No,
			"More":   more,
			"By":     e.By,
			"What":   words.HTML(words.Say(c.Lang, "did."+e.What, nil)),
			"Kind":   dangers(j, c.Lang),
			"Rating": words.HTML(words.Say(c.Lang, "rating."+orNone(e.Arg), nil)),
			"Name":   e.Name,
			"Why":    reason(e, c.Lang),
		})}
		if e.What == job.DidComplete && e.Arg == "" {
			say.Slot = extraSlot(j, c, fmt.Sprint("learned", index))
		}
		t.Do(say)
	}
}

// pairKey is the sentence by which the pair hears of an entry; "" = it does not.
func pairKey(j *job.Job, e job.Entry, more string) string {
	switch e.What {
	case job.DidComplete:
		switch {
		case e.Arg != "":
			return "crew." + e.Arg // danger, calm
		case more == "": // the town alone: the rest of the address is on its way
			return ""
		case more == pinSign:
			return "crew.pin"
		}
		return "crew.completed"
	case job.DidWithdraw:
		if j.Live() {
			return "crew.withdrawn_one"
		}
		return "crew.withdrawn"
	case job.DidStillDark, job.DidWorsen, job.DidSafe:
		return "crew." + e.What
	case job.DidTake, job.DidPay, job.DidRefuse, job.DidDrop:
		if e.Arg == job.Gone {
			return ""
		}
		return "crew.topup." + e.What
	case job.DidWrite:
		return "crew.wrote." + e.Arg
	case job.DidRaise:
		return "crew.raised." + e.Arg
	case job.DidAskBack:
		return "crew.asked." + e.Arg
	}
	if e.By != "" {
		return "crew.leader"
	}
	return ""
}

// tellLost thanks a volunteer or a clerk from whom somebody else took a job back: the
// desk, a leader, or a qualified colleague.
func tellLost(t *talk.Turn, before, j *job.Job, e job.Entry) {
	old := holding(before, &job.Claim{User: e.User, Clerk: e.What == job.DidDrop})
	if old == nil || !old.Chat {
		return
	}
	key := "crew.lost." + e.Arg
	switch {
	case e.By != "":
		key = "crew.lost_to_leader." + e.What
	case e.Arg != "idle" && e.Arg != job.Relieved: // they gave it back themselves
		return
	}
	t.Do(talk.Say{Chat: e.User, Class: talk.AnswerClass, Protect: true, Text: words.Say(old.Lang, key, words.Args{"No": j.No, "By": e.By})})
}

// askPair puts the desk's question to who holds the job: in private with the
// buttons that answer it, or, to who has never opened the private chat, by name
// in the group. A press changes the message it is made on only when that is a
// card, so each of these buttons is a whole answer; what needs more than one
// press is answered on the details, which come once more, below the question.
func askPair(t *talk.Turn, j *job.Job, e job.Entry) {
	question := rungOf(e.Arg).asks
	if question == "" {
		return
	}
	answers := answersTo(t.Desk.County, j, question)
	for i := range j.Pair {
		c := &j.Pair[i]
		if c.User == 0 || e.User != 0 && c.User != e.User {
			continue
		}
		to, l, name := c.User, c.Lang, ""
		if !c.Chat {
			to, l = group(t, j), t.Desk.County.Lang
			name = words.Say(l, "group.to", words.Args{"Who": mentions([]county.Member{{ID: c.User, Name: c.Name}}, l)})
		}
		t.Do(talk.Say{
			Chat: to, Class: talk.CardClass, Protect: c.Chat, Buttons: draw(j.Room() == job.Clerks, j, answers, l),
			Text: name + words.Say(l, j.Phrase("crew."+question), words.Args{"No": j.No}),
		})
		switch {
		case answers != nil:
		case c.Chat:
			sendDetails(t, j, c)
		default:
			j.Posted++ // the group's card
		}
	}
}

// pinSign stands for a position, which comes as a map of its own.
const pinSign = "📍"

// learned is what the pair did not know before: the door, a pin, a phone.
func learned(before, j *job.Job) string {
	if before == nil {
		return ""
	}
	var all []string
	if exact := exactly(j.Place); exact != exactly(before.Place) {
		all = append(all, exact)
	}
	if j.Place.Pin != before.Place.Pin {
		all = append(all, pinSign)
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
		return job.UnknownDanger
	}
	return danger
}
