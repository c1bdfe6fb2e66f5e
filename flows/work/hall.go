package work

import (
	"powerdesk/flows"
)

// hearAccount keeps the number that the crew reads off the card or the meter, for
// the hall's clerk. A picture of it goes there as well.
func hearAccount(t *flows.Turn) string {
	j := t.Job()
	if _, may := actor(t, j); !may || !j.TopUp.Waits() {
		return "" // what is written now is for the resident
	}
	if _, sure := flows.DangerIn(t.E.Text); sure {
		return "" // and a danger is everybody's
	}
	switch t.E.Kind {
	case flows.Text:
		j.Note(t.S.Chat, flows.Note{At: t.E.At, Text: t.E.Text})
	case flows.Attach:
		t.S.Media = nil // the router has kept it for a report
		j.Note(t.S.Chat, flows.Note{At: t.E.At, Media: t.E.Media})
	default:
		return ""
	}
	return "noted"
}

// hearAmount takes the sum that a clerk has bought.
func hearAmount(t *flows.Turn) string {
	if t.E.Kind != flows.Text {
		return ""
	}
	j := t.Job()
	if j == nil || j.TopUp.Clerk.User != t.S.Chat {
		return "over"
	}
	yuan, ok := flows.Yuan(t.E.Text)
	if !ok {
		t.Tell("work.amount.unread", nil)
		return "amount"
	}
	if j.PayTopUp(flows.Actor{ID: t.S.Chat, Name: j.TopUp.Clerk.Name}, yuan, t.E.At) != "" {
		return "over"
	}
	return "paid"
}
