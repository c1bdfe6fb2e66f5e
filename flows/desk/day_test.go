package desk_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// report is a resident's straight way to a job, so that the day has some.
func (d *day) report() {
	d.rt.Helper()
	who := rapid.SampledFrom(d.residents).Draw(d.rt, "who reports")
	word := func(key string) string { return words.Plain(who.Lang, key, nil) }
	place := rapid.SampledFrom([][]string{
		{"翰林小区", "3号楼" + canary}, {canary + "村", canary + "村", canary + "家"}, {"桑园镇", word("place.community.unlisted"), canary + "新村"},
		{"[pin 37.633 116.391]", canary},
	}).Draw(d.rt, "place")
	ways := [][]string{
		append([]string{"/start", word("menu.menu.outage"), word("outage.danger.no"), word("outage.household.medical")},
			append(place, word("outage.neighbours.me"), canaryPhone+"0001 "+canary, word("outage.receipt.remember"))...),
		append([]string{"着火了 " + canary}, append(place, "[contact "+canaryPhone+"0001]")...),
		{"/start", word("menu.menu.person"), canary, canaryPhone + "0001"},
	}
	if rapid.Bool().Draw(d.rt, "without credit") {
		d.withoutCredit(who)
		return
	}
	for _, line := range rapid.SampledFrom(ways).Draw(d.rt, "way") {
		d.do(event(who, line))
		d.check()
	}
}

// act is one random thing that happens.
func (d *day) act() {
	d.rt.Helper()
	d.pace = rapid.SampledFrom([]time.Duration{0, time.Second, 10 * time.Second, time.Minute}).Draw(d.rt, "pace")
	kinds := []string{"talk", "talk", "talk", "talk", "press", "press", "press", "forged", "later", "mend", "mend", "neighbour", "found", "leaves", "group", "group", "fails", "hall", "hall", "serve", "serve", "credit", "question", "calls the hall"}
	switch kind := rapid.SampledFrom(kinds).Draw(d.rt, "act"); kind {
	case "talk":
		d.do(d.talk())
	case "press", "forged":
		d.do(d.button(kind == "forged"))
	case "mend":
		d.mend()
	case "later":
		hours := rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 13 * time.Hour, 25 * time.Hour}).Draw(d.rt, "later")
		d.rt.Logf("%v later", hours)
		d.later(hours.String())
	case "neighbour":
		d.neighbour()
	case "found":
		answer := rapid.SampledFrom([]string{"", "none"}).Draw(d.rt, "found")
		d.finds(rapid.SampledFrom([]talk.LookupKind{talk.PlannedHere, talk.KnownHere}).Draw(d.rt, "what"), answer)
	case "leaves":
		who := rapid.SampledFrom(d.volunteers).Draw(d.rt, "who leaves")
		d.do(talk.Event{Kind: talk.Departed, From: who, Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}})
	case "group":
		e := event(rapid.SampledFrom(d.volunteers).Draw(d.rt, "who"), rapid.SampledFrom([]string{
			"/help", "有人去吗", "/open", "/job 1123-01", "/job 9", "/mine", "/log", "/stats", "/duty", "/on", "/off", "/off 8", "/on x", "/report_for " + canary,
		}).Draw(d.rt, "says"))
		e.Chat = talk.Chat{ID: dutyChat, Kind: talk.Duty}
		d.do(e)
	case "hall":
		d.hall()
	case "serve":
		d.serve()
	case "credit":
		d.withoutCredit(rapid.SampledFrom(slices.Concat(d.residents, d.clerks[:1], d.volunteers[:2])).Draw(d.rt, "who needs credit"))
	case "calls the hall":
		d.callHall()
	case "question":
		d.question()
	case "fails":
		who := rapid.SampledFrom(slices.Concat(d.residents, d.volunteers, d.clerks)).Draw(d.rt, "whose words fail")
		d.turn(talk.Event{
			Kind: talk.Failed, From: who, Chat: talk.Chat{ID: who.ID, Kind: talk.Private}, Lost: talk.Say{Writer: who.ID, Job: "1123-01", Text: canary},
		})
	}
}

// talk is what somebody writes or sends in private: mostly what the screen
// offers, else anything at all.
func (d *day) talk() talk.Event {
	who := rapid.SampledFrom(slices.Concat(d.residents, d.volunteers[:2], d.clerks[:2])).Draw(d.rt, "who")
	free := []string{
		"/open", "/job 1123-01", "/mine", "/log", "/stats", "/duty", "/on 4", "/off", "/report_for", "/report_for 翰林小区3号楼" + canary + " " + canaryPhone + "0005",
		"20:30", "25分钟", "/start", "/start c-hanlin", "/start dtoken", "/report", "/topup", "/status", "/cancel", "/help", "/language", "/forget", "/nonsense", "/start c-",
		"[sticker]", "[blank]", "[edits an old message]", "[album] " + canary, "[album]", "[photo] " + canary, "[voice]", "[5000 characters]",
		"[blocks the bot]", "[unblocks the bot]", "[pin 37.633 116.391]", "[pin 39.9 116.4]",
		"[contact " + canaryPhone + "0001]", "[foreign contact " + canaryPhone + "0002]", canaryPhone + "0003",
		"着火了 " + canary, "冒烟了", "没有冒烟", "有人触电 " + canary, "电线掉了", "there is a fire " + canary, "怕漏电",
		"家里没电 " + canary, "no power " + canary, "电卡 " + canary, "翰林小区3号楼" + canary, "张庄", canary, canary + " 1", "1", "2", "3", "来电了", "不用来了", "派人来", "谢谢", "好",
		"没有", "有", "不", "算了",
		"还是没电", "卡还没到手", "不知道", canarySum, "卡号" + bankCard, "[photo] 6222 0212 3456 7890 123", "/report_for " + bankCard,
	}
	line := rapid.SampledFrom(free).Draw(d.rt, "free")
	s := d.session(who.ID)
	_, step := stepOf(d.desk, s.Flow+"/"+s.Step)
	keys := d.keys(who.ID, rapid.IntRange(0, 9).Draw(d.rt, "every key") == 0)
	switch n := rapid.IntRange(0, 99).Draw(d.rt, "how"); {
	case step != nil && (step.Names || step.Free) && n < 40:
		line = rapid.SampledFrom([]string{canary + "村", "翰林小区3号楼" + canary, canaryPhone + "0003", canary + " " + canaryPhone + "0004"}).Draw(d.rt, "words")
	case len(keys) > 0 && n < 75:
		line = rapid.SampledFrom(keys).Draw(d.rt, "key")
	case n > 95:
		line = canary + rapid.String().Draw(d.rt, "any text")
	}
	return event(who, line)
}

// keys are the buttons on the screen of a person, without the ways out that
// every screen has unless they are wanted.
func (d *day) keys(chat int64, ways bool) (keys []string) {
	for _, row := range d.screens[chat] {
		for _, k := range row {
			line := k.Text
			if !ways && (isNav(k.Text, words.ZH) || isNav(k.Text, words.EN)) {
				continue
			}
			if k.Contact {
				line = "[contact " + canaryPhone + "0001]"
			}
			if k.Location {
				line = "[pin 37.633 116.391]"
			}
			keys = append(keys, line)
		}
	}
	return keys
}

// button is a press on any card that was ever drawn, old or new, by anybody,
// from any chat; or on one that nobody drew.
func (d *day) button(forged bool) talk.Event {
	who := rapid.SampledFrom(slices.Concat(d.volunteers[:2], d.volunteers, d.volunteers, d.clerks, d.clerks, d.strangers[:1], d.residents[:1])).Draw(d.rt, "who presses")
	chat := rapid.SampledFrom([]talk.Chat{{ID: dutyChat, Kind: talk.Duty}, {ID: hallChat, Kind: talk.Hall}, {ID: who.ID, Kind: talk.Private}, {ID: foreignChat, Kind: talk.Foreign}}).Draw(d.rt, "where")
	var data []string
	newest := rapid.IntRange(0, 3).Draw(d.rt, "an old card") > 0
	for _, slot := range sortedKeys(d.slots) {
		for i, say := range d.slots[slot] {
			if newest && i < len(d.slots[slot])-1 {
				continue
			}
			for _, row := range say.Buttons {
				for _, b := range row {
					data = append(data, b.Data)
				}
			}
		}
	}
	if forged || len(data) == 0 {
		data = []string{"", "x", "1|1123-01|claim|0|", "1|1123-01|cause|0|fuse", "1|1123-02|reason|7|busy", "1|9999-99|done|0|", "9|1123-01|claim|0|", "1|1123-01|cause|99|" + canary, "1|1123-01|hall:paid|0|50", "1|1123-01|hall:drop|0|" + canary, "1|1123-01|hall:pay|0|", "1|1123-01|hall:claim|0|", "1|1123-02|hall:wrote|9|card"}
	}
	press := talk.ParseButton(rapid.SampledFrom(data).Draw(d.rt, "button"))
	return talk.Event{Kind: talk.Press, From: who, Chat: chat, Press: press, Callback: "c"}
}

// mend is the straight way from a claim to a resident's word.
func (d *day) mend() {
	d.rt.Helper()
	var open []string
	for _, no := range sortedKeys(d.jobs) {
		if j := d.job(no); j.Live() && j.State != job.Restored && j.Room() == job.Crew {
			open = append(open, no)
		}
	}
	if len(open) == 0 {
		return
	}
	no := rapid.SampledFrom(open).Draw(d.rt, "mends")
	press := func(who talk.Person, action, arg string) {
		b := talk.Button{Job: no, Action: action, Epoch: d.job(no).Epoch, Arg: arg}
		d.do(talk.Event{Kind: talk.Press, From: who, Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Press: b, Callback: "c"})
		d.check()
	}
	pair := rapid.Permutation(d.volunteers).Draw(d.rt, "pair")[:2]
	for _, who := range pair {
		press(who, "claim", "")
	}
	for _, action := range []string{"depart", "arrive", "done"}[rapid.IntRange(0, 2).Draw(d.rt, "from"):] {
		press(pair[0], action, "")
	}
	press(pair[0], "cause", rapid.SampledFrom([]string{"fuse", "false", "low_line"}).Draw(d.rt, "cause"))
	for _, r := range d.job(no).Reports {
		i := slices.IndexFunc(d.residents, func(p talk.Person) bool { return p.ID == r.Chat })
		if i < 0 {
			continue
		}
		step := "report.back."
		if !d.job(no).Outage() {
			step = "report.called."
		}
		for _, key := range rapid.SampledFrom([][]string{
			{step + "yes", "report.rating.good"}, {step + "yes", "report.rating.poor", canary}, {step + "yes"}, {step + "no"}, {},
		}).Draw(d.rt, "the resident's word") {
			line := key
			if key != canary {
				line = words.Plain(d.residents[i].Lang, key, nil)
			}
			d.do(event(d.residents[i], line))
			d.check()
		}
	}
}

// neighbour adds a second resident's report to an open job.
func (d *day) neighbour() {
	who := rapid.SampledFrom(d.residents).Draw(d.rt, "neighbour")
	var open []string
	for _, no := range sortedKeys(d.jobs) {
		if j := d.job(no); j.Live() && j.Outage() && j.ReportOf(who.ID) == nil {
			open = append(open, no)
		}
	}
	if len(open) == 0 {
		return
	}
	j := d.job(rapid.SampledFrom(open).Draw(d.rt, "joins"))
	j.Reports = append(j.Reports, job.Report{Chat: who.ID, Lang: who.Lang, Name: who.Name, Phone: canaryPhone + "0009", At: d.now})
	s := d.session(who.ID)
	s.Follows = append(s.Follows, j.No)
	d.jobs[j.No], d.people[who.ID] = d.encode(j), d.encode(s)
}
