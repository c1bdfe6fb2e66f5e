package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// known is a resident who had everything remembered.
func (p *play) known(who string) {
	p.people[people[who].ID] = p.encode(&talk.Session{
		Chat: people[who].ID, Lang: words.ZH, Opened: true,
		Home: talk.Home{Place: county.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼"}, Phone: "13900000001", Household: "none"},
	})
}

// says plays lines of 奶奶 and gives the last answer.
func (p *play) says(lines ...string) (last talk.Say) {
	p.t.Helper()
	for _, line := range lines {
		for _, e := range p.turn(event(people["奶奶"], line)) {
			if say, ok := e.(talk.Say); ok && say.Chat == people["奶奶"].ID {
				last = say
			}
		}
	}
	return last
}

// From the start to the card in the duty group: two taps.
func TestDangerIsTwoTapsFromTheCard(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.says("/start")
	for taps, line := range []string{"⚡ 家里没电", "有"} {
		p.says(line)
		if _, out := p.slots["job/1123-01"]; out != (taps == 1) {
			t.Errorf("after %d taps the card is out: %v", taps+1, out)
		}
	}
}

// Whose home is known, with the whole street dark: four taps.
func TestAKnownHomeInADarkStreetIsFourTaps(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.known("奶奶")
	p.says("/start", "⚡ 家里没电", "没有", "🏠 桑园镇翰林住宅小区 3号楼", "都没电")
	if len(p.jobs) != 1 {
		t.Errorf("%d jobs after four taps, want one", len(p.jobs))
	}
}

// Who is new and wants people and no questions: at most eight answers.
func TestPleaseJustComeIsEightAnswers(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.says("/start")
	answers := []string{"⚡ 家里没电", "没有", "🙏 请直接派人来", "桑园镇", "翰林住宅小区", "3号楼", "[contact 13900000001]"}
	p.says(answers...)
	if len(p.jobs) != 1 || len(answers) > 8 {
		t.Errorf("%d jobs after %d answers, want one after at most eight", len(p.jobs), len(answers))
	}
}

// A volunteer's whole normal job is six taps: claim, set out, the time, arrived,
// power is back, why.
func TestAVolunteersWholeJobIsSixTaps(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.report()
	p.turn(event(people["李强"], "/start"))
	taps := []string{"✋ 我去", "🚗 出发", "15 分钟到", "📍 到了", "✅ 来电了", "保险丝断了"}
	for _, label := range taps {
		p.turn(p.press(people["李强"], "job/1123-01", label, 0))
	}
	if j := p.job("1123-01"); j.State != job.Restored || j.Clocks.Arrive.IsZero() || len(taps) > 6 {
		t.Errorf("after %d taps the job is %s", len(taps), j.State)
	}
}

// A report for a caller is one line, or at most six taps after the command.
func TestAReportForACallerIsSixTaps(t *testing.T) {
	t.Parallel()
	for _, lines := range [][]string{
		{"/report_for 翰林小区3号楼 没电 13900000001"},
		{"/report_for", "没有", "都没有", "桑园镇", "翰林住宅小区", "3号楼", "刘大爷 13900000001"},
	} {
		p := newPlay(t, words.ZH)
		for _, line := range lines {
			p.turn(event(people["李强"], line))
		}
		if len(p.jobs) != 1 || len(lines) > 7 {
			t.Errorf("%d jobs after %d taps, want one", len(p.jobs), len(lines)-1)
		}
	}
}

// At most four buttons do work on a card, whatever its state; the rest is behind
// "more" (PRODUCT V1).
func TestACardHasFourButtons(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.seen = func(e talk.Event, _ talk.State, effects []talk.Effect) {
		for _, effect := range effects {
			say, ok := effect.(talk.Say)
			if !ok || say.Slot != "job/1123-01" || e.Press.Action == "rest" || e.Press.Action == "done" || e.Press.Action == "depart" {
				continue
			}
			n := 0
			for _, row := range say.Buttons {
				n += len(row)
			}
			if n > 4 {
				t.Errorf("%d buttons after %s: %v", n, e.Press.Action, say.Buttons)
			}
		}
	}
	p.report()
	for _, label := range []string{"✋ 我去", "🚗 出发", "15 分钟到"} {
		p.turn(p.press(people["李强"], "job/1123-01", label, 0))
	}
	p.turn(p.press(people["周敏"], "job/1123-01", "✋ 我去", 0))
	for _, label := range []string{"📍 到了"} {
		p.turn(p.press(people["李强"], "job/1123-01", label, 0))
	}
}

// route is one way through the triage: the steps it saw and what was answered.
type route struct {
	state   talk.State
	seen    map[string]bool
	answers []string
}

// typed is what is written where that leads elsewhere than any button.
var typed = map[string][]string{"town": {"张庄"}, "write": {"河西新村"}, "code": {"Err-18"}}

// The longest way through the triage has twelve answers: every button of every
// screen is pressed, in every order that sees no screen twice, by a resident
// about whom nothing is known. Towns and villages stand for each other: the
// first of them is pressed. Who corrects what was understood asks for more
// questions, so "change something" is left out; and whose card or payment needs
// the guide has left the triage.
func TestTheLongestTriageIsTwelveAnswers(t *testing.T) {
	t.Parallel()
	for _, found := range []map[talk.LookupKind]string{
		{}, {talk.PlannedHere: "hit"}, {talk.KnownHere: "hit"},
	} {
		t.Run(fmt.Sprint(found), func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			for kind, answer := range found {
				p.finds(kind, answer)
			}
			p.says("/start")
			start := p.load(people["奶奶"].ID, "")
			p.decide(&start, act("⚡ 家里没电", words.ZH))
			longest, ways := p.longest("outage", route{state: start, answers: []string{"⚡ 家里没电"}})
			t.Logf("%d ways, the longest has %d answers: %s", ways, len(longest), strings.Join(longest, " · "))
			if len(longest) > 12 {
				t.Errorf("%d answers, want at most 12: %s", len(longest), strings.Join(longest, " · "))
			}
			if ways < 500 {
				t.Errorf("only %d ways: the walk does not see the triage", ways)
			}
		})
	}
}

// The longest way through the guide has thirteen answers, likewise, until there is
// light, somebody sets out for the counter, or people are sent. Any screen of it
// can be left by one: "please just come".
func TestTheLongestGuideIsThirteenAnswers(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.says("/start")
	start := p.load(people["奶奶"].ID, "")
	p.decide(&start, act("💳 电卡充值", words.ZH))
	longest, ways := p.longest("topup", route{state: start, answers: []string{"💳 电卡充值"}})
	t.Logf("%d ways, the longest has %d answers: %s", ways, len(longest), strings.Join(longest, " · "))
	if len(longest) > 13 {
		t.Errorf("%d answers, want at most 13: %s", len(longest), strings.Join(longest, " · "))
	}
	if ways < 500 {
		t.Errorf("only %d ways: the walk does not see the guide", ways)
	}
}

// longest walks every way on from a route through one flow, until a job is out,
// the talk is over or another flow's, and counts them.
func (p *play) longest(flow string, r route) (most []string, ways int) {
	p.t.Helper()
	here := r.state.Session.Flow + "/" + r.state.Session.Step
	_, step := stepOf(p.desk, here)
	say := look(p.t, p.desk, clone(r.state))
	lines := ownKeys(say, words.ZH)
	if step.Offer != nil && len(lines) > 0 { // one town, one village, one place of several
		lines = append(lines[:1], slices.DeleteFunc(slices.Clone(lines[1:]), func(l string) bool { return !labels(step, l) })...)
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == words.Plain(words.ZH, "outage.summary.change", nil) })
	if here == "outage/summary" {
		lines = lines[:1] // every other one ends the talk as well
	}
	if step.Come {
		lines = append(lines, "🙏 请直接派人来")
	}
	for _, line := range append(lines, typed[step.ID]...) {
		state := clone(r.state)
		p.decide(&state, act(line, words.ZH))
		answers := append(slices.Clone(r.answers), line)
		next := state.Session.Flow + "/" + state.Session.Step
		switch {
		case state.Jobs[job.Unnumbered] != nil, state.Session.Flow != flow:
			ways++
			if len(answers) > len(most) {
				most = answers
			}
			continue
		}
		seen := map[string]bool{}
		if line == words.Plain(words.ZH, "place.town.somebody", nil) {
			next = "" // from here on the same screens ask about another home
		} else {
			maps.Copy(seen, r.seen)
			seen[here] = true
		}
		if seen[next] {
			continue
		}
		way, n := p.longest(flow, route{state: state, seen: seen, answers: answers})
		ways += n
		if len(way) > len(most) {
			most = way
		}
	}
	return most, ways
}

// labels says whether a label is one of the step's own answers and not one that
// the county gives.
func labels(s *talk.Step, label string) bool {
	return slices.ContainsFunc(s.Answers, func(a talk.Answer) bool {
		return words.Plain(words.ZH, s.Words+"."+a.ID, nil) == label
	})
}

// clone copies a state, so that it can go two ways.
func clone(s talk.State) talk.State {
	session := *s.Session
	session.Answers = maps.Clone(session.Answers)
	session.Given, session.Trail = slices.Clone(session.Given), slices.Clone(session.Trail)
	session.Notes, session.Media, session.Follows = slices.Clone(session.Notes), slices.Clone(session.Media), slices.Clone(session.Follows)
	c := talk.State{Session: &session, Jobs: map[string]*job.Job{}}
	for no, j := range s.Jobs {
		c.Jobs[no] = j.Clone()
	}
	return c
}

// A button names its job, action and choice in Telegram's 64 bytes, however
// large the numbers grow.
func TestEveryInlineButtonFits(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.seen = func(_ talk.Event, _ talk.State, effects []talk.Effect) {
		for _, e := range effects {
			say, ok := e.(talk.Say)
			if !ok {
				continue
			}
			for _, row := range say.Buttons {
				for _, b := range row {
					data := strings.Replace(b.Data, "1123-01", "1231-99999", 1)
					if len(data)+len("99999") > 64 || width(b.Text) > 20 {
						t.Errorf("the button %q with %q does not fit", b.Text, b.Data)
					}
				}
			}
		}
	}
	p.report()
	li := people["李强"]
	for _, label := range []string{
		"✋ 我去", "⋯ 更多", "⏸ 要等一等", "要取材料", "3 小时", "▶️ 接着办", "🚗 出发", "15 分钟到", "📍 到了", "⋯ 更多", "🆘 叫人帮忙", "供电所",
		"✅ 来电了", "更多原因", "← 返回", "⋯ 更多", "🚫 误报", "← 返回", "⋯ 更多", "🔄 交回",
	} {
		p.turn(p.press(li, "job/1123-01", label, 0))
	}
}

// report is a report of 奶奶's, out in the group.
func (p *play) report() {
	p.t.Helper()
	p.says("/start", "⚡ 家里没电", "没有", "都没有", "桑园镇", "翰林住宅小区", "3号楼", "都没电", "[contact 13900000001]", "不用")
}

// Telegram takes toasts of 200 characters; the longest names two volunteers with
// the longest names there are.
func TestEveryToastFits(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("名", 32)
	for _, l := range words.Langs {
		for _, key := range words.Keys(l) {
			if !strings.HasPrefix(key, "toast.") {
				continue
			}
			text := words.Plain(l, key, words.Args{"Crew": name + words.Plain(l, "and", nil) + name, "No": "1231-99999", "N": 2, "Of": 2})
			if n := len([]rune(text)); n > 200 {
				t.Errorf("%s in %s: %d characters, want at most 200", key, l, n)
			}
		}
	}
}
