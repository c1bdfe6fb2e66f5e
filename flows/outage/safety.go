package outage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// safetySteps are what somebody in danger reads and may answer. The safety text is
// the whole message, and its few buttons are the question for the place, so that on
// a small phone nothing pushes it out of sight. Whatever else is written there goes
// to the crew at once.
func safetySteps() []talk.Step {
	tiny := talk.Step{
		Words: "outage.safety", Names: true, Free: true, Tiny: true,
		Hear: hearInDanger, Leads: []string{"danger_on", "community", "which", "building", "outside", "onsite"},
		Answers: []talk.Answer{
			{ID: "pin", Then: "safety", Ask: talk.LocationKey},
			{ID: "type", Then: "where", When: func(t *talk.Turn) bool { return placeMissing(t) || hasPhone(t) }},
			{ID: "share", Then: "building", Ask: talk.ContactKey, When: func(t *talk.Turn) bool { return !placeMissing(t) && noPhone(t) }},
			{ID: "safe", Then: "safe_said"},
		},
	}
	first, goesOn := tiny, tiny
	first.ID, first.Args = "safety", safetyArgs
	goesOn.ID, goesOn.Args = "danger_on", goesOnArgs
	return []talk.Step{
		first, goesOn,
		{
			ID: "where", Names: true, Hear: hearWhere, Leads: []string{"town", "community", "which", "building", "outside", "onsite"},
			Answers: []talk.Answer{{ID: "pin", Then: "where", Ask: talk.LocationKey}, {ID: "list", Then: "town"}},
		},
		{ID: "safe_said", Self: true, Enter: sayAllSafe, Known: whetherPlaced, Answers: []talk.Answer{
			{ID: "placed", Then: "safe"}, {ID: "missing", Then: "where"},
		}},
		{ID: "safe", Over: true, Answers: []talk.Answer{
			{ID: "please", Then: "building", Forks: whereFirst},
			{ID: "no_need", Then: "report/one"},
		}},
	}
}

// whereFirst asks for the place when people would not find it.
var whereFirst = []talk.Fork{{Name: "place not known", If: placeMissing, Then: "where"}}

func whetherPlaced(t *talk.Turn) string {
	if placeMissing(t) {
		return "missing"
	}
	return "placed"
}

// safeAgain hears in a resting talk that nobody is in danger any more: it says no more
// than the button does.
func safeAgain(t *talk.Turn) (step, no string) {
	j := t.Fault()
	if j == nil || j.Danger == "" || j.Mended() || !t.Says("outage.safety.safe") {
		return "", ""
	}
	return "safe_said", j.No
}

// placeMissing says whether the crew would not know where to go: a town alone is no
// place to find somebody in danger.
func placeMissing(t *talk.Turn) bool {
	return t.S.Place.Community == "" && t.S.Place.Words == "" && t.S.Place.Pin == (county.Pin{})
}

// recall takes the place and the phone of a danger from what is known of the person:
// a job of the last day, the remembered home, a job for somebody else. Its reader is
// told which place it is, and may type another.
func recall(t *talk.Turn) {
	if t.S.Place != (county.Place{}) || forCaller(t) || forSomebody(t) {
		return
	}
	lately := func(own bool) *job.Job {
		return t.Newest(func(j *job.Job) bool {
			r := j.ReportOf(t.S.Chat)
			ended := j.Clocks.Close
			if ended.IsZero() {
				ended = t.E.At
			}
			return j.Place.Known() && !r.Typed && (r.Onsite == "") == own && t.E.At.Sub(ended) < 24*time.Hour
		})
	}
	j := lately(true)
	if j == nil && t.S.Home.Place.Known() {
		t.S.Place = t.S.Home.Place
		return
	}
	if j = cmp.Or(j, lately(false)); j == nil {
		return
	}
	r := j.ReportOf(t.S.Chat)
	t.S.Place, t.S.Phone = j.Place, cmp.Or(t.S.Phone, r.Phone)
	if r.Joined { // the door is that of who reported it first
		t.S.Place = county.Place{Town: j.Place.Town, Community: j.Place.Community}
	}
}

// safetyArgs fill the screen of a danger: how to stay safe, then where.
func safetyArgs(t *talk.Turn) words.Args {
	kind := t.Answer("kind")
	if j := t.Job(); !slices.Contains(talk.DangerKinds, kind) && j != nil {
		kind = j.Danger
	}
	kind = cmp.Or(kind, job.UnknownDanger)
	where := t.Word("outage.safety.where", nil)
	if !placeMissing(t) {
		where = t.Word("outage.safety.known", words.Args{"Place": brief(placeName(t))})
	}
	return words.Args{"Safety": words.HTML(t.Word("outage.safety."+kind, nil)), "Where": words.HTML(where)}
}

// goesOnArgs fill the answer to what was written while the danger goes on: whom it
// has reached. The safety text above it stays in sight.
func goesOnArgs(t *talk.Turn) words.Args {
	args := words.Args{"Safety": "", "Where": words.HTML(t.Word("outage.safety.stay", nil))}
	if placeMissing(t) {
		args["Where"] = words.HTML(t.Word("outage.safety.where_else", nil))
	}
	if j := t.Job(); j != nil {
		args["Safety"] = words.HTML(t.Received(j, "router.note_kept"))
	}
	return args
}

// brief cuts a place that was written at length: the safety text stays in sight.
func brief(place string) string {
	if runes := []rune(place); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return place
}

// hearInDanger takes a place, a pin, a phone. All else is for the crew.
func hearInDanger(t *talk.Turn) string {
	switch t.E.Kind {
	case talk.Pinned:
		return talk.HearPlace("onsite")(t)
	case talk.Contact:
		if t.E.Foreign || t.E.Phone == "" {
			return ""
		}
		t.S.Phone = t.E.Phone
	case talk.Attach: // the router has kept it
		return "danger_on"
	case talk.Text:
		if found := t.Desk.County.Find(t.E.Text); len(found) > 1 || len(found) == 1 && !said(t, found[0]) {
			return talk.HearPlace("onsite")(t)
		}
		number := text.Phone(t.E.Text)
		if strings.TrimPrefix(text.Fold(t.E.Text), "86") != number {
			t.KeepWords(t.E.Text)
		}
		if number == "" {
			return "danger_on"
		}
		t.S.Phone = number
	default:
		return ""
	}
	if placeMissing(t) {
		return "danger_on"
	}
	return "building"
}

// said says whether a place is the one that is known already, and no nearer to it.
func said(t *talk.Turn, p county.Place) bool {
	return !placeMissing(t) && !elsewhere(t.S.Place, p) && (p.Detail == "" || t.S.Place.Detail != "")
}

// hearWhere takes a typed place. In danger, what is none the desk knows is the crew's
// to read all the same, while the town is asked for.
func hearWhere(t *talk.Turn) string {
	if inDanger(t) && t.E.Kind == talk.Text && len(t.Desk.County.Find(t.E.Text)) == 0 {
		t.KeepWords(t.E.Text)
	}
	return talk.HearPlace("onsite")(t)
}

// hearDangerPhone takes the phone; words without one are the crew's at once.
func hearDangerPhone(t *talk.Turn) string {
	if j := t.Job(); j != nil && t.E.Kind == talk.Text && text.Phone(t.E.Text) == "" {
		t.KeepWords(t.E.Text)
		t.Reply(t.Received(j, "router.note_kept"))
		return "danger_phone"
	}
	return hearPhone("danger_receipt")(t)
}

// sayAllSafe tells the crew that nobody is in danger any more, as the resident says.
// It closes nothing: what was dangerous has to be looked at.
func sayAllSafe(t *talk.Turn) {
	j := t.Job()
	if j == nil || !t.Waits(j) {
		return
	}
	if t.S.Place == (county.Place{}) {
		t.S.Place = j.Place
	}
	t.S.Phone = cmp.Or(t.S.Phone, j.ReportOf(t.S.Chat).Phone)
	j.Record(job.Entry{At: t.E.At, What: job.DidSafe, User: t.S.Chat})
	t.Tell("outage.safe.told", words.Args{"No": j.No})
}
