package desk_test

import (
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// asked are what somebody who waits may write, by what it is.
var asked = map[string][2]string{
	"when":       {"啥时候来电", "when will it be back?"},
	"who":        {"师傅到哪了", "have they set off"},
	"at door":    {"门口那俩穿橙色衣服的是你们的人不", "two men in orange outside, yours?"},
	"hurry":      {"催一下", "hurry up"},
	"not come":   {"咋还不来人", "how come nobody showed up"},
	"status":     {"有信儿没", "what's happening with my report"},
	"why":        {"为啥停电啊", "why is the power out?"},
	"back":       {"来电了", "we've got power now"},
	"withdraw":   {"不用来了", "no need to come"},
	"still dark": {"人来过了 还是没电", "they came and left, it's still off"},
	"out again":  {"亮了一下又灭了", "was on for five minutes, gone again"},
	"partly":     {"来了一半 厨房没有", "only half came back"},
	"add":        {"单元门密码1314", "knock hard, she's deaf"},
	"correct":    {"换个号 打13900000062", "new number 13900000092"},
	"complain":   {"上回来的那个态度真差", "the man who came was very rude"},
}

// always are those of which each is passed on, also when it is said again.
var always = []string{"add", "correct", "complain"}

// Whatever somebody who waits writes, in whatever state the job is: it is answered with
// the job, opens no other and ends none, and its words reach each of the crew once until
// they have said something.
func TestWhoWaitsIsAnsweredAndHeardOnce(t *testing.T) {
	t.Parallel()
	states := []struct {
		name  string
		deeds []deed
	}{
		{"nobody has it", nil},
		{"one has it", []deed{{0, "李强", "claim", ""}}},
		{"two have it", []deed{{0, "李强", "claim", ""}, {0, "周敏", "claim", ""}}},
		{"on the way", []deed{{0, "李强", "claim", ""}, {0, "周敏", "claim", ""}, {0, "李强", "eta", "15"}}},
		{"there", []deed{{0, "李强", "claim", ""}, {0, "周敏", "claim", ""}, {0, "李强", "arrive", ""}}},
	}
	for what, both := range asked {
		for _, s := range states {
			for i, said := range both {
				t.Run(what+"/"+s.name+"/"+string(words.Langs[i]), func(t *testing.T) {
					t.Parallel()
					p := newPlay(t, words.ZH)
					for _, name := range []string{"李强", "周敏"} {
						p.turn(event(people[name], "/start"))
					}
					p.report()
					for _, d := range s.deeds {
						p.perform(d)
					}
					p.answersOnce(what, said)
				})
			}
		}
	}
}

func (p *play) answersOnce(what, said string) {
	p.t.Helper()
	holders := p.job("1123-01").Readers()
	for time := range 2 {
		effects := p.turn(event(people["奶奶"], said))
		answer, heard := "", map[string]int{}
		for _, e := range effects {
			say, is := e.(talk.Say)
			switch {
			case !is:
			case say.Chat == people["奶奶"].ID:
				answer += say.Text
			case strings.Contains(plain(say.Text), said) && say.Chat < 0 && say.Chat != leaderChat:
				p.t.Errorf("a group reads %q", say.Text)
			case strings.Contains(plain(say.Text), said) && strings.HasPrefix(say.Slot, "extra/"):
				heard[p.job("1123-01").Holder(say.Chat).Name]++
			}
		}
		if !strings.Contains(answer, "1123-01") {
			p.t.Errorf("%q is answered with %q, and not with the job", said, answer)
		}
		want := 1
		if what == "complain" || time > 0 && !slices.Contains(always, what) {
			want = 0
		}
		for _, name := range holders {
			if heard[name] != want {
				p.t.Errorf("time %d: %s hears %d times, want %d", time+1, name, heard[name], want)
			}
		}
	}
	if len(p.jobs) != 1 || p.job("1123-01").State == job.Withdrawn || p.job("1123-01").State == job.Closed {
		p.t.Errorf("there are %d jobs, and the first is %s", len(p.jobs), p.job("1123-01").State)
	}
}
