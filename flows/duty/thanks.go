package duty

import (
	"slices"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// tellHelpers brings the resident's word to everybody who helped (PRODUCT V12):
// who holds the job, who held it before, and who typed a phoned-in report. A
// complaint goes to the leader; the crew hears only that there is one.
func tellHelpers(t *flows.Turn, j *flows.Job, e flows.Entry) {
	key := "crew." + e.What
	switch e.What {
	case flows.DidConfirm, flows.DidLapse, flows.DidComment, flows.DidThank:
	case flows.DidRate:
		if e.Arg == "poor" {
			key = "crew.rated_poor"
		}
	default:
		return
	}
	text := ""
	if r := j.ReportOf(e.User); r != nil && e.What == flows.DidThank {
		text = r.Comment
	}
	for _, h := range helped(t, j) {
		if h.User == e.User { // who answered for a caller knows it
			continue
		}
		t.Do(flows.Say{Chat: h.User, Class: flows.AnswerClass, Protect: true, Text: words.Say(h.Lang, j.OfCall(key), words.Args{
			"No": j.No, "Text": text, "Rating": words.HTML(words.Say(h.Lang, "rating."+orNone(e.Arg), nil)),
		})})
	}
}

// helped lists everybody who took part in a job, each once: volunteers whose
// private chat the bot may write to, and who typed a report.
func helped(t *flows.Turn, j *flows.Job) []flows.Claim {
	var all []flows.Claim
	add := func(c flows.Claim) {
		if c.User != 0 && !slices.ContainsFunc(all, func(o flows.Claim) bool { return o.User == c.User }) {
			all = append(all, c)
		}
	}
	for _, c := range j.Holders() {
		if c.Chat {
			add(*c)
		}
	}
	for _, e := range j.History {
		if e.What == flows.DidDepart || e.What == flows.DidArrive {
			add(flows.Claim{User: e.User, Lang: t.Desk.County.Lang})
		}
	}
	for _, r := range j.Reports {
		if r.Typed {
			add(flows.Claim{User: r.Chat, Lang: r.Lang})
		}
	}
	return all
}
