package desk_test

import (
	"slices"
	"testing"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// pressed makes a press of a button that was drawn so many epochs ago, and gives what
// the presser reads.
func (p *play) pressed(who, action, choice string, ago int) (said string) {
	p.t.Helper()
	j := p.job("1123-01")
	e := talk.Event{
		Kind: talk.Press, From: people[who], Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Callback: "c",
		Press: talk.Button{Job: j.No, Action: action, Arg: choice, Epoch: j.Epoch - ago},
	}
	if people[who].Clerk && !people[who].Member {
		e.Chat, e.Press.Clerks = talk.Chat{ID: hallChat, Kind: talk.Hall}, true
	}
	for _, effect := range p.turn(e) {
		if toast, is := effect.(talk.Toast); is {
			said = toast.Text
		}
	}
	return said
}

// A press that is refused changes nothing, and says why.
func TestARefusedPressSaysWhy(t *testing.T) {
	t.Parallel()
	type press struct{ who, action, choice string }
	for name, tt := range map[string]struct {
		before []press
		last   press
		ago    int
		want   string
	}{
		"a leader's, of an earlier claim":        {[]press{{"李强", "claim", ""}, {"李强", "reason", "busy"}, {"周敏", "claim", ""}}, press{"赵队", "arrive", ""}, 1, "outdated"},
		"a leader's, who takes back a mark":      {[]press{{"李强", "claim", ""}, {"李强", "reason", "busy"}, {"周敏", "claim", ""}, {"周敏", "cause", "false"}}, press{"赵队", "unmark", ""}, 1, "outdated"},
		"of somebody else":                       {[]press{{"李强", "claim", ""}}, press{"孙伟", "arrive", ""}, 0, "not_yours"},
		"of a clerk who has not taken it":        {[]press{{"李强", "claim", ""}, {"李强", "call", "hall"}, {"冯会计", "take", ""}}, press{"Kate", "pay", ""}, 0, "topup.not_yours"},
		"of a clerk who would type the sum":      {[]press{{"李强", "claim", ""}, {"李强", "call", "hall"}, {"冯会计", "take", ""}}, press{"Kate", "paid", "exact"}, 0, "topup.not_yours"},
		"a cause that was said, of work on grid": {[]press{{"周敏", "claim", ""}, {"周敏", "cause", "fuse"}}, press{"周敏", "cause", "low_line"}, 0, "already"},
		"a week's rest of a danger":              {[]press{{"李强", "claim", ""}}, press{"李强", "again", "7"}, 0, "old_button"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			for _, who := range []string{"李强", "周敏", "孙伟", "赵队", "冯会计", "Kate"} {
				p.turn(event(people[who], "/start"))
			}
			p.report()
			for _, b := range tt.before {
				p.pressed(b.who, b.action, b.choice, 0)
			}
			was, asked := p.encode(p.job("1123-01")), p.session(people[tt.last.who].ID).Step
			said := p.pressed(tt.last.who, tt.last.action, tt.last.choice, tt.ago)
			l := p.session(people[tt.last.who].ID).Lang
			want := words.Plain(l, "toast."+tt.want, words.Args{"No": "1123-01", "Name": p.job("1123-01").TopUp.Clerk.Name, "Crew": p.job("1123-01").Crew(l)})
			if said != want {
				t.Errorf("the presser reads %q, want %q", said, want)
			}
			if now := p.encode(p.job("1123-01")); now != was {
				t.Errorf("the job was changed:\n%s\n%s", was, now)
			}
			if step := p.session(people[tt.last.who].ID).Step; step != asked {
				t.Errorf("the presser is asked %q", step)
			}
		})
	}
}

// Who gives a job back no longer has it among their own.
func TestWhatIsGivenBackIsNotHeld(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.report()
	p.pressed("李强", "claim", "", 0)
	p.pressed("李强", "reason", "busy", 0)
	if s := p.session(people["李强"].ID); slices.Contains(s.Holds, "1123-01") {
		t.Error("it is still among what 李强 holds")
	}
}

// A danger does not rest until another day, whoever was to come again; nor does it
// stay with the clerks who had a question.
func TestADangerDoesNotRest(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	for _, who := range []string{"李强", "冯工"} {
		p.turn(event(people[who], "/start"))
	}
	for _, line := range []string{"/start", "/visit", "王桂兰", "桑园镇", "翰林住宅小区", "3号楼", "看看线路", "一周内"} {
		p.turn(event(people["赵队"], line))
	}
	p.pressed("李强", "claim", "", 0)
	p.pressed("冯工", "claim", "", 0)
	p.pressed("冯工", "again", "7", 0)
	p.turn(event(people["李强"], "着火了"))
	if j := p.job("1123-01"); j.Danger == "" || j.Wait != (job.Wait{}) {
		t.Errorf("the danger %q waits: %+v", j.Danger, j.Wait)
	}
	if said := p.pressed("冯工", "again", "7", 0); said != words.Plain(words.ZH, "toast.not_now", nil) {
		t.Errorf("who would rest for a week reads %q", said)
	}
}

func TestADangerIsNotTheClerks(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.now = p.now.Add(14 * 3600e9)
	p.turn(event(people["冯会计"], "/start"))
	p.says("☎ 找人帮忙", "💳 电卡、充值的事", "13900000001", "卡丢了怎么补")
	no := p.only()
	for _, action := range []string{"claim", "done"} {
		p.turn(talk.Event{
			Kind: talk.Press, From: people["冯会计"], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c",
			Press: talk.Button{Job: no, Clerks: true, Action: action, Epoch: p.job(no).Epoch},
		})
	}
	p.turn(event(people["冯会计"], "她说家里着火了"))
	if j := p.job(no); j.Danger == "" || j.Room() != job.Crew || len(p.slots["job/"+no]) == 0 {
		t.Errorf("the danger %q is the %s's", j.Danger, j.Room())
	}
}
