package outage

import (
	"cmp"
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// dangerSteps come first, always. "Yes" alerts the crew at once; what kind it
// is, where and which phone is asked while people are being found (DOMAIN §4
// D0–D5).
func dangerSteps() []talk.Step {
	kinds := make([]talk.Answer, len(talk.DangerKinds))
	for i, kind := range talk.DangerKinds {
		kinds[i] = talk.Answer{ID: kind, Means: meantKinds[kind], Then: "safety", Do: func(t *talk.Turn) { endanger(t, kind) }, Forks: byPhone}
	}
	before := []talk.Fork{{Name: "has reported already", If: reported, Then: "own"}}
	return []talk.Step{
		{
			ID: "danger", Leads: []string{"household", "own"},
			Hear: func(t *talk.Turn) string {
				if t.E.Kind != talk.Text || !t.DeniesDanger() {
					return ""
				}
				t.Keep("danger", "no")
				calm(t)
				return follow(t, before, "household")
			},
			Answers: []talk.Answer{
				{ID: "yes", Then: "kind", Do: func(t *talk.Turn) { endanger(t, job.UnknownDanger) }},
				{ID: "no", Then: "household", Do: calm, Forks: before, Means: "no danger=none danger_denied"},
				{ID: "unsure", Then: "household", Do: doubt, Forks: before},
			},
		},
		{ID: "kind", Answers: append(kinds, talk.Answer{ID: "unsure", Then: "safety", Forks: byPhone})},
		{
			ID: "danger_phone", Names: true, Free: true, Hear: hearDangerPhone, Leads: []string{"danger_phone", "danger_receipt"},
			Known: talk.Already("known", hasPhone),
			Answers: []talk.Answer{
				{ID: "share", Then: "danger_receipt", Ask: talk.ContactKey},
				{ID: "without", Then: "danger_receipt"},
				{ID: "known", Then: "danger_receipt", When: never},
			},
		},
		{ID: "danger_receipt", Ends: true, Args: receiptArgs},
	}
}

// meantKinds are the words that name a kind.
var meantKinds = map[string]string{
	"fire": "danger_fire danger_smell_heat", "wire": "danger_wire", "shock": "danger_shock", "water": "danger_water", "tingle": "danger_tingle",
}

// byPhone leads on as before when a volunteer types the report: the safety text is
// for whoever is on the phone, and the place is not where the volunteer stands.
var byPhone = []talk.Fork{
	{Name: "place asked already", If: func(t *talk.Turn) bool { return forCaller(t) && t.Answer("onsite") != "" }, Then: "danger_phone"},
	{Name: "typed for a caller", If: forCaller, Then: "place"},
}

// alarm takes a danger word written anywhere: it saves the two taps.
func alarm(t *talk.Turn, kind string) {
	if kind == job.UnknownDanger {
		t.Choose("outage/danger", "yes")
		return
	}
	t.Keep("outage/danger", "yes")
	t.Choose("outage/kind", kind)
}

// endanger makes sure that the crew knows: a new job, or the resident's open one
// raised to a danger. It is never queued behind anything and never waits for the
// form.
func endanger(t *talk.Turn, kind string) {
	t.Hurry()
	j, again := endangered(t), false
	switch {
	case j == nil:
		recall(t)
		j = &job.Job{Kind: job.Fault, Danger: kind, Level: job.Urgent, Symptom: "danger", Place: t.S.Place, Reports: []job.Report{report(t)}}
		t.HandOver(j)
		t.Open(j)
		t.Fact("outage/opened")
	case j.Mended(), !j.Has(kind):
		j.Endanger(job.Actor{ID: t.S.Chat}, kind, t.E.At)
	default:
		if again = true; len(t.S.Notes) > 0 {
			t.Reply(t.Received(j, "router.note_kept"))
		}
	}
	t.HandOver(j)
	if again {
		j.Worsen(t.S.Chat, t.E.At)
	}
	if kind != job.UnknownDanger && forCaller(t) {
		t.Tell("outage.safety."+kind, nil)
	}
}

// endangered gives the job that a danger is of: the one that the talk is about, or
// the fault that the person has reported already, because its crew must know first.
// It is nil when there is none, or when the danger was said to be elsewhere: where
// somebody joined, the crew goes to another home.
func endangered(t *talk.Turn) *job.Job {
	takes := func(j *job.Job) bool { return j != nil && t.Waits(j) && j.Outage() && !j.ReportOf(t.S.Chat).Joined }
	j := t.Job()
	switch {
	case takes(j) && (t.Answer("opened") != "" || t.Answer("adopted") != "" || forCaller(t)):
		return j
	case !takes(j):
		j = t.Fault()
	}
	if !takes(j) || forCaller(t) || t.S.Place.Known() && j.Place.Known() && elsewhere(t.S.Place, j.Place) {
		return nil
	}
	was := string(j.Level)
	if j.Danger != "" {
		was = "danger"
	}
	t.Keep("outage/adopted", was)
	t.S.Job = j.No
	if t.S.Place == (county.Place{}) {
		t.S.Place = j.Place
	}
	t.S.Phone = cmp.Or(t.S.Phone, j.ReportOf(t.S.Chat).Phone)
	return j
}

// doubt sends people to what the hall has alone: it cannot see whether there is a
// danger.
func doubt(t *talk.Turn) {
	if j := t.Job(); j != nil && t.Waits(j) && j.Outage() {
		j.Raise(job.Actor{ID: t.S.Chat}, job.RaisedAsked, t.E.At)
	}
}

// calm takes back a danger that was a slip of the finger: back, and "no".
func calm(t *talk.Turn) {
	j := t.Job()
	if j == nil || !t.Waits(j) || j.Danger != job.UnknownDanger {
		return
	}
	switch was := t.Answer("adopted"); was {
	case "danger":
		return
	case "":
		j.Danger, j.Level, j.Symptom = "", job.Ordinary, "dark"
	default:
		j.Danger, j.Level = "", job.Level(was)
	}
	j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat, Arg: "calm"})
}

// complete brings the place, the phone and the household onto the card of the
// job the talk is about as they are learned.
func complete(t *talk.Turn) {
	j := t.Job()
	if j == nil || !t.Waits(j) || !j.Outage() || j.ReportOf(t.S.Chat).Joined {
		return
	}
	if was := t.Answer("adopted"); was != "" && t.S.Place != (county.Place{}) && j.Place != (county.Place{}) && elsewhere(t.S.Place, j.Place) {
		j = part(t, j, was)
	}
	t.HandOver(j)
	report := j.ReportOf(t.S.Chat)
	place, old, needed := j.Place, *report, j.Needs
	if t.S.Place != (county.Place{}) {
		j.Place = t.S.Place
	}
	if p := phone(t); p != "" {
		report.Phone = p
	}
	if whom := t.Answer("whom"); whom != "" {
		report.Onsite = whom
	}
	if vulnerable(t) {
		j.Needs = needs(t)
	}
	if j.Place != place || *report != old || !slices.Equal(j.Needs, needed) {
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
	}
}

// part gives a danger that turns out to be elsewhere a job of its own, and the
// fault it was taken for is what it was.
func part(t *talk.Turn, j *job.Job, was string) *job.Job {
	own := &job.Job{
		Kind: job.Fault, Danger: j.Danger, Level: job.Urgent, Symptom: "danger", Place: t.S.Place, Reports: []job.Report{report(t)},
	}
	if was != "danger" {
		j.Danger, j.Level = "", job.Level(was)
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat, Arg: "calm"})
	}
	t.Drop("adopted")
	return t.Open(own)
}
