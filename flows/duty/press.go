package duty

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Press decides one press. The button proves nothing: the presser's membership
// comes with the event, and what they may do is read from the job. Buttons of a
// version that knew others are answered politely and change nothing.
func (Crew) Press(t *talk.Turn) {
	b := t.E.Press
	j := t.Jobs[b.Job]
	switch {
	case b.Clerks && !t.E.From.Clerk:
		toast(t, "not_clerk", nil, true)
	case !b.Clerks && !t.E.From.Member:
		toast(t, "not_member", nil, true)
	case j == nil, ofCredit(t, j) && b.Epoch < j.TopUp.Clerk.Epoch: // of an earlier request
		toast(t, "old_button", nil, false)
	default:
		for _, m := range movesOf(j, b.Clerks) {
			if m.action == b.Action && m.offers(t, j, b.Arg) {
				m.press(t, j)
				return
			}
		}
		toast(t, "old_button", nil, false)
	}
}

// ofCredit says whether the pressed card is that of the job's credit.
func ofCredit(t *talk.Turn, j *job.Job) bool { return t.E.Press.Clerks && j.Outage() }

// offers says whether there is such a choice.
func (m move) offers(t *talk.Turn, j *job.Job, arg string) bool {
	if m.codes == nil {
		return arg == ""
	}
	return slices.Contains(m.codes(t.Desk.County, j), arg)
}

// press makes a move: the choice is opened, or typed in private, or done to the job.
func (m move) press(t *talk.Turn, j *job.Job) {
	as, arg := m.by, t.E.Press.Arg
	if as == nil {
		as = holder
	}
	by, why := as(t, j)
	typed := m.typed != "" && arg == exact
	switch {
	case why != "":
	case typed:
		why = mayType(t, j, by)
	case m.does != nil:
		why = m.does(t, j, by, arg)
	default:
		why = mayChoose(t, j, by)
	}
	switch {
	case m.takes && (why == "" || why == job.Already):
		received(t, j, why, m.said)
	case why != "":
		refuse(t, j, why)
	case typed:
		askTyped(t, j, m.typed)
	case m.does == nil:
		t.Do(talk.Toast{Callback: t.E.Callback})
		turn(t, j, m.menu(arg))
	default:
		m.done(t, j)
	}
}

// menu is the choice that a move opens. A choice of a choice names the first as
// "until/material".
func (m move) menu(arg string) string {
	if arg == "" {
		return m.opens
	}
	return m.opens + "/" + arg
}

// done says what came of a move.
func (m move) done(t *talk.Turn, j *job.Job) {
	said := m.said
	if followed(j) {
		said = "followed"
	}
	toast(t, strings.TrimPrefix(j.Phrase("toast."+said), "toast."), nil, false)
	if m.closes {
		turn(t, j, "")
	}
	if m.asks != nil {
		more(t, j, m.asks(j))
	}
	if !j.Holds(t.E.From.ID) { // who is its clerk still is
		t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool { return no == j.No })
	}
}

// followed says whether what was done last changes nothing for who waits: nobody was
// told of it.
func followed(j *job.Job) bool { return j.History[len(j.History)-1].What == job.DidFollow }

// toast answers the press with a sentence below "toast.".
func toast(t *talk.Turn, key string, args words.Args, alert bool) {
	t.Do(talk.Toast{Callback: t.E.Callback, Text: words.Plain(t.S.Lang, "toast."+key, args), Alert: alert})
}

// refuse says why nothing changed, and by whom it was taken.
func refuse(t *talk.Turn, j *job.Job, why job.Refusal) {
	key, args := string(why), words.Args{"Crew": j.Crew(t.S.Lang), "No": j.No, "Name": j.TopUp.Clerk.Name}
	if ofCredit(t, j) {
		key = "topup." + key
	}
	toast(t, key, args, why != job.Already)
}

// received answers who has just taken a job, or had it already. Who has never
// opened the private chat is taken there.
func received(t *talk.Turn, j *job.Job, why job.Refusal, said string) {
	if why == "" {
		hold(t, j)
	}
	switch {
	case !t.S.Opened:
		t.Invite(j.No, "")
	case why == job.Already:
		toast(t, "already_yours", nil, false)
	default:
		toast(t, said, words.Args{"N": j.Claims(), "Of": j.Places()}, false)
	}
}

// hold remembers that somebody has taken a job, so that their private chat
// belongs to it.
func hold(t *talk.Turn, j *job.Job) {
	t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool {
		held := t.Jobs[no]
		return held == nil || !held.Holds(t.S.Chat) || no == j.No || over(held, t.E.At)
	})
	t.S.Holds = append(t.S.Holds, j.No)
}

// mayChoose says whether what a choice would lead to can still be done.
func mayChoose(t *talk.Turn, j *job.Job, by job.Actor) job.Refusal {
	switch {
	case !ofCredit(t, j) && j.State == job.Restored:
		return job.Already
	case !ofCredit(t, j):
		return ""
	case !j.Live() || j.State == job.Restored || !j.TopUp.Waits():
		return job.Finished
	case j.TopUp.Clerk.User != by.ID && !by.Over:
		return job.NotYours
	}
	return ""
}

// mayType says whether the presser may name it in words: of the credit, its clerk
// alone knows the sum.
func mayType(t *talk.Turn, j *job.Job, by job.Actor) job.Refusal {
	if ofCredit(t, j) && j.TopUp.Clerk.User != by.ID {
		return job.NotYours
	}
	return ""
}

// askTyped goes on in the presser's private chat, where words can be typed. Who is in
// the middle of a talk there is not interrupted; who has never opened it is taken
// there.
func askTyped(t *talk.Turn, j *job.Job, ref string) {
	switch {
	case !t.S.Opened:
		t.Invite(j.No, ref)
	case !t.Resting():
		toast(t, "in_talk", nil, true)
	default:
		key := "see_private"
		if ofCredit(t, j) {
			key = "topup.see_private"
		}
		toast(t, key, nil, false)
		more(t, j, ref)
	}
}

// more asks in private for what is wanted but not needed, of who may be asked:
// who has the chat open and is in no talk there.
func more(t *talk.Turn, j *job.Job, ref string) {
	if ref != "" && t.S.Opened && t.Resting() {
		t.Clear()
		t.S.Job = j.No
		t.Go(ref)
	}
}

// turn redraws the pressed card, the group's or the presser's own, with the buttons
// of a choice, or with its own again. Nothing of the job changes: the next change
// draws the card anew.
func turn(t *talk.Turn, j *job.Job, menu string) {
	credit := ofCredit(t, j)
	for _, c := range j.Holders() {
		if t.E.Chat.Kind == talk.Private && c.User == t.E.From.ID && c.Chat && c.Clerk == credit {
			show := details(t, j, c)
			show.Buttons = ownButtons(t, j, c, menu)
			t.Do(show)
			return
		}
	}
	show := card(t, j)
	if credit {
		show = topUpCard(t, j)
	}
	show.Buttons = buttons(t, j, nil, credit, menu, t.Desk.County.Lang)
	show.Class = talk.EditClass
	t.Do(show)
}

// opened is the choice that a press leaves open on the card it was made on: who
// comes later than they said may say why.
func opened(t *talk.Turn, j *job.Job, here bool) string {
	n := len(j.History)
	if t.E.Kind != talk.Press || t.E.Press.Job != j.No || !here || n == 0 {
		return ""
	}
	if last := j.History[n-1]; last.What == job.DidETA && last.Arg == "late" && last.At.Equal(t.E.At) {
		return "late"
	}
	return ""
}
