package desk

import (
	"powerdesk/flows/contact"
	"powerdesk/flows/menu"
	"powerdesk/flows/report"
	"powerdesk/flows/talk"
	. "powerdesk/flows/understand" //nolint:revive,staticcheck // the table reads as a list of intents
)

// Intents is the one table of what is done about what people say where it answers no
// question on their screen (PRODUCT R2). The first row that holds counts; what has
// no row is kept with an open job, or is not understood.
func Intents() []talk.IntentRow {
	amid := func(t *talk.Turn) bool { return !t.Resting() && t.S.Flow != "contact" && t.S.Flow != "report" } // there words are for somebody
	questions := []Intent{PriceQuestion, Hours, BuyWhere, MoveMeter, NewConnection, OtherUtility}
	return []talk.IntentRow{
		{Intents: []Intent{LightBack}, When: unreported, Within: true, Firm: true, Step: "outage/solved"},
		{Intents: []Intent{Withdraw}, When: unreported, Within: true, Firm: true, Do: (*talk.Turn).Leave},
		{When: report.Leaving, Likely: true, Do: report.Gone},
		{Intents: []Intent{LightBack, Withdraw}, When: report.Waits, Do: report.Gone},
		{When: report.Wondering, Likely: true, Do: report.Asked},
		{Intents: []Intent{WhenBack, WhoComes, Hurry, Status}, When: report.Waits, Within: true, Likely: true, Do: report.Asked},
		{Intents: []Intent{WhenBack, WhoComes, Hurry, Status}, Step: "report/reports"},
		{Intents: report.Darkness, When: report.Known, Do: report.Dark},
		{When: report.Reopening, Likely: true, Do: report.Dark},
		{When: report.Numbered, Likely: true, Do: report.More},
		{Intents: []Intent{AddInfo, Correct}, When: report.Waits, Do: report.More},
		{Intents: []Intent{Complain}, When: report.HasLeader, Within: true, Do: report.Complained},
		{Intents: []Intent{Outage, Partial, Flicker, Trips, StillDark, BackThenOut, BackPartly, SecondFault, DangerDenied}, Step: "outage/danger"},
		{Intents: []Intent{NoCredit}, Step: "topup/trouble", Answer: "credit"},
		{Intents: []Intent{PaidStillDark}, Step: "topup/trouble", Answer: "paid"},
		{Intents: []Intent{LostCard}, Step: "topup/card", Answer: "lost"},
		{Intents: []Intent{CardUnread}, Step: "topup/card", Answer: "unread"},
		{Intents: []Intent{MeterShows}, Step: "topup/trouble", Hear: true},
		{Intents: questions, When: amid, Within: true, Do: contact.Aside},
		{Intents: []Intent{BuyWhere, NewConnection}, When: contact.Particular, Step: "contact/answer"},
		{Intents: []Intent{BuyWhere}, Step: "topup/buy"},
		{Intents: []Intent{NewConnection}, Step: "contact/connect"},
		{Intents: questions, When: forNobody, Step: "contact/answer"},
		{Intents: []Intent{Complain}, When: report.Waits, Likely: true, Do: report.Asked},
		{Intents: []Intent{Complain}, Step: "contact/person", Hear: true},
		{Intents: []Intent{Human}, Step: "contact/person"},
		{Intents: []Intent{ContactPoint}, Step: "contact/place"},
		{Intents: []Intent{PlannedQuestion}, Step: "contact/planned_place"},
		{Intents: []Intent{Help}, Within: true, Do: aside("help.help.say")},
		{Intents: []Intent{Settings}, When: menu.WantsForgetting, Step: "forget/forget"},
		{Intents: []Intent{Settings}, Within: true, Do: talk.Detour("language")},
		{Intents: []Intent{Greeting}, Do: greet},
		{Intents: []Intent{Smalltalk}, When: nothingElse, Do: chat},
		{Intents: []Intent{Thanks, Satisfied, Fair, LightBack}, When: nothingElse, Within: true, Do: aside("router.welcome")},
	}
}

// unreported says whether a fault is being talked about that nobody has been told of.
func unreported(t *talk.Turn) bool {
	j := t.Job()
	return !t.Resting() && (t.S.Flow == "outage" || t.S.Flow == "topup") && (j == nil || !t.Waits(j))
}

// forNobody says whether the words are for the desk: on the screen that leads to a person
// they are for that person.
func forNobody(t *talk.Turn) bool {
	return t.S.Flow != "contact" || t.S.Step != "person" && t.S.Step != "connect"
}

// nothingElse says whether a courtesy may be all that was said: with an open job, what
// is long or less than certain is passed on, and of a danger everything.
func nothingElse(t *talk.Turn) bool {
	j := t.Waiting()
	if t.Hears() && t.S.Step != "answer" { // a word for those who helped
		return false
	}
	return j == nil || j.Danger == "" && t.Short() && t.Certain()
}

// greet answers who only says hello with what can be done here.
func greet(t *talk.Turn) {
	t.Tell("router.hello", nil)
	t.Ask()
}

// chat answers what is no business of the desk: it starts nothing.
func chat(t *talk.Turn) {
	t.Tell("router.chat", nil)
	t.Ask()
}

// aside tells something beside the talk.
func aside(key string) func(*talk.Turn) {
	return func(t *talk.Turn) { t.Reply(t.Word(key, nil)) }
}
