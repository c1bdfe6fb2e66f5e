package duty

import (
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// That a report was found false (job.Job.FalseReport) is seen by those who decide,
// and by nobody else. The pair reads in private that there were some, because two
// people go to a door at night; the group does not, because in a village a card
// with the community and a doubt on it points at somebody. A danger never shows
// any. The team goes all the same, and the resident notices nothing.

// manyFalseReports is from how many false reports on the leader hears of a new
// one: one is a mistake, two are bad luck.
const manyFalseReports = 3

// tellFalseReports shows the leader whose reports were found false again and again.
// Whether somebody comes onto the block list is a person's decision; the desk
// bars nobody by itself. Where only the duty group would read it, it is not said.
func tellFalseReports(t *talk.Turn, j *job.Job) {
	all := t.FalseReports()
	if len(all) < manyFalseReports || !j.Outage() || j.Reports[0].Typed {
		return
	}
	c := t.Desk.County
	args := groupArgs(t, j, c.Lang)
	args["Marks"], args["List"] = len(all), strings.Join(all, ", ")
	args["Days"] = int(c.Keep.FalseReport / (24 * time.Hour))
	for _, chat := range leaderChats(c) {
		if chat != c.Chats.Duty {
			t.Do(talk.Say{Chat: chat, Class: talk.AnnounceClass, Protect: chat > 0, Text: words.Say(c.Lang, "leader.marks", args)})
		}
	}
}

// showFalseReport adds to the card of a false report until when it counts as one,
// and the button that takes it back, for who may. A leader reads in private which
// number the block list goes by: it is the one thing there that names a person.
func showFalseReport(t *talk.Turn, j *job.Job) {
	c := t.Desk.County
	keep := c.Keep.FalseReport
	r := j.FalseReport(t.E.At, keep)
	m, _ := c.Member(t.E.From.ID)
	if r == nil || t.E.Chat.Kind == talk.Duty || !m.Leader && j.Holder(t.E.From.ID) == nil {
		return
	}
	l := lang(t)
	args := words.Args{"No": j.No, "Until": c.TimeInWords(l, j.Clocks.Close.Add(keep), t.E.At), "Chat": r.Chat}
	text := words.Say(l, "duty.marked", args)
	alone := t.E.Chat.Kind == talk.Private
	if alone && m.Leader {
		text += "\n" + words.Say(l, "duty.marked_id", args)
	}
	t.Do(talk.Say{
		Chat: t.E.Chat.ID, Class: talk.AnswerClass, Protect: alone, Text: text, Buttons: draw(false, j, offered(c, j, nil, movesOf(j, false), inAfter), l),
	})
}
