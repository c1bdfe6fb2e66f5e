package duty

import (
	"slices"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// tellHelpers brings the resident's word to everybody who helped (PRODUCT V12):
// who holds the job, who held it before, and who typed a phoned-in report. A
// complaint goes to the leader; the crew hears only that there is one.
func tellHelpers(t *talk.Turn, j *job.Job, e job.Entry) {
	key := "crew." + e.What
	switch e.What {
	case job.DidConfirm, job.DidLapse, job.DidComment, job.DidThank:
	case job.DidRate:
		if e.Arg == "poor" {
			key = "crew.rated_poor"
		}
	default:
		return
	}
	text := ""
	if r := j.ReportOf(e.User); r != nil && e.What == job.DidThank {
		text = r.Comment
	}
	for _, h := range helped(t, j) {
		if h.User == e.User { // who answered for a caller knows it
			continue
		}
		t.Do(talk.Say{Chat: h.User, Class: talk.AnswerClass, Protect: true, Text: words.Say(h.Lang, j.Phrase(key), words.Args{
			"No": j.No, "Text": text, "Rating": words.HTML(words.Say(h.Lang, "rating."+orNone(e.Arg), nil)),
		})})
	}
}

// helped lists everybody who took part in a job, each once: volunteers whose
// private chat the bot may write to, and who typed a report.
func helped(t *talk.Turn, j *job.Job) []job.Claim {
	var all []job.Claim
	add := func(c job.Claim) {
		if c.User != 0 && !slices.ContainsFunc(all, func(o job.Claim) bool { return o.User == c.User }) {
			all = append(all, c)
		}
	}
	for _, c := range j.Holders() {
		if c.Chat {
			add(*c)
		}
	}
	for _, e := range j.History {
		if e.What == job.DidDepart || e.What == job.DidArrive {
			add(job.Claim{User: e.User, Lang: t.Desk.County.Lang})
		}
	}
	for _, r := range j.Reports {
		if r.Typed {
			add(job.Claim{User: r.Chat, Lang: r.Lang})
		}
	}
	return all
}
