package talk

import (
	"cmp"
	"strings"

	"powerdesk/flows/text"
)

// Phone is the phone at which this person is reached: given in this talk, or
// remembered; "" when it is not known.
func (t *Turn) Phone() string { return cmp.Or(t.S.Phone, t.S.Home.Phone) }

// HearPhone takes a shared or typed phone for this talk, and keeps the words
// beside it or instead of it. It says whether what came could be one, and gives
// the number, "" when there was none.
func (t *Turn) HearPhone() (heard bool, number string) {
	switch {
	case t.E.Kind == Contact && !t.E.Foreign && t.E.Phone != "":
		t.S.Phone = t.E.Phone
		return true, t.E.Phone
	case t.E.Kind != Text:
		return false, ""
	}
	number = text.Phone(t.E.Text)
	if number == "" || strings.TrimPrefix(text.Fold(t.E.Text), "86") != number {
		t.KeepWords(t.E.Text)
	}
	if number != "" {
		t.S.Phone = number
	}
	return true, number
}

// PhoneStep asks for that phone, unless it is known: shared with one tap, or
// typed. Words without a number are kept, and it is asked again. After it comes
// then; others are further answers.
func PhoneStep(then string, others ...Answer) Step {
	answers := append([]Answer{{ID: "share", Then: then, Ask: ContactKey}}, others...)
	return Step{
		ID: "phone", Names: true, Free: true, Leads: []string{"phone", then},
		Known: Already("known", func(t *Turn) bool { return t.Phone() != "" }),
		Hear: func(t *Turn) string {
			heard, number := t.HearPhone()
			switch {
			case !heard:
				return ""
			case number == "":
				t.Tell("contact.phone.noted", nil)
				return "phone"
			}
			return then
		},
		Answers: append(answers, Answer{ID: "known", Then: then, When: func(*Turn) bool { return false }}),
	}
}
