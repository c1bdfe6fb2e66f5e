package duty

import (
	"maps"
	"slices"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// unsaid are the causes that a resident is not told: a visit that found nothing
// must not sound like a reproach (DOMAIN §1 row 23).
var unsaid = []string{"false", "unclear", "not_power", ""}

// tellResidents gives every reporter the news of the crew's work: each message
// says what is known, why, and until when (PRODUCT R11). What a resident did is
// answered in their own turn.
func tellResidents(t *flows.Turn, j *flows.Job, e flows.Entry) {
	key := newsOf(j, e)
	if key == "" {
		return
	}
	for _, r := range j.Reports {
		if answered := r.Answer != "" && j.State == flows.Restored; r.Withdrawn || r.Chat == 0 || answered && e.What == flows.DidRemind {
			continue
		}
		say := flows.Say{Chat: r.Chat, Class: flows.AnswerClass, Text: words.Say(r.Lang, j.OfCall(key), newsArgs(t, j, e, r.Lang))}
		if r.Typed {
			typed := "news.typed"
			if r.Phone == "" {
				typed = "news.typed_no_phone"
			}
			say.Text = words.Say(r.Lang, typed, words.Args{"Phone": r.Phone}) + "\n" + say.Text
			say.Protect = true
		}
		say.Keys, say.Picture = newsKeys(j, e, r.Lang), newsPicture(j, e)
		t.Do(say)
	}
}

// newsOf gives the sentence by which residents hear of an entry; "" = they do
// not.
func newsOf(j *flows.Job, e flows.Entry) string {
	switch e.What {
	case flows.DidClaim:
		if j.Claims() == j.Places() {
			return "news.claimed_both"
		}
		return "news.claimed"
	case flows.DidRelease:
		switch last := j.History[len(j.History)-1]; {
		case e.Arg == flows.Relieved, j.State == flows.Restored, !j.Live(): // nobody is waited for
			return ""
		case e.By != "" && last.User != e.User: // of all whom the leader calls back, the last one is told of
			return ""
		case e.By != "":
			return "news.released_all"
		}
		if j.Claims() > 0 {
			return "news.released_one"
		}
		return "news.released"
	case flows.DidDepart:
		if !j.ETA.IsZero() {
			return "news.on_the_way_eta"
		}
		return "news.on_the_way"
	case flows.DidETA:
		switch {
		case j.ETA.IsZero():
			return "news.eta_unknown"
		case e.Arg == "late":
			return "news.eta_late"
		}
		return "news.eta"
	case flows.DidLate, flows.DidArrive, flows.DidWait, flows.DidResume, flows.DidLapse:
		return "news." + e.What
	case flows.DidCall:
		return "news.called." + e.Arg
	case flows.DidAskHall, flows.DidTake, flows.DidPay, flows.DidWrite, flows.DidRefuse, flows.DidDrop, flows.DidAskBack, flows.DidRaise:
		return hallNews(j, e)
	case flows.DidRestore:
		if slices.Contains(unsaid, j.Cause) {
			return "news.looked"
		}
		return "news.restored"
	case flows.DidRemind:
		return reminderNews(j, e.Arg)
	}
	return ""
}

// reminderNews is what residents hear of a rung: that they have not been
// forgotten, and which number answers.
func reminderNews(j *flows.Job, name string) string {
	switch name {
	case "unclaimed.3":
		switch {
		case j.Claims() > 0: // somebody comes; that a second one is wanted is not the resident's worry
			return ""
		case j.Danger != "":
			return "news.unclaimed_danger"
		}
		return "news.unclaimed"
	case "late.1":
		if j.Claims() == 0 {
			return "news.unclaimed"
		}
		return "news.asking"
	case "eta.1":
		return "news.asking"
	case "late.2", "eta.2", "work.2", "wait.2":
		return "news.hotline"
	case "work.1":
		return "news.working"
	case "unanswered.1":
		return "news.unanswered"
	case "hall.2":
		return "news.topup_silent"
	}
	return ""
}

func newsArgs(t *flows.Turn, j *flows.Job, e flows.Entry, l words.Lang) words.Args {
	args := words.Args{
		"No": j.No, "Crew": j.Crew(l), "Name": e.Name, "Hotline": t.Desk.County.Hotline,
		"Cause": words.HTML(words.Say(l, "cause."+orUnclear(j.Cause), nil)),
	}
	if !j.ETA.IsZero() {
		args["ETA"] = t.Desk.County.Moment(l, j.ETA, t.E.At)
	}
	switch e.What {
	case flows.DidLate:
		args["Why"] = words.HTML(words.Say(l, "late."+e.Arg, nil))
	case flows.DidWait:
		maps.Copy(args, waitArgs(t, j, l))
	case flows.DidRefuse:
		args["Why"], args["At"] = reason(e, l), t.Desk.County.HallOpens(l, t.E.At)
	case flows.DidPay:
		args["Sum"] = e.Arg
	case flows.DidAskBack:
		args["Question"] = words.HTML(words.Say(l, "clerk_asks."+e.Arg, nil))
	}
	return args
}

// newsKeys are the buttons of the question that a job's news asks; those of the
// step at which a resting talk finds it.
func newsKeys(j *flows.Job, e flows.Entry, l words.Lang) [][]flows.Key {
	step, answers := "", []string{"yes", "no"}
	switch {
	case e.What == flows.DidRestore, e.What == flows.DidRemind && e.Arg == "unanswered.1":
		if step = "report.back"; j.Call() {
			step = "report.called"
		}
	default:
		step, answers = hallQuestion(j, e)
	}
	if step == "" {
		return nil
	}
	key := func(key string) flows.Key { return flows.Key{Text: words.Plain(l, key, nil)} }
	var rows [][]flows.Key
	for row := range slices.Chunk(answers, 2) {
		var keys []flows.Key
		for _, answer := range row {
			keys = append(keys, key(step+"."+answer))
		}
		rows = append(rows, keys)
	}
	return append(rows, []flows.Key{key("nav.exit"), key("nav.person")})
}
