package duty

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Where the crew commands. A group reads the same as a private chat: none of the
// commands names a resident.
var (
	crew   = []talk.ChatKind{talk.Private, talk.Duty}
	team   = []talk.ChatKind{talk.Private, talk.Duty, talk.Leader}
	duty   = []talk.ChatKind{talk.Duty}
	leader = []talk.ChatKind{talk.Leader}
	hall   = []talk.ChatKind{talk.Hall}
)

// Commands are the crew's rows of the table of commands (PRODUCT V8), in the order
// of the menus. In private /help is everybody's. What is said in the hall's group
// of duty counts for the hall.
func Commands() []talk.CommandRow {
	return []talk.CommandRow{
		{Name: "open", Who: talk.ForCrew, In: team, Do: lookUp(talk.OpenJobs, nil, openJobs)},
		{Name: "job", Who: talk.ForCrew, In: team, Do: showJob},
		{Name: "mine", Who: talk.ForCrew, In: crew, Do: jobsHeld},
		{Name: "log", Who: talk.ForCrew, In: team, Do: lookUp(talk.LogLines, shiftBegan, showLog)},
		{Name: "stats", Who: talk.ForCrew, In: team, Do: lookUp(talk.Facts, statsBegin, stats)},
		{Name: "duty", Who: talk.ForCrew, In: team, Do: func(t *talk.Turn) { answer(t, dutyText(t, lang(t), false)) }},
		{Name: "on", Who: talk.ForCrew, In: team, Do: func(t *talk.Turn) { presence(t, true) }},
		{Name: "off", Who: talk.ForCrew, In: team, Do: func(t *talk.Turn) { presence(t, false) }},
		{Name: "report_for", Who: talk.ForCrew, In: crew, Do: phonedIn},
		{Name: "help", Who: talk.ForCrew, In: duty, Do: help("group.help")},
		{Name: "help", Who: talk.ForLeader, In: leader, Do: help("leader.help")},

		{Name: "open", Who: talk.ForClerk, In: hall, Help: "hall.help_open", Do: lookUp(talk.OpenJobs, nil, waitingAtHall)},
		{Name: "duty", Who: talk.ForClerk, In: hall, Do: func(t *talk.Turn) { answer(t, onDuty(t, lang(t))) }},
		{Name: "on", Who: talk.ForClerk, In: hall, Do: func(t *talk.Turn) { hallPresence(t, true) }},
		{Name: "off", Who: talk.ForClerk, In: hall, Do: func(t *talk.Turn) { hallPresence(t, false) }},
		{Name: "help", Who: talk.ForClerk, In: hall, Do: help("hall.help")},
	}
}

// Group answers a command in a group the desk serves; the rest of what people
// say there is theirs. Who leaves the duty group gives back what they hold: they
// could not press a button of it any more.
func (Crew) Group(t *talk.Turn) {
	switch kind := t.E.Chat.Kind; {
	case t.E.Kind == talk.Added:
		t.Do(talk.Say{
			Chat: t.E.Chat.ID, Class: talk.AnnounceClass,
			Text: words.Say(t.Desk.County.Lang, "group.hello", words.Args{"Chat": t.E.Chat.ID}),
		})
	case t.E.Kind == talk.Departed && kind == talk.Duty:
		leave(t, func(j *job.Job) {
			if j.Room() == job.Crew {
				j.Release(t.E.From.ID, job.Actor{}, job.Left, t.E.At)
			}
		})
	case t.E.Kind == talk.Departed && kind == talk.Hall:
		leave(t, func(j *job.Job) { j.LeaveClerks(t.E.From.ID, t.E.At) })
	case t.E.Kind == talk.Command, t.E.Kind == talk.Found:
		if !t.Obey() {
			help("group.unknown_command")(t)
		}
	}
}

// leave gives back what somebody holds as a member of the group they left. Who is
// in both groups keeps what they hold in the other.
func leave(t *talk.Turn, giveBack func(*job.Job)) {
	t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		if j == nil {
			return true
		}
		giveBack(j)
		return !j.Holds(t.E.From.ID)
	})
}

// help says what can be commanded in a group.
func help(key string) func(*talk.Turn) {
	return func(t *talk.Turn) { answer(t, words.Say(lang(t), key, words.Args{"Commands": t.HelpLines(lang(t))})) }
}

// lang is the language of who reads the answer: the group's, or the person's.
func lang(t *talk.Turn) words.Lang {
	if t.E.Chat.Kind == talk.Private {
		return t.S.Lang
	}
	return t.Desk.County.Lang
}

// answer says something where it was asked: in private it leaves the talk where
// it is.
func answer(t *talk.Turn, text string) {
	if t.E.Chat.Kind == talk.Private {
		t.Reply(text)
		return
	}
	t.Do(talk.Say{Chat: t.E.Chat.ID, Class: talk.AnswerClass, Text: text})
}

// statsFor is the time that /stats looks back on.
const statsFor = 7 * 24 * time.Hour

func statsBegin(t *talk.Turn) time.Time { return t.E.At.Add(-statsFor) }

// lookUp is a command whose answer the desk has to look up first: it is given
// when the same event comes back with what was found. Since nil asks for all.
func lookUp(kind talk.LookupKind, since func(*talk.Turn) time.Time, found func(*talk.Turn)) func(*talk.Turn) {
	return func(t *talk.Turn) {
		if t.E.Kind == talk.Found {
			found(t)
			return
		}
		question := talk.Lookup{Kind: kind}
		if since != nil {
			question.At = since(t)
		}
		t.Do(question)
	}
}

// openJobs lists what is not over, the oldest first.
func openJobs(t *talk.Turn) {
	list(t, t.E.Finding.Jobs, "duty.open", "duty.open_none")
}

// jobsHeld lists what the asking volunteer holds.
func jobsHeld(t *talk.Turn) {
	var held []*job.Job
	for _, no := range t.S.Holds {
		if j := t.Jobs[no]; j != nil && j.Live() && j.Holder(t.S.Chat) != nil {
			held = append(held, j)
		}
	}
	list(t, held, "duty.mine", "duty.mine_none")
}

func list(t *talk.Turn, jobs []*job.Job, title, none string) {
	l := lang(t)
	if len(jobs) == 0 {
		answer(t, words.Say(l, none, nil))
		return
	}
	answer(t, words.Say(l, title, words.Args{"N": len(jobs)})+"\n"+jobLines(t, jobs, l))
}

// showJob puts a job's card at the bottom of the group again; in private it
// shows the card to read, and a holder the details.
func showJob(t *talk.Turn) {
	l := lang(t)
	j := t.Jobs[t.E.JobMeant()]
	switch {
	case j == nil:
		answer(t, words.Say(l, "duty.no_job", nil))
	case t.E.Chat.Kind == talk.Duty && j.Live() && j.Room() == job.Crew:
		moveCard(t, j)
	case t.E.Chat.Kind == talk.Private && j.Live() && j.Holder(t.S.Chat) != nil:
		claim := j.Holder(t.S.Chat)
		claim.Chat, claim.Lang = true, t.S.Lang
		sendDetails(t, j, claim)
		answer(t, words.Say(l, "duty.details", words.Args{"No": j.No}))
	default:
		answer(t, words.Say(l, j.Phrase("card.title"), words.Args{"No": j.No})+"\n"+cardText(t, j, l))
		showFalseReport(t, j)
	}
}

// moveCard shows the card in a new message; the one before says where it went.
func moveCard(t *talk.Turn, j *job.Job) {
	t.Do(talk.Say{
		Chat: t.Desk.County.Chats.Duty, Slot: cardSlot(j, j.Posted), Class: talk.EditClass,
		Text: words.Say(t.Desk.County.Lang, "card.moved", words.Args{"No": j.No}),
	})
	j.Posted++
	t.Do(card(t, j))
}

// phonedIn begins a report for somebody who phoned or came. It is a talk like a
// resident's, in private: an address and a phone do not belong into a group.
func phonedIn(t *talk.Turn) {
	if t.E.Chat.Kind != talk.Private {
		answer(t, words.Say(lang(t), "group.report_for", nil))
		return
	}
	t.Begin("phoned/line")
}
