package duty

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// card draws the group's card whole from the job (PRODUCT V1). It names the
// community and nothing closer, and never a resident.
func card(t *talk.Turn, j *job.Job) talk.Say {
	l := t.Desk.County.Lang
	class := talk.CardClass
	if j.Danger != "" {
		class = talk.Danger
	}
	text := words.Say(l, j.Phrase("card.title"), words.Args{"No": j.No}) + "\n" + cardText(t, j, l)
	if again := calling(t, j, l); again != "" {
		text += "\n" + again
	}
	return talk.Say{
		Chat: group(t, j), Slot: cardSlot(j, j.Posted), Class: class, Text: text,
		Buttons: buttons(t, j, nil, false, opened(t, j, t.E.Chat.Kind != talk.Private), l),
	}
}

// group is where the card of a job stands: a question about a card is the hall's
// while it is open.
func group(t *talk.Turn, j *job.Job) int64 {
	if j.Room() == job.Clerks {
		return t.Desk.County.Chats.Hall
	}
	return t.Desk.County.Chats.Duty
}

// onDutyFor gives who is on duty where the job is.
func onDutyFor(t *talk.Turn, j *job.Job) []county.Member { return onDutyAt(t, j, t.E.At) }

func onDutyAt(t *talk.Turn, j *job.Job, at time.Time) []county.Member {
	if j.Room() == job.Clerks {
		return t.Desk.County.ClerksOnDuty(t.Team, at)
	}
	return t.Desk.County.OnDuty(t.Team, at)
}

// calling names who is on duty on a card that is posted again because nobody has
// taken the job: a new message that names somebody makes their phone ring.
func calling(t *talk.Turn, j *job.Job, l words.Lang) string {
	again := func(e job.Entry) bool { return e.What == job.DidRemind && e.At.Equal(t.E.At) && rungOf(e.Arg).again }
	if t.E.Kind != talk.Due || !slices.ContainsFunc(j.History, again) || !j.Short() {
		return ""
	}
	on := onDutyFor(t, j)
	if len(on) == 0 {
		return words.Say(l, j.Phrase("card.nobody"), nil)
	}
	return words.Say(l, j.Phrase("card.calling"), words.Args{"Duty": mentions(on, l)})
}

// mentions joins names so that each reaches its bearer's phone.
func mentions(all []county.Member, l words.Lang) words.HTML {
	names := make([]string, len(all))
	for i, m := range all {
		if names[i] = words.Escape(m.Name); m.ID != 0 {
			names[i] = fmt.Sprintf(`<a href="tg://user?id=%d">%s</a>`, m.ID, names[i])
		}
	}
	return words.HTML(strings.Join(names, words.Say(l, "and", nil)))
}

// cardText is what the card says below its title: the part that the group and
// the pair both see.
func cardText(t *talk.Turn, j *job.Job, l words.Lang) string {
	say := func(key string, args words.Args) string { return words.Say(l, "card."+key, args) }
	var lines []string
	if j.Danger != "" {
		lines = append(lines, say("danger", words.Args{"Kind": dangers(j, l)}))
	} else if j.Level == job.Urgent {
		lines = append(lines, say("urgent", nil))
	}
	for _, need := range j.Needs {
		lines = append(lines, say("need."+need, nil))
	}
	place := t.Desk.County.PlaceName(j.Place, l)
	switch {
	case place != "":
		lines = append(lines, say("place", words.Args{"Place": place}))
	case j.Place.Words != "": // as written, which may name a home: for who holds the job only
		lines = append(lines, say("place_written", nil))
	case j.Outage():
		lines = append(lines, say("place_unknown", nil))
	}
	if j.Symptom != "danger" { // the danger has a line of its own
		lines = append(lines, say("symptom", words.Args{"Symptom": words.HTML(words.Say(l, "symptom."+j.Symptom, nil))}))
	}
	if meterCode.MatchString(j.Meter) { // what was written is for who holds the job only
		lines = append(lines, say("meter", words.Args{"Code": j.Meter}))
	}
	if len(j.Tried) > 0 {
		tried := make([]string, len(j.Tried))
		for i, key := range j.Tried {
			tried[i] = words.Say(l, "tried."+key, nil)
		}
		lines = append(lines, say("tried", words.Args{"Tried": words.HTML(strings.Join(tried, words.Say(l, "list", nil)))}))
	}
	lines = append(lines, words.Say(l, j.Phrase("card.reported"), words.Args{
		"At": t.Desk.County.TimeInWords(l, j.Clocks.Reported, t.E.At), "N": j.Households(), "Due": t.Desk.County.TimeInWords(l, j.Due, t.E.At),
	}))
	waited := j.Live() && j.State != job.Restored
	if waited && j.Gated() {
		lines = append(lines, say("gated", nil))
	}
	if e, heard := j.Heard(); heard && waited {
		lines = append(lines, say("heard."+e.What, words.Args{"At": t.Desk.County.TimeInWords(l, e.At, t.E.At)}))
	}
	lines = append(lines, stateLine(t, j, l))
	if j.Live() && j.Guarded() {
		lines = append(lines, say("unqualified", nil))
	}
	if j.Wait != (job.Wait{}) {
		lines = append(lines, say("waits", waitArgs(t, j, l)))
	}
	for _, whom := range j.Called {
		if waited && (whom != "hall" || j.TopUp.State == "") { // the hall's part has lines of its own
			lines = append(lines, say("called."+whom, nil))
		}
	}
	lines = append(lines, topUpLines(t, j, l)...)
	return strings.Join(lines, "\n")
}

// meterCode is a code that a meter shows.
var meterCode = regexp.MustCompile(`^Err-\d{1,2}$`)

// dangers names the dangers of a job, the one that was told last first.
func dangers(j *job.Job, l words.Lang) words.HTML {
	named := []string{words.Say(l, "danger."+orUnknown(j.Danger), nil)}
	for _, kind := range j.Besides {
		named = append(named, words.Say(l, "danger."+kind, nil))
	}
	return words.HTML(strings.Join(named, words.Say(l, "list", nil)))
}

// waitArgs say why a job rests and until when.
func waitArgs(t *talk.Turn, j *job.Job, l words.Lang) words.Args {
	return words.Args{"Why": words.HTML(words.Say(l, "wait."+j.Wait.Why, nil)), "Until": t.Desk.County.TimeInWords(l, j.Wait.Until, t.E.At)}
}

// stateLine says how far the job is and who holds it: the name a volunteer
// shows in the group.
func stateLine(t *talk.Turn, j *job.Job, l words.Lang) string {
	key := "card.state." + string(j.State)
	args := words.Args{
		"Crew": j.Crew(l), "N": j.Claims(), "Of": j.Places(), "Cause": words.HTML(words.Say(l, "cause."+orUnclear(j.Cause), nil)),
	}
	switch {
	case j.State == job.Open && j.Claims() > 0:
		key = "card.state.half"
	case j.State == job.OnTheWay && !j.ETA.IsZero():
		key, args["ETA"] = "card.state.on_the_way_eta", t.Desk.County.TimeInWords(l, j.ETA, t.E.At)
	case j.Live() && j.CreditAlone():
		key = "card.state.hall"
	case j.State == job.Closed && len(j.Kind.Traits().Ends) > 0:
	case j.State == job.Closed && j.Clocks.Confirm.IsZero():
		key = "card.state.lapsed"
	}
	return words.Say(l, j.Phrase(key), args)
}

func orUnclear(cause string) string {
	if cause == "" {
		return "unclear"
	}
	return cause
}
