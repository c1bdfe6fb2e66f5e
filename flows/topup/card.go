package topup

import "powerdesk/flows/talk"

// cardSteps are what a resident does with the card at the meter (DOMAIN §3.2):
// the own meter first, because a card works in one meter only.
func cardSteps() []talk.Step {
	return []talk.Step{
		{ID: "find", Picture: "find", Answers: []talk.Answer{
			{ID: "found", Then: "insert"},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "insert", Picture: "insert", Answers: inserted("code")},
		{ID: "early", Picture: "hold", Answers: inserted("code")},
		{ID: "turn", Picture: "turn", Answers: inserted("hall")},
		{ID: "first", Picture: "first", Answers: []talk.Answer{
			{ID: "yes", Then: "first_insert"},
			{ID: "no", Then: "first_empty"},
			{ID: "unsure", Then: "first_empty"},
		}},
		{ID: "first_insert", Picture: "hold", Answers: inserted("code")},
		{ID: "first_empty", Picture: "open", Answers: []talk.Answer{
			{ID: "inserted", Then: "buy"},
			{ID: "unread", Then: "code"},
		}},
		{ID: "push", Picture: "push", Once: true, Answers: []talk.Answer{
			{ID: "back", Then: "done"},
			{ID: "still", Then: "come", Do: func(t *talk.Turn) { t.Fact("outage/pushed") }},
			{ID: "unsure", Then: "come"},
		}},
	}
}

// inserted are the answers of every step at which a card is put in: light, read
// and dark still, which leads to the switch behind the meter, once; or not read.
func inserted(unread string) []talk.Answer {
	return []talk.Answer{
		{ID: "back", Then: "done"},
		{ID: "read", Then: "push", Forks: []talk.Fork{{
			Name: "pushed already", If: func(t *talk.Turn) bool { return t.Answer("outage/pushed") != "" }, Then: "come",
		}}},
		{ID: "unread", Then: unread},
	}
}
