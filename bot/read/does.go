package read

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// Player plays single sentences at single screens, on a desk of its own: no store, no
// Telegram, and a clock that stands.
type Player struct {
	County *county.County
	At     time.Time
}

// resident is who writes in every play.
const resident = 1

// No is the number of the job that a play begins with where its screen needs one.
const no = "1123-01"

// Does says what the desk does about a sentence at a screen: what it alarms, opens, ends,
// passes on, and the question that stands then as "flow/step".
func (p Player) Does(lang, screen, said string) string {
	state := p.state(lang, screen)
	before := make(map[string]*job.Job, len(state.Jobs))
	for number, j := range state.Jobs {
		before[number] = j.Clone()
	}
	event := talk.Event{
		ID: "1", At: p.At, Kind: talk.Text, Text: said, Token: strings.Repeat("x", 16),
		Chat: talk.Chat{ID: resident, Kind: talk.Private}, From: talk.Person{ID: resident, Name: "Anna", Lang: words.Lang(lang)},
	}
	d := desk.New(p.County)
	next, effects := d.Step(state, event)
	for range 4 { // what is asked of the world is answered with nothing
		i := slices.IndexFunc(effects, func(e talk.Effect) bool { _, asks := e.(talk.Lookup); return asks })
		if i < 0 {
			break
		}
		found := event
		found.Kind, found.Text, found.Finding = talk.Found, "", talk.Finding{Kind: effects[i].(talk.Lookup).Kind, Answer: "none"}
		next, effects = d.Step(next, found)
	}
	return strings.Join(append(changes(before, next.Jobs), "at "+next.Session.Flow+"/"+next.Session.Step), ", ")
}

// state is the desk before the sentence.
func (p Player) state(lang, screen string) talk.State {
	s := &talk.Session{Chat: resident, Lang: words.Lang(lang), Opened: true, At: p.At.Add(-time.Minute)}
	state := talk.State{Session: s, Jobs: map[string]*job.Job{}}
	ref := cmp.Or(map[string]string{"first": "menu/menu", "open-job": "menu/menu", "restored": "report/back", "rating": "report/rating"}[screen], screen)
	flow, step, _ := strings.Cut(ref, "/")
	s.Flow, s.Step = flow, step
	for _, f := range desk.New(p.County).Flows() {
		if f.Name == flow {
			s.Version = f.Version
		}
	}
	if screen == "open-job" || flow == "report" {
		j := &job.Job{
			No: no, Kind: job.Fault, State: job.Open, Level: job.Ordinary, Symptom: "dark", Epoch: 1,
			Reports: []job.Report{{Chat: resident, Lang: words.Lang(lang), Name: "Anna", At: p.At.Add(-time.Hour)}},
		}
		j.Clocks.Reported = p.At.Add(-time.Hour)
		if flow == "report" {
			j.State, j.Clocks.Restore = job.Restored, p.At.Add(-5*time.Minute)
		}
		if step == "rating" {
			j.Confirm(resident, p.At.Add(-time.Minute))
		}
		state.Jobs[no] = j
		s.Follows, s.Job = []string{no}, ""
		if flow == "report" {
			s.Job = no
		}
	}
	return state
}

// changes says what has become of the jobs.
func changes(before, after map[string]*job.Job) (all []string) {
	for number, j := range after {
		old := before[number]
		switch {
		case old == nil && j.Danger != "":
			all = append(all, "alarms "+j.Danger)
			continue
		case old == nil:
			all = append(all, "opens a job")
			continue
		case j.Danger != old.Danger:
			all = append(all, "alarms "+j.Danger)
		case j.State != old.State:
			all = append(all, string(old.State)+" becomes "+string(j.State))
		}
		was, is := old.ReportOf(resident), j.ReportOf(resident)
		if is.Answer != was.Answer {
			all = append(all, "answered "+is.Answer)
		}
		if is.Rating != was.Rating {
			all = append(all, "rated "+is.Rating)
		}
		if is.Withdrawn != was.Withdrawn {
			all = append(all, "withdrawn")
		}
		if len(j.Notes) > len(old.Notes) {
			all = append(all, "passed on")
		}
	}
	slices.Sort(all)
	return all
}

// Line is one reading as `bot read` prints it: language, screen, sentence, intent, slots
// and what the desk does, divided by tabs.
func (p Player) Line(lang, screen, said string) string {
	r := understand.Reader{County: p.County}.Read(screen, said)
	intent := string(r.Intent)
	if r.Intent != "" && r.Guessed() {
		intent += "?"
	}
	return strings.Join([]string{lang, screen, said, intent, r.Slots.String(), p.Does(lang, screen, said)}, "\t")
}
