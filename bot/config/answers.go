package config

import (
	"regexp"
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// price is a sum of money: the desk never quotes one, and a clerk's word counts.
var price = regexp.MustCompile(`(?i)[¥￥]|[0-9][0-9.,]*\s*(元|块|毛|角|分钱|yuan|rmb|cny|kuai)|[一二两三四五六七八九十百半几](元|块钱|毛钱|角钱|分钱)`)

// answers reads what is said to questions that are no fault (PRODUCT R17).
func (d *desk) answers(v value) {
	always := make(map[string]string) // what is about a question whatever was said, by the question
	d.county.Answers = records(v, "an answer", func(f *fields, a *county.Answer) { d.answer(f, a, always) })
}

func (d *desk) answer(f *fields, a *county.Answer, always map[string]string) {
	id := f.need("id", "an id such as street-light")
	a.ID = id.id()
	d.unique("answer id", a.ID, id)
	about := f.need("about", "[other_utility]")
	a.About = list(about, "a question", func(v value) string { return v.oneOf(county.Questions...) })
	a.Said = list(f.get("said"), "a word", value.str)
	for _, question := range a.About {
		if before := always[question]; before != "" {
			about.wrong("write it above "+before, "%s answers every %s before it", before, question)
		}
		if len(a.Said) == 0 {
			always[question] = a.ID
		}
	}
	text := f.need("text", "{zh: …, en: …}")
	a.Text = text.sentence()
	text.unpriced(a.Text)
	a.Who, a.Address = f.get("who").label(), f.get("address").sentence()
	a.Phone = f.get("phone").phone()
	a.Hours = d.hours(f.get("hours"))
	hall := f.get("hall")
	a.Hall = hall.boolean()
	a.Example = f.get("example").boolean()
	d.later = append(d.later, func() { d.hallAnswers(hall, *a) })
}

// hallAnswers checks an answer that the service hall gives.
func (d *desk) hallAnswers(hall value, a county.Answer) {
	switch {
	case !a.Hall:
	case a.Who != words.Text{} || a.Address != words.Text{} || a.Phone != "" || len(a.Hours.Days) > 0:
		hall.wrong("remove who, address, phone and hours, or hall", "the service hall and somebody else answer")
	case len(d.county.Outlets) == 0:
		hall.wrong("write the service hall below outlets", "there is no outlet, so no service hall")
	}
}

// unpriced refuses a text with a price in it.
func (v value) unpriced(t words.Text) {
	if said := slices.Concat(price.FindAllString(t.ZH, 1), price.FindAllString(t.EN, 1)); len(said) > 0 {
		v.wrong("write who tells the price", "%q is a price, and the desk never quotes one", said[0])
	}
}
