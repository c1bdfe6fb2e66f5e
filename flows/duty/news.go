package duty

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// unsaid are the causes that a resident is not told: a visit that found nothing
// must not sound like a reproach (DOMAIN §1 row 23).
var unsaid = []string{"false", "unclear", "not_power", ""}

// tellResidents gives every reporter the news of the crew's work: each message
// says what is known, why, and until when (PRODUCT R11). What a resident did is
// answered in their own turn.
func tellResidents(t *talk.Turn, j *job.Job, e job.Entry) {
	key := newsOf(j, e)
	if days := j.Kind.Traits().Days; key == "" || days && e.What != job.DidEnd { // nobody waits at a window for it; who asked for it hears the end
		return
	}
	for _, r := range j.Reports {
		if r.Joined {
			continue
		}
		if answered := r.Answer != "" && j.State == job.Restored; r.Withdrawn || r.Chat == 0 || answered && e.What == job.DidRemind {
			continue
		}
		say := talk.Say{Chat: r.Chat, Class: talk.AnswerClass, Text: words.Say(r.Lang, j.Phrase(key), newsArgs(t, j, e, r.Lang))}
		if r.Typed && e.What != job.DidEnd {
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
	if j.Joined > 0 {
		t.Do(newsToJoined(t, j, e, key))
	}
}

// newsFor is how long a job's news is still news to somebody who joined.
const newsFor = time.Hour

// newsToJoined is the same for those who joined.
func newsToJoined(t *talk.Turn, j *job.Job, e job.Entry, key string) talk.Broadcast {
	b := talk.Broadcast{
		Name: fmt.Sprint("news/", j.No, "/", len(j.History), "/", e.What), Set: talk.JoinedSet(j.No),
		Says: map[words.Lang]talk.Say{}, Until: t.E.At.Add(newsFor),
	}
	for _, l := range []words.Lang{words.ZH, words.EN} {
		b.Says[l] = talk.Say{
			Class: talk.BroadcastClass, Text: words.Say(l, j.Phrase(key), newsArgs(t, j, e, l)),
			Keys: newsKeys(j, e, l), Picture: newsPicture(j, e),
		}
	}
	return b
}

// newsOf gives the sentence by which residents hear of an entry; "" = they do
// not.
func newsOf(j *job.Job, e job.Entry) string {
	switch e.What {
	case job.DidClaim:
		switch {
		case j.Claims() < j.Places():
			return "news.claimed"
		case j.Places() == 1:
			return "news.claimed_alone"
		}
		return "news.claimed_both"
	case job.DidRelease:
		switch last := j.History[len(j.History)-1]; {
		case e.Arg == job.Relieved, j.State == job.Restored, !j.Live(): // nobody is waited for
			return ""
		case e.By != "" && last.User != e.User: // of all whom the leader calls back, the last one is told of
			return ""
		case e.By != "":
			return "news.released_all"
		}
		if j.Claims() > 0 {
			if j.State == job.OnTheWay && !j.ETA.IsZero() { // it may be another time than was said
				return "news.released_one_eta"
			}
			return "news.released_one"
		}
		return "news.released"
	case job.DidDepart:
		if !j.ETA.IsZero() {
			return "news.on_the_way_eta"
		}
		return "news.on_the_way"
	case job.DidETA:
		switch {
		case j.ETA.IsZero():
			return "news.eta_unknown"
		case e.Arg == "late":
			return "news.eta_late"
		}
		return "news.eta"
	case job.DidLate, job.DidArrive, job.DidWait, job.DidResume, job.DidLapse:
		return "news." + e.What
	case job.DidCall:
		return "news.called." + e.Arg
	case job.DidAskTopUp, job.DidTake, job.DidPay, job.DidWrite, job.DidRefuse, job.DidDrop, job.DidAskBack, job.DidRaise:
		return topUpNews(j, e)
	case job.DidRestore:
		if slices.Contains(unsaid, j.Cause) {
			return "news.looked"
		}
		return "news.restored"
	case job.DidEnd:
		return "news.ended"
	case job.DidRemind:
		// What residents hear of a rung: that they have not been forgotten, and which
		// number answers.
		if news := rungOf(e.Arg).news; news != nil {
			return news(j)
		}
	}
	return ""
}

func newsArgs(t *talk.Turn, j *job.Job, e job.Entry, l words.Lang) words.Args {
	args := words.Args{
		"No": j.No, "Crew": j.Crew(l), "Name": e.Name, "Hotline": t.Desk.County.Hotline,
		"Cause": words.HTML(words.Say(l, "cause."+orUnclear(j.Cause), nil)),
	}
	if !j.ETA.IsZero() {
		args["ETA"] = t.Desk.County.TimeInWords(l, j.ETA, t.E.At)
	}
	switch e.What {
	case job.DidLate:
		args["Why"] = words.HTML(words.Say(l, "late."+e.Arg, nil))
	case job.DidWait:
		maps.Copy(args, waitArgs(t, j, l))
	case job.DidRefuse:
		args["Why"], args["At"] = reason(e, l), t.Desk.County.HallOpens(l, t.E.At)
	case job.DidPay:
		args["Sum"] = e.Arg
	case job.DidAskBack:
		args["Question"] = words.HTML(words.Say(l, "clerk_asks."+e.Arg, nil))
	}
	return args
}

// newsKeys are the buttons of the question that a job's news asks; those of the
// step at which a resting talk finds it.
func newsKeys(j *job.Job, e job.Entry, l words.Lang) [][]talk.Key {
	step, answers := "", []string{"yes", "no"}
	switch {
	case e.What == job.DidRestore, e.What == job.DidRemind && e.Arg == "unanswered.1":
		step = "report." + j.Kind.Traits().EndQuestion
	default:
		step, answers = topUpQuestion(j, e)
	}
	if step == "" {
		return nil
	}
	key := func(key string) talk.Key { return talk.Key{Text: words.Plain(l, key, nil)} }
	var rows [][]talk.Key
	for row := range slices.Chunk(answers, 2) {
		var keys []talk.Key
		for _, answer := range row {
			keys = append(keys, key(step+"."+answer))
		}
		rows = append(rows, keys)
	}
	return append(rows, []talk.Key{key("nav.exit"), key("nav.person")})
}
