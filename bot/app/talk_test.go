package app

import "regexp"

// line is one turn of a resident's talk: what the thumb does, and the sentence
// that answers it.
type line struct {
	tap    string // the words of a key of the keyboard …
	label  string // … or its label, where the county names it
	types  string // … or what is typed
	answer string
}

// say does one turn.
func (p *person) say(l line) {
	p.Helper()
	p.act(l)
	p.hears(l.answer)
}

// act does what the thumb does, and waits for nothing.
func (p *person) act(l line) {
	p.Helper()
	switch {
	case l.tap != "":
		p.tap(l.tap)
	case l.label != "":
		p.tapOn(l.label)
	default:
		p.types(l.types)
	}
}

// talk does turn after turn.
func (p *person) talk(lines ...line) {
	p.Helper()
	for _, l := range lines {
		p.say(l)
	}
}

// place is the first community of the county, as this person reads it.
func (p *person) place() (town, community string) {
	t := p.setting.County.Towns[0]
	return t.Name.In(p.lang), t.Communities[0].Name.In(p.lang)
}

// tripping is a new resident's whole report: the home alone is dark, and the
// switch trips again.
func (p *person) tripping() []line {
	town, community := p.place()
	return []line{
		{types: "/start", answer: "menu.menu.say"},
		{tap: "menu.menu.outage", answer: "outage.danger.say"},
		{tap: "outage.danger.no", answer: "outage.household.say"},
		{tap: "outage.household.none", answer: "place.town.say"},
		{label: town, answer: "place.community.say"},
		{label: community, answer: "place.building.say"},
		{types: door, answer: "outage.neighbours.say"},
		{tap: "outage.neighbours.me", answer: "outage.meter.say"},
		{tap: "outage.meter.no", answer: "outage.switch.say"},
		{tap: "outage.switch.down", answer: "outage.reset.say"},
		{tap: "outage.reset.trips", answer: "outage.summary.say"},
		{tap: "outage.summary.share", answer: "outage.receipt.say"},
	}
}

// answers are the sentences of the lines.
func answers(lines []line) []string {
	var all []string
	for _, l := range lines {
		all = append(all, l.answer)
	}
	return all
}

// reports makes the whole report and gives the number of the job.
func (p *person) reports() string {
	p.Helper()
	p.talk(p.tripping()...)
	return p.number()
}

var numbers = regexp.MustCompile(`\b\d{4}-\d{2,}\b`)

// number is the one in the receipt that was just read.
func (p *person) number() string {
	p.Helper()
	m := p.hears("outage.receipt.say")
	no := numbers.FindString(m.Text)
	if no == "" {
		p.Fatalf("the receipt names no number: %q", m.Text)
	}
	return no
}

// pair claims the open job with two volunteers who have opened the bot.
func (s *scene) pair() (first, second *person) {
	s.Helper()
	first, second = s.volunteer("李强"), s.volunteer("周敏")
	for _, v := range []*person{first, second} {
		v.say(line{types: "/start", answer: "menu.menu.say"})
		v.told(v.press("button.claim"), "toast.claimed")
		v.reads("details.title")
	}
	return first, second
}

// departs sets out with a time: the button opens a choice.
func (p *person) departs(chat int64) {
	p.Helper()
	p.pressIn(chat, "button.depart")
	p.told(p.pressIn(chat, "eta.15"), "toast.depart")
}

// drops gives the job back with a reason, which stands behind "more".
func (p *person) drops(reason string) {
	p.Helper()
	p.press("button.rest")
	p.press("button.drop")
	p.told(p.press("reason."+reason), "toast.released")
}

// content rates well and has nothing to add.
func (p *person) content() {
	p.Helper()
	p.say(line{tap: "report.rating.good", answer: "report.praise.say"})
	p.say(line{tap: "report.praise.skip", answer: "report.thanks.say"})
}

// restores ends the crew's work at the door with a cause.
func (p *person) restores(cause string) {
	p.Helper()
	p.pressIn(p.id, "button.done")
	p.told(p.pressIn(p.id, "cause."+cause), "toast.restored")
}
