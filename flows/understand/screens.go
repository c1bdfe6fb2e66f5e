package understand

import (
	"slices"
	"strings"
)

// known gives the screen by which the examples call a question. The same question
// stands in several flows: topup/town is outage/town.
func known(screen string) string {
	m := learned()
	if alias := aliases[screen]; alias != "" {
		screen = alias
	}
	if _, ok := m.screens[screen]; ok {
		return screen
	}
	_, id, found := strings.Cut(screen, "/")
	if !found {
		return screen
	}
	for _, flow := range []string{"outage", "topup", "contact", "report"} {
		if _, ok := m.screens[flow+"/"+id]; ok {
			return flow + "/" + id
		}
	}
	return screen
}

// takesWords says whether any words are an answer at a question, such as an address.
func (m *model) takesWords(screen string) bool {
	return slices.ContainsFunc(m.screens[screen], func(l int) bool { return m.labels[l].intent == Answer && m.labels[l].answer == "" })
}

// aliases are the steps that the corpus knows by another name.
var aliases = map[string]string{
	"report/job": "open-job", "report/one": "open-job", "outage/safe": "open-job", "outage/safety": "open-job", "outage/danger_on": "open-job",
	"report/back": "restored", "report/rating": "rating", "menu/menu": "first", "contact/answer": "first", "topup/light_meter": "topup/light_card", "topup/insert": "outage/insert",
	"topup/early": "outage/insert", "topup/turn": "outage/insert", "topup/first_insert": "outage/insert", "topup/remote": "outage/remote", "topup/push": "outage/push",
	"topup/light_push": "outage/push",
}
