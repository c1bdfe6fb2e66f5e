// Package menu is where a talk begins and ends: the main menu, help, the choice
// of language, and what the desk keeps of a person. flows/desk lists it; it
// decides nothing about a fault.
package menu

import (
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is the main menu (PRODUCT R1). Its buttons' other words are what starts
// a flow from anywhere.
func Flow() *flows.Flow {
	return &flows.Flow{
		Name: "menu", Version: 1, Start: "menu",
		Steps: []flows.Step{
			{ID: "menu", Answers: []flows.Answer{
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

// Help is /help: what the desk can do, in one screen.
func Help() *flows.Flow {
	return &flows.Flow{
		Name: "help", Version: 1, Command: "help", Start: "help",
		Steps: []flows.Step{{ID: "help", Args: hotline, Ends: true}},
	}
}

func hotline(t *flows.Turn) words.Args { return words.Args{"Hotline": t.Desk.County.Hotline} }

// Language is /language.
func Language() *flows.Flow {
	return &flows.Flow{
		Name: "language", Version: 1, Command: "language", Start: "language",
		Steps: []flows.Step{
			{ID: "language", Answers: []flows.Answer{
				{ID: "zh", Then: "done", Do: func(t *flows.Turn) { t.S.Lang = words.ZH }},
				{ID: "en", Then: "done", Do: func(t *flows.Turn) { t.S.Lang = words.EN }},
			}},
			{ID: "done", Ends: true},
		},
	}
}

// Forget is /forget: what is stored and for how long, and its erasure (PRODUCT
// R18). A job that people are working on keeps its address until it is done.
func Forget() *flows.Flow {
	return &flows.Flow{
		Name: "forget", Version: 1, Command: "forget", Start: "forget",
		Steps: []flows.Step{
			{ID: "forget", Args: kept, Answers: []flows.Answer{
				{ID: "erase", Then: "done", Do: erase, Forks: []flows.Fork{
					{Name: "a job is open", If: func(t *flows.Turn) bool { return t.Waiting() != nil }, Then: "later"},
				}},
				{ID: "leave", Then: "menu/menu"},
			}},
			{ID: "done", Ends: true},
			{ID: "later", Ends: true, Args: func(t *flows.Turn) words.Args { return words.Args{"No": t.Waiting().No} }},
		},
	}
}

const day = 24

func kept(t *flows.Turn) words.Args {
	keep := t.Desk.County.Keep
	return words.Args{"Session": int(keep.Session.Hours()) / day, "Job": int(keep.Job.Hours()) / day}
}

// erase forgets the person. What the session holds is emptied here, so that the
// commit which erases the rest cannot write it back.
func erase(t *flows.Turn) {
	for _, j := range t.Mine() {
		j.Forget(t.S.Chat, t.E.At)
	}
	var live []string
	for _, j := range t.Mine() {
		if j.Live() {
			live = append(live, j.No)
		}
	}
	t.Do(flows.Forget{Chat: t.S.Chat})
	t.S.Home, t.S.Follows = flows.Home{}, live
	t.S.Media, t.S.Notes, t.S.Answers, t.S.Phone, t.S.Place = nil, nil, nil, "", flows.Place{}
}
