package duty

import (
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Heard passes what a holder writes or sends in private on to the residents of
// the job they hold; of several, the one claimed last (PRODUCT R12). The other
// way, from residents to holders, words stay with the job and go out by Follow.
func (Crew) Heard(t *flows.Turn) bool {
	j := held(t)
	if j == nil || t.E.Kind != flows.Text && t.E.Kind != flows.Attach {
		return false
	}
	name := j.Holder(t.S.Chat).Name
	told := 0
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 || r.Chat == t.S.Chat {
			continue
		}
		t.Do(flows.Say{
			Chat: r.Chat, Class: flows.AnswerClass, Media: t.E.Media,
			Text: words.Say(r.Lang, j.OfCall("news.said"), words.Args{"No": j.No, "Name": name, "Text": t.E.Text}),
		})
		told++
	}
	if told == 0 {
		return false
	}
	t.Do(flows.Log{At: t.E.At, Job: j.No, Who: name, What: "said"})
	t.Tell("crew.said", words.Args{"No": j.No})
	return true
}

// held gives the live job that the person claimed last, or nil.
func held(t *flows.Turn) *flows.Job {
	var last *flows.Job
	for _, no := range t.S.Holds {
		j := t.Jobs[no]
		if j == nil || !j.Live() || j.Holder(t.S.Chat) == nil {
			continue
		}
		if last == nil || !j.Holder(t.S.Chat).At.Before(last.Holder(t.S.Chat).At) {
			last = j
		}
	}
	return last
}
