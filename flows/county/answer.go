package county

import (
	"slices"
	"strings"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// Answer is what the desk file says to a question that is no fault: who helps, where
// and when. It never names a price.
type Answer struct {
	ID      string
	About   []string // some of Questions
	Said    []string // of these words one was said; empty = whatever was
	Text    words.Text
	Hall    bool       // the service hall helps: the first outlet, in the hall's hours
	Who     words.Text // else who does; empty = the text says it
	Address words.Text
	Phone   string
	Hours   Hours
	Example bool
}

// Questions are the questions that an answer may be about, as flows/understand calls
// them.
var Questions = []string{"price_question", "hours", "buy_where", "move_meter", "new_connection", "other_utility"}

// AnswerTo finds the answer to a question: the first that is about it and of whose
// words one was said.
func (c *County) AnswerTo(about, said string) (Answer, bool) {
	said = strings.Map(text.Simplified, said)
	return c.answer(func(a Answer) bool {
		return slices.Contains(a.About, about) &&
			(len(a.Said) == 0 || slices.ContainsFunc(a.Said, func(word string) bool { return text.Holds(said, word) }))
	})
}

// AnswerOf finds an answer by its id.
func (c *County) AnswerOf(id string) (Answer, bool) {
	return c.answer(func(a Answer) bool { return a.ID == id })
}

func (c *County) answer(is func(Answer) bool) (Answer, bool) {
	i := slices.IndexFunc(c.Answers, is)
	if i < 0 {
		return Answer{}, false
	}
	a := c.Answers[i]
	if a.Hall {
		a.Hours = c.Hall
		if len(c.Outlets) > 0 {
			a.Who, a.Address, a.Phone = c.Outlets[0].Name, c.Outlets[0].Address, c.Outlets[0].Phone
		}
	}
	return a, true
}
