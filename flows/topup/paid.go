package topup

import (
	"regexp"
	"strings"

	"powerdesk/flows/talk"
)

// paidSteps are for who has paid and sits in the dark (DOMAIN §3.4,
// PAID_NOT_ARRIVED). What was paid where and when is asked so that people can
// look for it; how much, and from which account, never is.
func paidSteps() []talk.Step {
	return []talk.Step{
		{ID: "paid", Picture: "paid", Answers: []talk.Answer{
			{ID: "card", Means: "paid_by=card paid_by=hall", Then: "find"},
			{ID: "online", Means: "paid_by=wechat paid_by=alipay paid_by=bank paid_by=app", Then: "remote"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "remote", Picture: "remote", Answers: []talk.Answer{
			{ID: "back", Then: "lit"},
			{ID: "still", Then: "channel"},
			{ID: "unpaid", Means: "paid=no no_credit", Then: "buy"},
		}},
		{ID: "channel", Picture: "channel", Free: true, Hear: hearPayment("when"), Leads: []string{"when"},
			Answers: whichever("when", "app", "wechat", "alipay", "bank", "hall", "unsure")},
		{ID: "when", Picture: "when", Free: true, Hear: hearPayment("come"), Leads: []string{"come"},
			Answers: whichever("come", "now", "today", "yesterday", "earlier", "unsure")},
	}
}

// hearPayment takes what somebody writes instead of pressing a button.
func hearPayment(then string) func(*talk.Turn) string {
	return func(t *talk.Turn) string {
		if t.E.Kind != talk.Text {
			return ""
		}
		t.Keep(t.S.Step, withoutMoney(t.E.Text))
		return then
	}
}

// money is what nobody here needs to know and nobody should keep: an amount, and
// a number as long as that of an account, a card or an order.
var money = regexp.MustCompile(`(?i)[¥￥]\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?\s*(?:元|块钱|块|rmb|yuan)|(?:\d[ -]?){12,}`)

// withoutMoney takes amounts and bank data out of a text.
func withoutMoney(text string) string {
	return strings.TrimSpace(money.ReplaceAllString(text, "…"))
}
