package talk

import (
	"cmp"
	"strings"

	"powerdesk/flows/text"
)

// Phone is the phone at which this person is reached: given in this talk, or
// remembered; "" when it is not known.
func (t *Turn) Phone() string { return cmp.Or(t.S.Phone, t.S.Home.Phone) }

// HearPhone makes the Hear of a step that takes a phone for this talk, shared or
// typed: then comes next. Words beside the number, or instead of it, are kept; where
// there was none that is said, by the key noted, and it is asked again.
func HearPhone(noted, then string) func(*Turn) string {
	return func(t *Turn) string {
		number := t.E.Phone
		switch {
		case t.E.Kind == Text:
			number = text.Phone(t.E.Text)
			if number == "" || strings.TrimPrefix(text.Fold(t.E.Text), "86") != number {
				t.KeepWords(t.E.Text)
			}
		case t.E.Kind != Contact || t.E.Foreign || number == "":
			return ""
		}
		if number == "" {
			t.Tell(noted, nil)
			return t.S.Step
		}
		t.S.Phone = number
		return then
	}
}

// PhoneStep asks for that phone, unless it is known: shared with one tap, or
// typed. Words without a number are kept, and it is asked again. After it comes
// then; others are further answers.
func PhoneStep(then string, others ...Answer) Step {
	answers := append([]Answer{{ID: "share", Then: then, Ask: ContactKey}}, others...)
	return Step{
		ID: "phone", Names: true, Free: true, Leads: []string{"phone", then},
		Known:   Already("known", func(t *Turn) bool { return t.Phone() != "" }),
		Hear:    HearPhone("contact.phone.noted", then),
		Answers: append(answers, Answer{ID: "known", Then: then, When: func(*Turn) bool { return false }}),
	}
}
