package contact

import (
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// answerSteps answer what is no fault from the desk file: who helps, where and when.
// The way to a person stands below.
func answerSteps() []talk.Step {
	return []talk.Step{{
		ID: "answer", Over: true, Enter: noteQuestion, Args: answerArgs, Hear: hearQuestion, Leads: []string{"answer", "pass"},
		Answers: []talk.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "point", Then: "place"},
			{ID: "fault", Then: "outage/danger"},
		},
	}}
}

// found is the answer to what this turn asks.
func found(t *talk.Turn) (county.Answer, bool) {
	return t.Desk.County.AnswerTo(string(t.Means()), t.E.Text)
}

// Particular says whether the desk file answers what this turn asks by the words in it:
// who asks where the water bill is paid means another counter.
func Particular(t *talk.Turn) bool {
	a, ok := found(t)
	return ok && len(a.Said) > 0
}

// Aside answers in the middle of a talk, whose question is asked again below.
func Aside(t *talk.Turn) {
	a, _ := found(t)
	t.Reply(answer(t, a))
}

// noteQuestion notes what is asked, for as long as its answer stands.
func noteQuestion(t *talk.Turn) {
	a, _ := found(t)
	t.Keep("asked", a.ID)
}

// hearQuestion answers the next question, and takes everything else for words to be
// passed on.
func hearQuestion(t *talk.Turn) string {
	if t.E.Kind == talk.Text && slices.Contains(county.Questions, string(t.Means())) {
		t.KeepWords(t.E.Text)
		return "answer"
	}
	return hearWords("pass")(t)
}

func answerArgs(t *talk.Turn) words.Args {
	a, _ := t.Desk.County.AnswerOf(t.Answer("asked"))
	return words.Args{"Answer": words.HTML(answer(t, a))}
}

// answer writes an answer: what is to be said, who helps and where, and whether
// somebody is there now. Where the desk file has none it says so, and who knows.
func answer(t *talk.Turn, a county.Answer) string {
	if a.ID == "" {
		return t.Word("contact.answer.unknown", numbers(t))
	}
	lines := []string{words.Escape(a.Text.In(t.S.Lang))}
	who := slices.DeleteFunc([]string{a.Who.In(t.S.Lang), a.Address.In(t.S.Lang), a.Phone}, func(s string) bool { return s == "" })
	if len(who) > 0 {
		lines = append(lines, t.Word("contact.answer.who", words.Args{"Who": strings.Join(who, "  ")}))
	}
	if open := hours(t, a.Hours); open != "" {
		lines = append(lines, t.Word("contact.answer.hours", words.Args{"Hours": open, "Now": words.HTML(openNow(t, a.Hours))}))
	}
	return strings.Join(append(lines, t.Word("contact.answer.person", nil)), "\n")
}

// openNow says whether hours are open, or when they open next.
func openNow(t *talk.Turn, h county.Hours) string {
	c := t.Desk.County
	if c.Open(h, t.E.At) {
		return t.Word("contact.answer.open", nil)
	}
	at, _ := c.NextOpening(h, t.E.At)
	return t.Word("contact.answer.closed", words.Args{"At": c.TimeInWords(t.S.Lang, at, t.E.At)})
}
