package outage

import (
	"slices"

	"powerdesk/flows"
)

// dangerSteps come first, always. "Yes" alerts the crew at once; what kind it
// is, where and which phone is asked while people are being found (DOMAIN §4
// D0–D5).
func dangerSteps() []flows.Step {
	kinds := make([]flows.Answer, len(flows.DangerKinds))
	for i, kind := range flows.DangerKinds {
		kinds[i] = flows.Answer{ID: kind, Then: "place", Do: func(t *flows.Turn) { endanger(t, kind) }}
	}
	return []flows.Step{
		{ID: "danger", Answers: []flows.Answer{
			{ID: "yes", Then: "kind", Do: func(t *flows.Turn) { endanger(t, "unknown") }},
			{ID: "no", Then: "household"},
			{ID: "unsure", Then: "household"},
		}},
		{ID: "kind", Answers: append(kinds, flows.Answer{ID: "unsure", Then: "place"})},
		{
			ID: "danger_phone", Names: true, Free: true, Hear: hearPhone("danger_receipt"), Leads: []string{"danger_receipt"},
			Known: func(t *flows.Turn) string {
				if phone(t) != "" {
					return "known"
				}
				return ""
			},
			Answers: []flows.Answer{
				{ID: "share", Then: "danger_receipt", Ask: flows.ContactKey},
				{ID: "without", Then: "danger_receipt"},
				{ID: "known", Then: "danger_receipt", When: never},
			},
		},
		{ID: "danger_receipt", Ends: true, Args: receiptArgs},
	}
}

func never(*flows.Turn) bool { return false }

// alarm takes a danger word written anywhere: it saves the two taps.
func alarm(t *flows.Turn, kind string) {
	if !inDanger(t) && t.Waiting() != nil {
		t.S.Job = t.Waiting().No
	}
	t.Keep("danger", "yes")
	endanger(t, "unknown")
	t.Choose("outage/kind", kind)
}

// endanger says how to stay safe and makes sure that the crew knows: a new job,
// or the resident's open one raised to a danger. It is never queued behind
// anything and never waits for the form.
func endanger(t *flows.Turn, kind string) {
	t.Hurry()
	j := t.Job()
	if j == nil || !j.Live() {
		j = t.Open(&flows.Job{Danger: kind, Level: flows.Urgent, Symptom: "danger", Reports: []flows.Report{report(t)}})
		keepWithJob(t, j)
	} else if j.Danger != kind && (j.Danger == "" || kind != "unknown") {
		j.Danger, j.Level = kind, flows.Urgent
		j.Record(flows.Entry{At: t.E.At, What: flows.DidComplete, User: t.S.Chat, Arg: "danger"})
		keepWithJob(t, j)
	}
	if kind != "unknown" {
		t.Tell("outage.safety."+kind, nil)
	}
}

// complete brings the place, the phone and the household of a danger onto its
// card as they are learned.
func complete(t *flows.Turn) {
	j := t.Job()
	if j == nil || j.Danger == "" || !j.Live() {
		return
	}
	report := j.ReportOf(t.S.Chat)
	if report == nil {
		return
	}
	before := j.Clone()
	if t.S.Place != (flows.Place{}) {
		j.Place = t.S.Place
	}
	if p := phone(t); p != "" {
		report.Phone = p
	}
	if on := t.Answer("onsite"); on != "" && on != "me" {
		report.Onsite = on
	}
	j.Needs = needs(t)
	keepWithJob(t, j)
	if j.Place != before.Place || *report != *before.ReportOf(t.S.Chat) || !slices.Equal(j.Needs, before.Needs) {
		j.Record(flows.Entry{At: t.E.At, What: flows.DidComplete, User: t.S.Chat})
	}
}

// keepWithJob moves what was sent before there was a job to the job.
func keepWithJob(t *flows.Turn, j *flows.Job) {
	for _, text := range t.S.Notes {
		j.Note(t.S.Chat, flows.Note{At: t.E.At, Text: text})
	}
	for _, media := range t.S.Media {
		j.Note(t.S.Chat, flows.Note{At: t.E.At, Media: media})
	}
	t.S.Notes, t.S.Media = nil, nil
}
