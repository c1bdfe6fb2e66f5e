package duty

import (
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/understand"
)

// hearAccount keeps the number that the crew reads off the card or the meter, for
// the hall's clerk. A picture of it goes there as well.
func hearAccount(t *talk.Turn) string {
	j := t.Job()
	if _, may := speaker(t, j); !may || !j.TopUp.Waits() {
		return "" // what is written now is for the resident
	}
	if understand.Danger(t.E.Text).Sure {
		return "" // and a danger is everybody's
	}
	switch t.E.Kind {
	case talk.Text:
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: t.E.Text})
	case talk.Attach:
		t.S.Media = nil // the router has kept it for a report
		j.Note(t.S.Chat, job.Note{At: t.E.At, Media: t.E.Media})
	default:
		return ""
	}
	return "noted"
}

// hearAmount takes the sum that a clerk has bought.
func hearAmount(t *talk.Turn) string {
	if t.E.Kind != talk.Text {
		return ""
	}
	j := t.Job()
	if j == nil || j.TopUp.Clerk.User != t.S.Chat {
		return "over"
	}
	yuan, ok := text.Yuan(t.E.Text)
	if !ok {
		t.Tell("work.amount.unread", nil)
		return "amount"
	}
	if j.PayTopUp(job.Actor{ID: t.S.Chat, Name: j.TopUp.Clerk.Name}, yuan, t.E.At) != "" {
		return "over"
	}
	return "paid"
}
