// Package menu is where a talk begins and ends: the main menu, help, the choice
// of language, and what the desk keeps of a person. flows/desk lists it; it
// decides nothing about a fault.
package menu

import (
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Flow is the main menu (PRODUCT R1). Its buttons' other words are what starts
// a flow from anywhere.
func Flow() *talk.Flow {
	return &talk.Flow{
		Name: "menu", Version: 1, Start: "menu",
		Steps: []talk.Step{
			{ID: "menu", Answers: []talk.Answer{
				{ID: "outage", Then: "outage/danger"},
				{ID: "topup", Then: "topup/trouble"},
				{ID: "connect", Then: "contact/connect"},
				{ID: "planned", Then: "contact/planned_place"},
				{ID: "reports", Then: "report/reports"},
				{ID: "person", Then: "contact/person"},
			}},
		},
	}
}

// Meant asks whether something was meant that was understood only likely.
func Meant() *talk.Flow {
	return &talk.Flow{
		Name: "meant", Version: 1, Start: "meant",
		Steps: []talk.Step{
			{ID: "meant", Over: true, Args: talk.Proposed, Answers: []talk.Answer{
				{ID: "yes", Do: talk.Meant},
				{ID: "no", Do: talk.NotMeant},
			}},
		},
	}
}

// WantsForgetting says whether who speaks of settings wants to be forgotten.
func WantsForgetting(t *talk.Turn) bool { return t.Holds("forget.forget.wants") }

// Help is /help: what the desk can do, in one screen. A talk under way goes on.
func Help() *talk.Flow {
	return &talk.Flow{
		Name: "help", Version: 1, Start: "help", Aside: true,
		Steps: []talk.Step{{ID: "help", Ends: true, Args: func(t *talk.Turn) words.Args {
			return words.Args{"Commands": t.HelpLines(t.S.Lang)}
		}}},
	}
}

// Language is /language.
func Language() *talk.Flow {
	return &talk.Flow{
		Name: "language", Version: 1, Start: "language", Detour: true,
		Steps: []talk.Step{
			{ID: "language", Leads: []string{"done"}, Answers: []talk.Answer{
				{ID: "zh", Do: speak(words.ZH)},
				{ID: "en", Do: speak(words.EN)},
			}},
			{ID: "done", Ends: true},
		},
	}
}

// speak changes the language, of the news of the person's jobs as well, and goes on with
// what was being asked.
func speak(l words.Lang) func(*talk.Turn) {
	return func(t *talk.Turn) {
		t.S.Lang = l
		for _, j := range t.Jobs {
			if r := j.ReportOf(t.S.Chat); r != nil {
				r.Lang = l
			}
			for _, c := range j.Holders() {
				if c.User == t.S.Chat {
					c.Lang = l
				}
			}
		}
		t.S.Trail = slices.DeleteFunc(t.S.Trail, func(v talk.Visit) bool { return v.Step == "language/language" })
		if !t.Return() {
			t.Go("done")
			return
		}
		t.Tell("language.done.say", nil)
	}
}

// Forget is /forget: what is stored and for how long, and its erasure (PRODUCT
// R18). A job that people are working on keeps its address until it is done.
func Forget() *talk.Flow {
	return &talk.Flow{
		Name: "forget", Version: 1, Start: "forget",
		Steps: []talk.Step{
			{ID: "forget", Args: kept, Answers: []talk.Answer{
				{ID: "erase", Then: "done", Do: erase, Forks: []talk.Fork{
					{Name: "a job is open", If: func(t *talk.Turn) bool { return t.Waiting() != nil }, Then: "later"},
				}},
				{ID: "leave", Then: "kept"},
			}},
			{ID: "kept", Ends: true},
			{ID: "done", Ends: true},
			{ID: "later", Ends: true, Args: func(t *talk.Turn) words.Args {
				no := ""
				if j := t.Waiting(); j != nil {
					no = j.No
				}
				return words.Args{"No": no}
			}},
		},
	}
}

const day = 24

func kept(t *talk.Turn) words.Args {
	keep := t.Desk.County.Keep
	return words.Args{"Session": int(keep.Session.Hours()) / day, "Job": int(keep.Job.Hours()) / day, "Mark": int(keep.FalseReport.Hours()) / day}
}

// erase forgets the person. While a job is open for them, or held by them, the
// session stays, emptied to the jobs' numbers: it is what a "yes, light is back"
// is understood by. The language stays with it: it is a setting of the screen
// and says nothing of a person.
func erase(t *talk.Turn) {
	var live []string
	for _, j := range t.ReportedJobs() {
		j.Forget(t.S.Chat, t.E.At)
		if j.Live() {
			live = append(live, j.No)
		}
	}
	t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		return j == nil || !j.Live() || !j.Holds(t.S.Chat)
	})
	t.Team.Said = slices.DeleteFunc(t.Team.Said, func(p county.Presence) bool { return p.User == t.S.Chat })
	if len(live) == 0 && len(t.S.Holds) == 0 {
		t.Do(talk.Forget{Chat: t.S.Chat})
	}
	t.Clear()
	t.S.Home, t.S.Follows, t.S.PendingPut, t.S.Said = talk.Home{}, live, "", ""
}
