package desk_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// The hall's part of a random day: what residents ask of it, what its clerks do,
// and the rules that hold all the same.

// withoutCredit is a resident's straight way to a request for credit, with a home
// at risk or without, as far as the hour and earlier requests let it go.
func (d *day) withoutCredit(who talk.Person) {
	d.rt.Helper()
	word := func(key string) string { return words.Plain(d.langOf(who), key, nil) }
	risk := rapid.SampledFrom([]string{"none", "none", "goods", "medical"}).Draw(d.rt, "risk")
	lines := []string{
		word("nav.exit"), "/topup", word("topup.trouble.credit"), word("topup.shows.cut"), word("topup.kind.slot"), word("topup.bought.no"), word("topup.buy.clerk"),
		word("topup.risk." + risk), "桑园镇", "翰林小区", rapid.SampledFrom([]string{"3号楼", "9号楼"}).Draw(d.rt, "door") + canary,
		canaryPhone + "0001", canary + "-5566778899", rapid.SampledFrom([]string{canarySum, "100"}).Draw(d.rt, "sum"),
	}
	odd := rapid.SampledFrom([]string{
		"", "", "", "", "着火了 " + canary, "[photo] " + canary, "[voice]", "[pin 37.633 116.391]", word("nav.back"), "/status", "/forget", "/language", bankCard, "冒烟了吗",
	}).Draw(d.rt, "in between")
	if odd != "" {
		lines = slices.Insert(lines, rapid.IntRange(2, len(lines)).Draw(d.rt, "where"), odd)
	}
	for _, line := range lines {
		d.do(event(who, line))
		d.check()
	}
}

func (d *day) langOf(who talk.Person) words.Lang {
	if l := d.session(who.ID).Lang; l != "" {
		return l
	}
	return who.Lang
}

// question is a resident's straight way to a question about the card.
func (d *day) question() {
	d.rt.Helper()
	who := rapid.SampledFrom(d.residents).Draw(d.rt, "who asks")
	word := func(key string) string { return words.Plain(d.langOf(who), key, nil) }
	for _, line := range []string{word("nav.exit"), word("menu.menu.person"), word("contact.person.card"), canaryPhone + "0001", canary} {
		d.do(event(who, line))
		d.check()
	}
}

// hall is what happens in the hall's group besides presses.
func (d *day) hall() {
	d.rt.Helper()
	who := rapid.SampledFrom(d.clerks).Draw(d.rt, "clerk")
	chat := talk.Chat{ID: hallChat, Kind: talk.Hall}
	if rapid.IntRange(0, 2).Draw(d.rt, "leaves the hall") == 0 {
		d.do(talk.Event{Kind: talk.Departed, From: who, Chat: chat})
		for _, no := range sortedKeys(d.jobs) {
			if j := d.job(no); j.TopUp.Clerk.User == who.ID || j.Room() == job.Clerks && j.Holder(who.ID) != nil {
				d.rt.Errorf("%s has left the hall and holds %s", who.Name, no)
			}
		}
		return
	}
	e := event(who, rapid.SampledFrom([]string{"/help", "谁在", "/open", "/duty", "/on", "/off", "/on 3", "/off x", "/log", "/job 1123-01"}).Draw(d.rt, "says"))
	e.Chat = chat
	d.do(e)
}

// serve is a clerk's straight way through a request, as far as it goes, and what
// the residents say to it.
func (d *day) serve() {
	d.rt.Helper()
	var asked []string
	for _, no := range sortedKeys(d.jobs) {
		if j := d.job(no); j.Live() && j.State != job.Restored && j.TopUp.Waits() {
			asked = append(asked, no)
		}
	}
	if len(asked) == 0 {
		return
	}
	no := rapid.SampledFrom(asked).Draw(d.rt, "serves")
	who := rapid.SampledFrom(d.clerks).Draw(d.rt, "clerk")
	press := func(action, arg string) {
		b := talk.Button{Job: no, Clerks: true, Action: action, Epoch: d.job(no).Epoch, Arg: arg}
		d.do(talk.Event{Kind: talk.Press, From: who, Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Press: b, Callback: "c"})
		d.check()
	}
	if rapid.Bool().Draw(d.rt, "opens the chat") {
		d.do(event(who, "/start"))
	}
	press("take", "")
	press(rapid.SampledFrom([]string{"pay", "refuse", "ask", "card", "take", "nonsense"}).Draw(d.rt, "opens"), "")
	switch rapid.SampledFrom([]string{"asks", "refuses", "drops", "sum", "pays", "pays", "pays"}).Draw(d.rt, "then") {
	case "asks":
		press("asks", rapid.SampledFrom([]string{"account", "display", "photo", "call"}).Draw(d.rt, "what"))
		d.reply(no, [][]string{{"topup.asked_back.unsure"}, {canary}, {}})
		return
	case "refuses":
		press("refused", "system")
		d.reply(no, [][]string{{"topup.refused.people"}, {"topup.refused.morning"}, {}})
		return
	case "drops":
		press("drop", "")
		return
	case "sum":
		press("paid", "exact")
		d.do(event(who, canarySum))
	case "pays":
		press("paid", "100")
	}
	press("wrote", rapid.SampledFrom([]string{"card", "meter"}).Draw(d.rt, "way"))
	d.reply(no, [][]string{
		{"topup.light_card.yes", "report.rating.good"}, {"topup.light_card.still", "topup.light_push.still"}, {"topup.light_card.still", "topup.light_push.yes"},
		{"topup.light_card.later", "topup.light_card.yes"}, {"topup.light_meter.still", "topup.light_push.unsure"}, {},
	})
}

// callHall is a crew at a meter without money that asks the hall, and reads the
// account's number to it.
func (d *day) callHall() {
	d.rt.Helper()
	for _, no := range sortedKeys(d.jobs) {
		if j := d.job(no); !j.Live() || j.State == job.Restored || j.Kind != job.Fault {
			continue
		}
		for i, who := range rapid.Permutation(d.volunteers).Draw(d.rt, "pair")[:2] {
			d.do(event(who, "/start"))
			for _, b := range []talk.Button{{Action: "claim"}, {Action: "arrive"}, {Action: "call", Arg: "hall"}}[:3-i] {
				b.Job, b.Epoch = no, d.job(no).Epoch
				d.do(talk.Event{Kind: talk.Press, From: who, Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Press: b, Callback: "c"})
				d.check()
			}
			d.do(event(who, rapid.SampledFrom([]string{canary + "-5566778899", "[photo] " + canary, "不知道", "着火了 " + canary}).Draw(d.rt, "reads")))
			d.check()
		}
		return
	}
}

// reply lets the residents of a job say one of some things, a key of the words or
// words of their own.
func (d *day) reply(no string, sayings [][]string) {
	d.rt.Helper()
	for _, r := range d.job(no).Reports {
		for _, line := range rapid.SampledFrom(sayings).Draw(d.rt, "the resident's word") {
			for _, p := range slices.Concat(d.residents, d.volunteers, d.clerks) {
				if p.ID != r.Chat {
					continue
				}
				if line != canary {
					line = words.Plain(d.langOf(p), line, nil)
				}
				d.do(event(p, line))
				d.check()
				break
			}
		}
	}
}

// serves says whether somebody has served a home that they reported themselves.
func (d *day) serves(user int64) bool {
	for _, no := range sortedKeys(d.jobs) {
		if j := d.job(no); j.ReportOf(user) != nil && j.Holds(user) {
			return true
		}
	}
	return false
}

// blanked checks that the number of a bank card is kept nowhere and told nobody.
func (d *day) blanked(e talk.Event, s talk.State, effects []talk.Effect) {
	d.rt.Helper()
	all := d.encode(s.Session) + d.encode(s.Jobs) + d.encode(s.Team)
	for _, effect := range effects {
		all += d.encode(effect)
	}
	for _, number := range []string{bankCard, "6222 0212"} {
		if strings.Contains(all, number) {
			d.rt.Errorf("%s %q keeps or tells the number of a bank card: %s", e.Kind, e.Text, all)
		}
	}
}

// movedHall checks that the hall's part is moved by its clerk, a leader, a resident
// of the job or its crew, and taken by a clerk when nobody has it.
func (d *day) movedHall(e talk.Event, was, is *job.Job) {
	d.rt.Helper()
	a, b := was.TopUp, is.TopUp
	a.Clerk.Lang, a.Clerk.Chat, a.Clerk.Shown, a.Posted = b.Clerk.Lang, b.Clerk.Chat, b.Clerk.Shown, b.Posted
	m, _ := d.desk.County.Member(e.From.ID)
	takes := e.Press.Action == "take" && a.Clerk.User == 0 && e.From.Clerk
	if a != b && was.ReportOf(e.From.ID) == nil && !was.Holds(e.From.ID) && !m.Leader && !takes {
		d.rt.Errorf("%s moved the hall's part of %s from %+v to %+v", e.From.Name, is.No, a, b)
	}
	if a.Clerk.User != 0 && b.Clerk.User != 0 && a.Clerk.User != b.Clerk.User {
		d.rt.Errorf("%s went from one clerk to another in one step", is.No)
	}
}

// visible checks that a job was shown to those whose it is, and that one of the
// hall is nobody else's.
func (d *day) visible(j *job.Job) {
	d.rt.Helper()
	shown := func(slot string, chat int64) bool {
		return len(d.slots[slot+j.No]) > 0 && d.slots[slot+j.No][0].Chat == chat
	}
	switch {
	case j.Room() == job.Crew && !shown("job/", dutyChat):
		d.rt.Errorf("%s was never shown to the team", j.No)
	case j.Kind == job.Question && !shown("hall/", hallChat), j.TopUp.State != "" && !shown("topup/", hallChat):
		d.rt.Errorf("%s was never shown to the hall", j.No)
	case j.Room() == job.Clerks && shown("job/", dutyChat):
		d.rt.Errorf("%s is the hall's alone and stands in the duty group", j.No)
	case j.Room() == job.Clerks && (j.Danger != "" || slices.Contains(j.Needs, "medical") || slices.Contains(j.Needs, "goods")):
		d.rt.Errorf("%s must not wait (%s %v) and the hall has it alone", j.No, j.Danger, j.Needs)
	case j.Kind == job.Credit && j.Claims() > 0:
		d.rt.Errorf("%s is the hall's alone and held by %+v", j.No, j.Pair)
	}
	if j.TopUp.State == "" {
		return
	}
	free := j.Live() && j.State != job.Restored && j.TopUp.Waits() && j.TopUp.Clerk.User == 0
	card := d.shown[fmt.Sprintf("topup/%s/%d", j.No, j.TopUp.Posted)]
	if takeable := strings.Contains(d.encode(card.Buttons), "hall:take|"); takeable != free {
		d.rt.Errorf("%s (%s, %s) can be taken on its card: %v", j.No, j.State, j.TopUp.State, takeable)
	}
}

// findable checks that whoever has a place at a live job has it in their session:
// from there it is taken back when they leave the group.
func (d *day) findable(j *job.Job) {
	d.rt.Helper()
	for _, c := range j.Holders() {
		if j.Live() && !slices.Contains(d.session(c.User).Holds, j.No) {
			d.rt.Errorf("%s holds %s and their session does not know", c.Name, j.No)
		}
	}
}
