package flows

import (
	"strings"

	"powerdesk/flows/words"
)

// Crew joins the names of who holds the job: the names volunteers show in the
// group.
func (j *Job) Crew(l words.Lang) string {
	var all []string
	for _, c := range j.Pair {
		if c.User != 0 {
			all = append(all, c.Name)
		}
	}
	return strings.Join(all, words.Plain(l, "and", nil))
}

// OfCall gives the key of a sentence as it reads for a call back, when there is
// such a one: "report.state.open_call".
func (j *Job) OfCall(key string) string {
	if j.Call() && words.Has(words.ZH, key+"_call") {
		return key + "_call"
	}
	return key
}

// Progress answers the questions of anybody who waits: do you know, who comes,
// how far are they (PRODUCT R11).
func (t *Turn) Progress(j *Job) words.HTML {
	key := "report.state." + string(j.State)
	if j.State == Open && j.Claims() > 0 {
		key = "report.state.half"
	}
	text := t.Word(j.OfCall(key), words.Args{"Crew": j.Crew(t.S.Lang)})
	if hall := t.hallProgress(j); j.Hall && hall != "" {
		text = hall
	} else {
		text += hall
	}
	switch {
	case j.Wait != (Wait{}):
		text += t.Word("report.waits", words.Args{
			"Why": words.HTML(t.Word("wait."+j.Wait.Why, nil)), "Until": t.Desk.County.Moment(t.S.Lang, j.Wait.Until, t.E.At),
		})
	case j.State == OnTheWay && j.ETA.After(t.E.At):
		text += t.Word("report.eta", words.Args{"ETA": t.Desk.County.Moment(t.S.Lang, j.ETA, t.E.At)})
	}
	return words.HTML(text)
}

// hallProgress is how far the hall's part of a job is; "" = there is none, or it
// is over.
func (t *Turn) hallProgress(j *Job) string {
	key := string(j.TopUp.State)
	switch {
	case !j.Live() || j.State == Restored || key == "" || j.TopUp.State == TopUpFailed:
		return ""
	case j.TopUp.State == TopUpAsked && j.TopUp.Clerk.User != 0:
		key = "taken"
	}
	return t.Word("report.topup."+key, words.Args{"Clerk": j.TopUp.Clerk.Name})
}
