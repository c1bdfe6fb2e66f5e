package duty

import (
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// topUpNews is how residents hear of what the hall does; "" = they do not: what
// they did themselves was answered in their own turn.
func topUpNews(j *job.Job, e job.Entry) string {
	switch {
	case e.What == job.DidAskTopUp && e.Name != "":
		return "news.called.hall"
	case e.What == job.DidAskTopUp, e.What == job.DidRaise && e.Name == "", e.Arg == job.Gone:
		return ""
	case e.What == job.DidAskBack:
		return "news.asked_back"
	case e.What == job.DidRaise:
		return "news.raised." + e.Arg
	case e.What == job.DidWrite && j.Danger != "":
		return "news.topup_wrote_danger"
	case e.What == job.DidWrite && j.Attended():
		return "news.topup_wrote_crew"
	case e.What == job.DidWrite:
		return "news.wrote." + e.Arg
	case e.What == job.DidRefuse && !j.CreditAlone():
		return "news.topup_refused_crew"
	}
	return "news.topup." + e.What
}

// topUpQuestion is the step that asks what a piece of such news asks, and its
// answers; "" = it asks nothing.
func topUpQuestion(j *job.Job, e job.Entry) (step string, answers []string) {
	switch {
	case e.What == job.DidWrite && j.State == job.Restored:
		return "report.back", []string{"yes", "no"}
	case e.What == job.DidWrite && !j.Attended():
		return lightStep(j)
	case e.What == job.DidRefuse && j.CreditAlone():
		return "topup.refused", []string{"people", "morning"}
	case e.What == job.DidRemind && e.Arg == "hall.2" && j.CreditAlone():
		return "topup.silent", []string{"people", "wait"}
	case e.What == job.DidAskBack:
		return "topup.asked_back", []string{"unsure"}
	}
	return "", nil
}

// newsPicture is the drawing of what a resident does next.
func newsPicture(j *job.Job, e job.Entry) string {
	switch {
	case e.What != job.DidWrite || j.Attended():
		return ""
	case e.Arg == "meter":
		return "remote"
	}
	return "insert"
}

// lightStep is the step that leads a resident from written credit to light, as
// its words are called, and its answers.
func lightStep(j *job.Job) (step string, answers []string) {
	if j.TopUp.Way == "meter" {
		return "topup.light_meter", []string{"yes", "still"}
	}
	return "topup.light_card", []string{"yes", "still", "later"}
}

// askClerk puts the desk's question to who has taken a request and says nothing.
func askClerk(t *talk.Turn, j *job.Job, e job.Entry) {
	c := &j.TopUp.Clerk
	key := rungOf(e.Arg).clerk
	if key == "" || c.User == 0 {
		return
	}
	if c.Chat {
		sendDetails(t, j, c)
		t.Do(talk.Say{Chat: c.User, Class: talk.CardClass, Protect: true, Text: words.Say(c.Lang, key, words.Args{"No": j.No})})
		return
	}
	l := t.Desk.County.Lang
	name := words.Say(l, "group.to", words.Args{"Who": mentions([]county.Member{{ID: c.User, Name: c.Name}}, l)})
	say(t, t.Desk.County.Chats.Hall, talk.CardClass, name+words.Say(l, key, words.Args{"No": j.No}))
}

// clerkHears says whether an entry is for the clerk, too: what ends or changes
// their part, and a leader's step in it. Their own doings are the crew's news.
func clerkHears(j *job.Job, e job.Entry) bool {
	return j.TopUp.State != "" && (e.What == job.DidComplete && e.Arg == "danger" ||
		e.By != "" && slices.Contains(topUpSteps, e.What) ||
		slices.Contains([]string{job.DidWithdraw, job.DidRaise, job.DidStillDark}, e.What))
}

// clerkNames are the clerks whom the leader may wake: who has it, else who is on
// duty.
func clerkNames(t *talk.Turn, j *job.Job, l words.Lang) words.HTML {
	c := t.Desk.County
	if held := j.TopUp.Clerk; held.User != 0 {
		return mentions([]county.Member{{ID: held.User, Name: held.Name}}, l)
	}
	if on := c.ClerksOnDuty(t.Team, t.E.At); len(on) > 0 {
		return mentions(on, l)
	}
	return words.HTML(words.Say(l, "duty.nobody_now", nil))
}

// hallPhone is the hall's name and number, else the hotline.
func hallPhone(c *county.County, l words.Lang) string {
	if len(c.Outlets) == 0 || c.Outlets[0].Phone == "" {
		return c.Hotline
	}
	return c.Outlets[0].Name.In(l) + " " + c.Outlets[0].Phone
}
