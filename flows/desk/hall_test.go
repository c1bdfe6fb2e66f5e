package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// credited is a request that a clerk has taken, paid and written to the card.
func credited(t *testing.T, risk string) *play {
	t.Helper()
	p := topUpNight(t, risk)
	for _, d := range []deed{{0, "冯会计", "take", ""}, {0, "冯会计", "paid", "100"}, {0, "冯会计", "wrote", "card"}} {
		p.perform(d)
	}
	return p
}

// in says a line in a group and gives all that was said of it.
func (p *play) in(kind talk.ChatKind, chat int64, who, line string) string {
	e := event(people[who], line)
	e.Chat = talk.Chat{ID: chat, Kind: kind}
	return p.trace(people[who], p.turn(e))
}

func (p *play) alone(who, line string) string {
	return p.trace(people[who], p.turn(event(people[who], line)))
}

// What the hall mended counts among what was mended, as a matter of the card; and
// who complains of it complains of the clerk.
func TestWhatTheHallMendedIsCounted(t *testing.T) {
	t.Parallel()
	p := credited(t, "没有")
	p.pace = 3e9
	p.says("/status", "来电了")
	p.says("🙁 不满意")
	if said := p.alone("奶奶", "慢"); !strings.Contains(said, "队员：冯会计") {
		t.Errorf("the leader does not read whose matter it was:\n%s", said)
	}
	said := p.in(talk.Duty, dutyChat, "李强", "/stats")
	if !strings.Contains(said, "修好 1 单，没办完 0 单") || !strings.Contains(said, "跳闸、电卡、保险丝有 1 单") {
		t.Errorf("/stats says\n%s", said)
	}
	if said := p.in(talk.Duty, dutyChat, "李强", "/log"); strings.Contains(said, "wrote") || strings.Contains(said, "paid") {
		t.Errorf("/log has steps without words:\n%s", said)
	}
}

// A danger that the crew writes where the account's number is asked is no number.
func TestADangerIsNoAccountNumber(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "货怕坏、活在赶")
	p.alone("李强", "/start")
	p.perform(deed{0, "李强", "claim", ""})
	p.perform(deed{0, "冯会计", "take", ""})
	p.perform(deed{0, "冯会计", "refused", "system"})
	p.perform(deed{0, "李强", "call", "hall"})
	if s := p.session(101); s.Step != "account" {
		t.Fatalf("the crew is at %s/%s, want the question for the number", s.Flow, s.Step)
	}
	p.alone("李强", "表箱着火了")
	if j := p.job("1123-01"); j.Danger != "fire" {
		t.Errorf("the danger is %q", j.Danger)
	}
}

// Whom the clerk asks for a phone may share it: that is the answer.
func TestASharedPhoneAnswersTheClerk(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "没有")
	p.perform(deed{0, "冯会计", "take", ""})
	p.perform(deed{0, "冯会计", "asks", "call"})
	p.alone("奶奶", "[contact 13800000077]")
	if j := p.job("1123-01"); j.Asked() != "" || j.ReportOf(1).Phone != "13800000077" {
		t.Errorf("asked %q, phone %q", j.Asked(), j.ReportOf(1).Phone)
	}
}

// A clerk's language and their /forget are a holder's.
func TestAClerkIsAHolder(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "没有")
	p.alone("冯会计", "/start")
	p.perform(deed{0, "冯会计", "take", ""})
	p.alone("冯会计", "/language")
	p.alone("冯会计", "English")
	if l := p.job("1123-01").TopUp.Clerk.Lang; l != words.EN {
		t.Errorf("the clerk reads %q, and asked for English", l)
	}
	p.pace = 3e9
	p.alone("冯会计", "/forget")
	p.alone("冯会计", words.Plain(words.EN, "forget.forget.erase", nil))
	if said := p.alone("冯会计", "I have found your account"); !strings.Contains(said, "to 奶奶") {
		t.Errorf("after /forget the clerk's words reach nobody:\n%s", said)
	}
}

// A clerk from whom a request is taken is told: by whom, and that it was no fault.
func TestAClerkIsToldThatTheRequestIsTakenBack(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "没有")
	p.alone("冯会计", "/start")
	p.perform(deed{0, "冯会计", "take", ""})
	said := p.later("21m")
	if !strings.Contains(said, words.Plain(words.ZH, "crew.lost.idle", words.Args{"No": "1123-01"})) {
		t.Errorf("the desk took it back and did not say so:\n%s", said)
	}
	p.perform(deed{0, "冯会计", "take", ""})
	e := talk.Event{Kind: talk.Press, From: people["赵队"], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c"}
	e.Press = talk.Button{Job: "1123-01", Clerks: true, Action: "drop", Epoch: p.job("1123-01").Epoch}
	said = p.trace(people["赵队"], p.turn(e))
	if !strings.Contains(said, words.Plain(words.ZH, "crew.lost_to_leader.dropped", words.Args{"No": "1123-01", "By": "赵队"})) {
		t.Errorf("a leader took it back, and the clerk hears\n%s", said)
	}
}

// A report that was begun about a job of the hall goes to people: its receipt says
// so. Who cannot rule a danger out is not even asked to the end of it.
func TestAReportIsForPeople(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		danger string
		last   []string
	}{
		{"没有", []string{"都没有", "翰林小区", "3号楼", "🙏 请直接派人来", "13900000001"}},
		{"不清楚", nil},
	} {
		p := topUpNight(t, "没有")
		p.pace = 3e9
		p.says("/status", "冒烟了吗", tt.danger)
		last := p.says(tt.last...)
		if j := p.job("1123-01"); j.Room() != job.Crew || !j.Short() || len(p.jobs) != 1 {
			t.Errorf("%s: the resident reads %q, and the hall has it alone (%d jobs)", tt.danger, last.Text, len(p.jobs))
		}
	}
}

// An old button of the same clerk, or one that nobody drew, moves nothing.
func TestOldButtonsOfTheHall(t *testing.T) {
	t.Parallel()
	p := credited(t, "货怕坏、活在赶")
	old := p.job("1123-01").Epoch
	p.alone("奶奶", "/status")
	p.now = p.now.Add(3e9)
	p.alone("奶奶", "插了，还是没电")
	p.now = p.now.Add(3e9)
	p.alone("奶奶", "还是没电")
	p.perform(deed{0, "李强", "claim", ""})
	p.perform(deed{0, "李强", "call", "hall"})
	p.perform(deed{0, "冯会计", "take", ""})
	for _, b := range []talk.Button{
		{Action: "paid", Arg: "100", Epoch: old}, {Action: "drop", Arg: "6222021234567890123", Epoch: 99}, {Action: "paid", Arg: "99", Epoch: 99},
		{Action: "refused", Arg: "because", Epoch: 99}, {Action: "asks", Arg: "password", Epoch: 99}, {Action: "wrote", Arg: "", Epoch: 99}, {Action: "claim", Epoch: 99},
	} {
		b.Job, b.Clerks = "1123-01", true
		before := p.jobs["1123-01"]
		p.turn(talk.Event{Kind: talk.Press, From: people["冯会计"], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c", Press: b})
		if p.jobs["1123-01"] != before {
			t.Errorf("%+v moved the job on", b)
		}
	}
}

// A county whose hall keeps no hours is told where to ask for them; one that has
// no group of the hall offers no clerk.
func TestCountiesWithHalfAHall(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		who := map[words.Lang]string{words.ZH: "奶奶", words.EN: "Anna"}[l]
		p := newPlay(t, l)
		p.desk.County.Hall, p.pace = county.Hours{}, 0
		j := jobAt("1123-01", county.Place{}, job.Open)
		j.Kind, j.TopUp.State, j.Reports[0].Chat = job.Credit, job.TopUpRefused, people[who].ID
		p.jobs[j.No] = p.encode(j)
		p.people[people[who].ID] = p.encode(&talk.Session{Chat: people[who].ID, Lang: l, Opened: true, Follows: []string{j.No}})
		said := p.alone(who, "[sticker]")
		if want := words.Plain(l, "topup.unknown_hours", words.Args{"Hotline": "95598"}); !strings.Contains(said, want) {
			t.Errorf("without hours it says\n%s\nwant %q in it", said, want)
		}
	}
	p := newPlay(t, words.ZH)
	p.desk.County.Chats.Hall = 0
	if said := p.alone("奶奶", "/topup") + p.alone("奶奶", "没钱了、断电了") + p.alone("奶奶", "拉闸、余额是0") + p.alone("奶奶", "有，插卡的") + p.alone("奶奶", "还没买"); strings.Contains(said, "找值班员") {
		t.Errorf("a clerk is offered where there is no hall:\n%s", said)
	}
}

// A hall that the desk file names no more does not keep what it had.
func TestAHallThatIsNoMore(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "没有")
	p.desk.County.Chats.Hall = 0
	p.seen = func(e talk.Event, _ talk.State, effects []talk.Effect) {
		for _, effect := range effects {
			if say, is := effect.(talk.Say); is && say.Chat == 0 {
				t.Errorf("%s says %q to nobody", e.Kind, say.Text)
			}
		}
	}
	p.fire(talk.Remind{Name: "duty/boot"})
	p.later("1m")
	if j := p.job("1123-01"); j.Room() != job.Crew || !j.Short() || len(p.slots["job/1123-01"]) == 0 {
		t.Errorf("the crew does not have it: %+v", j)
	}
}

// Ten jobs in a day are one person's, wherever their homes are: for the next one
// there is the hotline, unless somebody is at risk.
func TestNobodyAsksTheHallForMoreJobsThanOnePersonMayOpen(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	ask := func(door, risk string) (answer string) {
		p.now = p.now.Add(time.Minute)
		p.says("/start", "/topup", "没钱了、断电了", "拉闸、余额是0", "有，插卡的", "还没买", "🌙 找值班员帮我充", risk,
			"桑园镇", "翰林住宅小区")
		answer = p.alone("奶奶", door)
		p.says("13900000001", "不知道", "100 元")
		return answer
	}
	var answer string
	for i := range 12 {
		answer = ask(fmt.Sprintf("%d号楼", i+1), "都没有")
	}
	if len(p.jobs) != 10 {
		t.Errorf("%d jobs were opened in a night by one person, want ten", len(p.jobs))
	}
	if !strings.Contains(answer, "您前面报的我都记着") || !strings.Contains(answer, "95598") {
		t.Errorf("the next request is answered\n%s\nwant the hotline", answer)
	}
	ask("13号楼", "用制氧机、呼吸机")
	if len(p.jobs) != 11 {
		t.Errorf("%d jobs after a home at risk asked, want one more", len(p.jobs))
	}
}

// Who presses "take" a moment after somebody else hears who has it, and not that it is
// theirs.
func TestTheSecondClerkHearsWhoHasIt(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "没有")
	for _, who := range []string{"冯会计", "Kate"} {
		p.turn(event(people[who], "/start"))
	}
	old := p.press(people["Kate"], "topup/1123-01", "✋ 接单", 0)
	p.turn(p.press(people["冯会计"], "topup/1123-01", "✋ 接单", 0))
	for _, e := range p.turn(old) {
		if toast, is := e.(talk.Toast); is && toast.Text != "冯会计 already has it. Thank you." {
			t.Errorf("Kate hears %q", toast.Text)
		}
	}
	if clerk := p.job("1123-01").TopUp.Clerk; clerk.User != people["冯会计"].ID {
		t.Errorf("%s has it", clerk.Name)
	}
}
