package flows

// Phone is the phone at which this person is reached: given in this talk, or
// remembered; "" when it is not known.
func (t *Turn) Phone() string {
	if t.S.Phone != "" {
		return t.S.Phone
	}
	return t.S.Home.Phone
}

// PhoneStep asks for that phone, unless it is known: shared with one tap, or
// typed. Words without a number are kept, and it is asked again. After it comes
// then; others are further answers.
func PhoneStep(then string, others ...Answer) Step {
	answers := append([]Answer{{ID: "share", Then: then, Ask: ContactKey}}, others...)
	return Step{
		ID: "phone", Names: true, Free: true, Leads: []string{"phone", then},
		Known: func(t *Turn) string {
			if t.Phone() != "" {
				return "known"
			}
			return ""
		},
		Hear: func(t *Turn) string {
			number := ""
			switch {
			case t.E.Kind == Contact && !t.E.Foreign:
				number = t.E.Phone
			case t.E.Kind == Text:
				number = Phone(t.E.Text)
			}
			switch {
			case number != "":
				t.S.Phone = number
				return then
			case t.E.Kind != Text:
				return ""
			}
			t.KeepWords(t.E.Text)
			t.Tell("contact.phone.noted", nil)
			return "phone"
		},
		Answers: append(answers, Answer{ID: "known", Then: then, When: func(*Turn) bool { return false }}),
	}
}
