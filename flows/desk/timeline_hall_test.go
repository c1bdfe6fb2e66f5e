package desk_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// The hall's part of a night is told in minutes since the request, on Monday at
// 19:40. A deed of 奶奶's is what she says; one of a clerk's is a press in the hall.
var hallTimelines = []struct {
	name  string
	risk  string // 没有 = the hall has it alone
	off   bool   // no clerk is on duty
	deeds []deed
	until int
	want  string
	ends  job.TopUpState
	hall  bool // whether the hall still has it alone
}{
	{
		name: "nobody takes it: the leader, the resident, the leader again and again, then less often", risk: "没有", until: 290,
		want: "5 hall.1, 10 hall.2, 40 hall.again, 70 hall.again, 100 hall.again, 130 hall.again, 250 hall.again", ends: job.TopUpAsked, hall: true,
	},
	{
		name: "no clerk is on duty: the leader at once", risk: "没有", off: true, until: 12,
		want: "0 hall.1, 10 hall.2", ends: job.TopUpAsked, hall: true,
	},
	{
		name: "nobody takes it, and a home at risk: both ladders", risk: "货怕坏、活在赶", until: 11,
		want: "3 unclaimed.1, 5 hall.1, 6 unclaimed.2, 10 hall.2, 10 unclaimed.3", ends: job.TopUpAsked,
	},
	{
		name: "taken and silent: asked, then for everybody again", risk: "没有", deeds: []deed{{2, "冯会计", "take", ""}}, until: 33,
		want: "12 clerk.1 冯会计, 22 clerk.2 冯会计, 27 hall.1, 32 hall.2", ends: job.TopUpAsked, hall: true,
	},
	{
		name: "paid and silent", risk: "没有", deeds: []deed{{2, "冯会计", "take", ""}, {9, "冯会计", "paid", "100"}}, until: 30,
		want: "19 clerk.1 冯会计, 29 clerk.2 冯会计", ends: job.TopUpPaid, hall: true,
	},
	{
		name: "asked back: the resident's answer begins the wait anew", risk: "没有",
		deeds: []deed{{2, "冯会计", "take", ""}, {9, "冯会计", "asks", "display"}, {15, "奶奶", "拉闸", ""}}, until: 26,
		want: "25 clerk.1 冯会计", ends: job.TopUpAsked, hall: true,
	},
	{
		name: "written to the card, and not a word: people go", risk: "没有",
		deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "paid", "100"}, {3, "冯会计", "wrote", "card"}}, until: 24,
		want: "13 light, 16 unclaimed.1, 19 unclaimed.2, 23 unclaimed.3", ends: job.TopUpFailed,
	},
	{
		name: "the card is on its way", risk: "没有",
		deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "paid", "100"}, {3, "冯会计", "wrote", "card"}, {10, "奶奶", "卡还没到手", ""}}, until: 21,
		want: "20 light", ends: job.TopUpFailed,
	},
	{
		name: "sent to the meter: it takes a quarter of an hour", risk: "没有",
		deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "paid", "100"}, {3, "冯会计", "wrote", "meter"}}, until: 29,
		want: "28 light", ends: job.TopUpFailed,
	},
	{
		name: "light: nothing more is said", risk: "没有",
		deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "paid", "100"}, {3, "冯会计", "wrote", "card"}, {8, "奶奶", "来电了", ""}}, until: 300,
		want: "", ends: job.TopUpWritten, hall: true,
	},
	{
		name: "refused, and no answer: people go", risk: "没有", deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "refused", "system"}}, until: 16,
		want: "12 refused, 15 unclaimed.1", ends: job.TopUpFailed,
	},
	{
		name: "refused, and the morning will do: it is over", risk: "没有",
		deeds: []deed{{1, "冯会计", "take", ""}, {2, "冯会计", "refused", "system"}, {4, "奶奶", "等营业厅开门", ""}}, until: 100,
		want: "", ends: job.TopUpRefused, hall: true,
	},
	{
		name: "a danger: the crew's ladder at once, and the clerk's goes on", risk: "没有",
		deeds: []deed{{2, "冯会计", "take", ""}, {4, "奶奶", "着火了", ""}}, until: 15,
		want: "5 unclaimed.1, 6 unclaimed.2, 7 unclaimed.3, 12 clerk.1 冯会计", ends: job.TopUpAsked,
	},
	{
		name: "written where a danger is: the crew sees to the meter", risk: "没有",
		deeds: []deed{{1, "奶奶", "着火了", ""}, {1, "李强", "claim", ""}, {1, "Ben", "claim", ""}, {2, "李强", "eta", "60"}, {3, "冯会计", "take", ""}, {3, "冯会计", "paid", "100"}, {4, "冯会计", "wrote", "card"}},
		until: 60, want: "", ends: job.TopUpWritten,
	},
}

// topUpNight is a request of 奶奶's for credit.
func topUpNight(t *testing.T, risk string) *play {
	t.Helper()
	p := newPlay(t, words.ZH)
	p.pace = 0
	p.asksForCredit(risk)
	return p
}

func (p *play) asksForCredit(risk string) {
	p.t.Helper()
	p.says("/topup", "没钱了、断电了", "拉闸、余额是0", "有，插卡的", "还没买", "🌙 找值班员帮我充", risk,
		"桑园镇", "翰林住宅小区", "3号楼2单元", "13900000001", "5566778899", "100 元")
}

// perform does a deed: a word of 奶奶's, a press of the crew's or of a clerk's.
func (p *play) perform(d deed) {
	p.t.Helper()
	who := people[d.who]
	if who.ID < 100 {
		p.now = p.now.Add(time.Second) // or it were a double tap
		p.turn(event(who, d.action))
		return
	}
	e := talk.Event{
		Kind: talk.Press, From: who, Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Callback: "c",
		Press: talk.Button{Job: "1123-01", Action: d.action, Arg: d.arg, Epoch: p.job("1123-01").Epoch},
	}
	if who.Clerk && !who.Member {
		e.Chat, e.Press.Clerks = talk.Chat{ID: hallChat, Kind: talk.Hall}, true
	}
	p.turn(e)
}

// Each wait of the hall is a timeline against a timeline, like the crew's.
func TestTimelinesOfTheHall(t *testing.T) {
	t.Parallel()
	for _, tt := range hallTimelines {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			p.pace = 0
			if tt.off {
				e := event(people["冯会计"], "/off 12")
				e.Chat = talk.Chat{ID: hallChat, Kind: talk.Hall}
				p.turn(e)
			}
			p.asksForCredit(tt.risk)
			start := p.now
			for _, d := range tt.deeds {
				p.until(start, d.minute)
				p.perform(d)
			}
			p.until(start, tt.until)
			if got := p.rung(start); got != tt.want {
				t.Errorf("the desk said\n  %s\nwant\n  %s", got, tt.want)
			}
			j := p.job("1123-01")
			if j.TopUp.State != tt.ends || j.CreditAlone() != tt.hall {
				t.Errorf("the hall's part is %s and the hall has it alone: %v; want %s, %v", j.TopUp.State, j.CreditAlone(), tt.ends, tt.hall)
			}
			if last := p.reminds["duty/job/1123-01"]; j.Live() == last.At.IsZero() {
				t.Errorf("the next reminder is at %v, and the job is %s", last.At, j.State)
			}
		})
	}
}

// What the hall missed while the desk stood still comes once, and no burst.
func TestWhatTheHallMissedComesOnce(t *testing.T) {
	t.Parallel()
	for stop, want := range map[time.Duration]string{
		4 * time.Minute:   "",
		7 * time.Minute:   "7 hall.1",
		30 * time.Minute:  "30 hall.1",
		300 * time.Minute: "300 hall.1, 300 hall.again",
	} {
		t.Run(stop.String(), func(t *testing.T) {
			t.Parallel()
			p := topUpNight(t, "没有")
			start := p.now
			p.now = p.now.Add(stop)
			p.later("0s")
			if got := p.rung(start); got != want {
				t.Errorf("after %v the desk said\n  %s\nwant\n  %s", stop, got, want)
			}
			p.until(start, int(stop.Minutes())+6)
			for slot, drawn := range p.slots {
				if slot == "topup/1123-01" && len(drawn) > 8 {
					t.Errorf("the card was drawn %d times", len(drawn))
				}
			}
		})
	}
}

// A question that the hall does not answer in half an hour is the duty group's,
// with a ladder of its own; one that is answered is not.
func TestTimelineOfAQuestion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		deeds []deed
		want  string
	}{
		"nobody":              {nil, "3 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3, 30 question, 33 unclaimed.1, 36 unclaimed.2, 40 unclaimed.3"},
		"claimed, not a word": {[]deed{{1, "冯会计", "claim", ""}}, "11 idle.1 冯会计, 21 idle.2 冯会计, 24 unclaimed.1, 27 unclaimed.2, 30 question, 33 unclaimed.1, 36 unclaimed.2, 40 unclaimed.3"},
		"answered":            {[]deed{{1, "冯会计", "claim", ""}, {2, "冯会计", "done", ""}}, "32 unanswered.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			p.now, p.pace = p.now.Add(14*time.Hour), 0
			p.says("☎ 找人帮忙", "💳 电卡、充值的事", "13900000001", "卡丢了怎么补")
			no, start := "1124-01", p.now
			for _, d := range tt.deeds {
				p.until(start, d.minute)
				e := talk.Event{Kind: talk.Press, From: people[d.who], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c"}
				e.Press = talk.Button{Job: no, Clerks: true, Action: d.action, Arg: d.arg, Epoch: p.job(no).Epoch}
				p.turn(e)
			}
			p.until(start, 41)
			p.jobs["1123-01"] = p.jobs[no]
			if got := p.rung(start); got != tt.want {
				t.Errorf("the desk said\n  %s\nwant\n  %s", got, tt.want)
			}
		})
	}
}
