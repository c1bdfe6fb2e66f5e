package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/duty"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// claimed is a desk with one fault, which a volunteer who has never opened the
// private chat has just claimed; and the link they were given.
func claimed(t *testing.T) (p *play, link string) {
	t.Helper()
	p = newPlay(t, words.ZH)
	for _, line := range []string{"/start", "⚡ 家里没电", "没有", "都没有", "桑园镇", "翰林住宅小区", "3号楼2单元201", "都没电", "13900000001", "不用"} {
		p.turn(event(people["奶奶"], line))
	}
	return p, invited(t, p.turn(p.press(people["李强"], "job/1123-01", "✋ 我去", 0)))
}

// invited finds the link in what a press did.
func invited(t *testing.T, effects []talk.Effect) string {
	t.Helper()
	for _, e := range effects {
		if toast, ok := e.(talk.Toast); ok && toast.Start != "" {
			return toast.Start
		}
	}
	t.Fatalf("no link: %+v", effects)
	return ""
}

// answers decides a command without storing it.
func (p *play) answers(who talk.Person, line string) []talk.Effect {
	p.t.Helper()
	e := event(who, line)
	e.ID, e.At, e.Token = "u", p.now.Add(p.pace), "other"
	state := p.load(who.ID, "")
	return p.decide(&state, e)
}

// plainStart checks that a payload gets word for word what /start alone does.
func plainStart(p *play, who talk.Person, payload string) {
	p.t.Helper()
	if diff := cmp.Diff(p.answers(who, "/start"), p.answers(who, "/start "+payload)); diff != "" {
		p.t.Errorf("%s with %.70q is answered otherwise than without (-without +with):\n%s", who.Name, payload, diff)
	}
}

// told says whether somebody is shown the details of a job.
func told(effects []talk.Effect, who talk.Person) bool {
	for _, e := range effects {
		if say, ok := e.(talk.Say); ok && say.Chat == who.ID && strings.HasPrefix(say.Slot, "details/") {
			return true
		}
	}
	return false
}

// The link of a claim brings the details once. The same person's second use is a
// plain /start.
func TestALinkIsGoodOnce(t *testing.T) {
	t.Parallel()
	p, link := claimed(t)
	first := p.turn(event(people["李强"], "/start "+link))
	if !told(first, people["李强"]) {
		t.Errorf("the first use shows no details: %+v", first)
	}
	again := p.answers(people["李强"], "/start "+link)
	if told(again, people["李强"]) {
		t.Errorf("the second use shows the details again: %+v", again)
	}
	plainStart(p, people["李强"], link)
	if s := p.session(people["李强"].ID); s.Link != (talk.Link{}) {
		t.Errorf("a used link is kept: %+v", s.Link)
	}
}

// Somebody else's link gives nothing away: not to a colleague, a resident or a
// stranger. It is still good for whom it was made.
func TestALinkIsOnePersons(t *testing.T) {
	t.Parallel()
	p, link := claimed(t)
	for _, name := range []string{"周敏", "奶奶", "邻居", "路人", "Tom"} {
		plainStart(p, people[name], link)
		if told(p.turn(event(people[name], "/start "+link)), people[name]) {
			t.Errorf("%s is shown details", name)
		}
	}
	p.now = p.now.Add(time.Minute)
	if !told(p.turn(event(people["李强"], "/start "+link)), people["李强"]) {
		t.Error("it was used up by somebody else")
	}
}

// What was never a link, and one that is too old, is a plain /start: for who has
// a good one as for who has none. Made-up payloads do not use up the good one.
func TestAPayloadTellsNothing(t *testing.T) {
	t.Parallel()
	p, link := claimed(t)
	payloads := []string{
		"d", "dtoken2", "Dtoken", "dtoke", "token", strings.Repeat("d", 64), strings.Repeat("d", 65), strings.Repeat("d", 4096),
		"d token", "d/../token", "d<b>token</b>", "dtoken\x00", "电", "⚡", "c-", "c-nowhere", "details/1123-01/101/0.1", "1123-01",
	}
	for _, payload := range payloads {
		for _, name := range []string{"李强", "周敏", "路人"} {
			plainStart(p, people[name], payload)
		}
	}
	p.now = p.now.Add(10 * time.Minute)
	plainStart(p, people["李强"], link)
	p, link = claimed(t)
	for _, payload := range payloads {
		p.turn(event(people["李强"], "/start "+payload))
	}
	if s := p.session(people["李强"].ID); s.Link.Payload != link {
		t.Errorf("the link that is still good is %+v", s.Link)
	}
}

// Who opens the chat by hand gets the details all the same: the link is no key.
// Who blocked the bot and lets it in again, too.
func TestDetailsNeedNoLink(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"/start", "/help", "在吗", "[unblocks the bot]"} {
		p, _ := claimed(t)
		if line == "[unblocks the bot]" {
			p.turn(event(people["李强"], "[blocks the bot]"))
		}
		if !told(p.turn(event(people["李强"], line)), people["李强"]) {
			t.Errorf("%q shows no details", line)
		}
		if told(p.turn(event(people["李强"], line)), people["李强"]) {
			t.Errorf("%q shows the details a second time", line)
		}
	}
}

// A press that is answered in words leads to its question, once.
func TestALinkLeadsToTheQuestion(t *testing.T) {
	t.Parallel()
	p, _ := claimed(t)
	p.turn(p.press(people["李强"], "job/1123-01", "🚗 出发", 0))
	link := invited(t, p.turn(p.press(people["李强"], "job/1123-01", "别的时间", 0)))
	effects := p.turn(event(people["李强"], "/start "+link))
	if s := p.session(people["李强"].ID); s.Flow+"/"+s.Step != "work/eta" || s.Job != "1123-01" || !told(effects, people["李强"]) {
		t.Errorf("it leads to %s/%s of %q: %+v", s.Flow, s.Step, s.Job, effects)
	}
	p.turn(event(people["李强"], "20:30"))
	if j := p.job("1123-01"); j.State != job.OnTheWay || j.ETA.IsZero() {
		t.Errorf("the time is not taken: %s, %v", j.State, j.ETA)
	}
	p.turn(event(people["李强"], "/start "+link))
	if s := p.session(people["李强"].ID); s.Flow != "menu" {
		t.Errorf("a second time it leads to %s/%s", s.Flow, s.Step)
	}
}

// A job that was over when its volunteer opened the chat, and is opened again,
// reaches them.
func TestAReopenedJobReachesWhoOpenedTheChatLater(t *testing.T) {
	t.Parallel()
	p, _ := claimed(t)
	p.turn(p.press(people["李强"], "job/1123-01", "✅ 来电了", 0))
	p.turn(p.press(people["李强"], "job/1123-01", "保险丝断了", 0))
	p.turn(event(people["奶奶"], "💡 来电了"))
	p.turn(event(people["李强"], "/start"))
	p.turn(event(people["奶奶"], "🏠"))
	p.now = p.now.Add(time.Hour)
	for _, line := range []string{"⚡ 家里没电", "没有"} {
		p.turn(event(people["奶奶"], line))
	}
	if !told(p.turn(event(people["奶奶"], "对，还是这件事")), people["李强"]) {
		t.Error("the details are not sent")
	}
}

// A stranger's crew command is answered as a word that is no command at all, to
// the letter, whatever stands behind it, and changes as little.
func TestAStrangerLearnsOfNoCommand(t *testing.T) {
	t.Parallel()
	p, _ := claimed(t)
	var commands []string
	for _, c := range duty.Commands() {
		if slices.Contains(c.In, talk.Private) {
			commands = append(commands, c.Name)
		}
	}
	if len(commands) < 9 {
		t.Fatalf("the crew has %d commands: %q", len(commands), commands)
	}
	for _, name := range []string{"路人", "奶奶", "Tom"} {
		unknown := p.answers(people[name], "/nonsense")
		for _, command := range commands {
			for _, rest := range []string{"", " 1123-01", " 8"} {
				if diff := cmp.Diff(unknown, p.answers(people[name], "/"+command+rest)); diff != "" {
					t.Errorf("/%s%s of %s is answered otherwise than /nonsense:\n%s", command, rest, name, diff)
				}
			}
		}
		member := people[name]
		member.Member = true
		for _, command := range commands {
			if cmp.Equal(unknown, p.answers(member, "/"+command)) {
				t.Errorf("/%s of a member is answered like /nonsense: the test looks at nothing", command)
			}
		}
	}
}
