package desk_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// TestKinds holds every kind of work against every state it can come into, every
// button that can be pressed there, every word of the resident that matters, and
// what the desk does when nobody does anything. A block of testdata/kinds is a kind:
// who opens it, a line an act, and the table that is found by pressing whatever a
// card or an opened choice shows, until nothing new comes of it. -rewrite writes the
// tables; their diff is the review.
//
//	fault who=奶奶      each line is said by them
//	question at=14h    so much later than the evening at which the talks begin
func TestKinds(t *testing.T) {
	t.Parallel()
	tables := map[string]bool{}
	datadriven.RunTest(t, "testdata/kinds", func(t *testing.T, d *datadriven.TestData) string {
		tables[d.Cmd] = true
		later, _ := time.ParseDuration(arg(d, "at"))
		return explore(t, func(p *play) {
			p.now = p.now.Add(later)
			for _, line := range strings.Split(d.Input, "\n") {
				p.turn(event(people[arg(d, "who")], line))
			}
			if j := p.job(p.only()); string(j.Kind) != d.Cmd {
				t.Fatalf("%s opens a %s, not a %s", arg(d, "who"), j.Kind, d.Cmd)
			}
		})
	})
	for _, kind := range job.Kinds() {
		if !tables[string(kind)] {
			t.Errorf("testdata/kinds has no %s", kind)
		}
	}
}

// situation is a desk whose job is in one state of its own.
type situation struct {
	name string
	p    *play
}

// opened is a desk at which a job of a kind was opened.
func opened(t *testing.T, open func(*play)) *play {
	t.Helper()
	p := newPlay(t, words.ZH)
	for _, who := range []string{"李强", "周敏", "孙伟", "赵队", "冯会计"} {
		p.turn(event(people[who], "/start"))
	}
	open(p)
	return p
}

// fork is the same desk once more: what happens to the one does not happen to the
// other.
func (p *play) fork() *play {
	c := *p
	c.jobs, c.people, c.reminds, c.sets = maps.Clone(p.jobs), maps.Clone(p.people), maps.Clone(p.reminds), maps.Clone(p.sets)
	c.slots, c.shown, c.read, c.screens = maps.Clone(p.slots), maps.Clone(p.shown), maps.Clone(p.read), maps.Clone(p.screens)
	c.log, c.facts = slices.Clone(p.log), slices.Clone(p.facts)
	return &c
}

// only is the number of the job that was opened first.
func (p *play) only() string {
	p.t.Helper()
	if len(p.jobs) == 0 {
		p.t.Fatalf("no job was opened")
	}
	return sortedKeys(p.jobs)[0]
}

// named is the state of a job in a few words.
func named(j *job.Job) string {
	name := fmt.Sprintf("%s %d/%d", j.State, j.Claims(), j.Places())
	if j.Wait != (job.Wait{}) {
		name += " waiting"
	}
	if j.TopUp.State != "" {
		name += " topup:" + string(j.TopUp.State)
		if j.TopUp.Clerk.User != 0 {
			name += "+clerk"
		}
	}
	for _, mark := range []struct {
		word string
		is   bool
	}{
		{" danger", j.Danger != ""}, {" untimed", j.State == job.OnTheWay && j.ETA.IsZero()}, {" false", j.Cause == job.CauseFalse},
	} {
		if mark.is {
			name += mark.word
		}
	}
	return name + " " + string(j.Kind)
}

// enough dangers are gone into, each no further than it is.
const enough = 2

// explore writes down all situations of a kind.
func explore(t *testing.T, open func(*play)) string {
	t.Helper()
	first := opened(t, open)
	kind := first.job(first.only()).Kind
	queue := []situation{{named(first.job(first.only())), first}}
	seen, dangers := map[string]bool{queue[0].name: true}, 0
	var out []string
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		out = append(out, "", s.name)
		lines, leads := cells(s.p, len(out) == 2)
		out = append(out, lines...)
		endangered := strings.Contains(s.name, " danger")
		for _, to := range leads {
			j := to.p.job(to.p.only())
			other := j.Kind != kind || kind == job.Fault && j.TopUp.State != "" // that one's table has it
			if j.Danger != "" {
				dangers++
				other = other || endangered || dangers > enough
			}
			if !other && !seen[to.name] {
				seen[to.name] = true
				queue = append(queue, to)
			}
		}
	}
	return strings.Join(out[1:], "\n") + "\n"
}

// sayings are what a resident says of an open job.
var sayings = []string{"来电了", "还没电", "不用来了", "着火了", "门口有狗"}

// cells are one situation against every event.
func cells(at *play, first bool) (lines []string, leads []situation) {
	at.t.Helper()
	try := func(label string, from *play, e talk.Event) (p *play, opens bool) {
		p = from.fork()
		before := p.job(p.only())
		effects := p.turn(e)
		after := p.job(p.only())
		if strings.Contains(e.Text, "着火") {
			p.alarmed(label, e.From.ID)
		}
		changed := p.encode(before) != p.encode(after)
		opens = e.Kind == talk.Press && !changed && slices.ContainsFunc(effects, func(f talk.Effect) bool { s, ok := f.(talk.Say); return ok && s.Slot != "" })
		outcome := "▾"
		if !opens {
			outcome = p.outcome(before, after, effects, e)
		}
		lines = alike(lines, "  "+label, e.Press.Arg, outcome)
		if changed {
			leads = append(leads, situation{named(after), p})
		}
		return p, opens
	}
	pressed := map[string]bool{"card/": true} // back to the card itself
	var made []talk.Event                     // the first press of each move that does something
	var press func(p *play, above string)
	press = func(p *play, above string) {
		for _, b := range p.buttons() {
			what := b.Press.Action + "/" + b.Press.Arg
			if pressed[what] {
				continue
			}
			pressed[what] = true
			b.From = p.presser(p.job(p.only()), b)
			then, opens := try(above+b.Press.Action, p, b)
			switch {
			case opens:
				press(then, above+b.Press.Action+" › ")
			case !slices.ContainsFunc(made, func(m talk.Event) bool { return m.Press.Action == b.Press.Action }):
				made = append(made, b)
			}
			left := func(b talk.Event) bool { return b.Press.Action == "card" }
			if !opens && slices.ContainsFunc(then.buttons(), left) {
				press(then, above+b.Press.Action+" › ") // it left a choice open
			}
		}
	}
	press(at, "")
	for _, other := range others {
		lines = append(lines, at.pressedBy(other, made)...)
	}
	for _, line := range sayings {
		if resident := people["奶奶"]; at.people[resident.ID] != "" { // of a visit she knows nothing
			try("“"+line+"”", at, event(resident, line))
		}
	}
	for _, who := range []string{"李强", "冯会计"} {
		e := talk.Event{Kind: talk.Departed, From: people[who], Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}}
		if people[who].Clerk {
			e.Chat = talk.Chat{ID: hallChat, Kind: talk.Hall}
		}
		if at.job(at.only()).Holds(e.From.ID) {
			try(who+" “着火了”", at, event(e.From, "着火了"))
			try(who+" leaves", at, e)
		}
	}
	if first && at.job(at.only()).Room() == job.Clerks {
		p, without := at.fork(), *at.desk.County
		without.Chats.Hall = 0
		p.desk = desk.New(&without)
		p.fire(talk.Remind{Name: "duty/boot"})
		lines = append(append(lines, "  without a hall's group"), silence(p)...)
	}
	return append(lines, silence(at.fork())...), leads
}

// alarmed checks that somebody's "fire" was heard, whoever wrote it and wherever: a live
// job is a danger, or they are asked about it.
func (p *play) alarmed(label string, who int64) {
	p.t.Helper()
	for no := range p.jobs {
		if j := p.job(no); j.Danger != "" && j.Live() && !j.Mended() {
			return
		}
	}
	s := p.session(who)
	if ref := s.Flow + "/" + s.Step; ref != "outage/danger" && ref != "work/danger" {
		p.t.Errorf("%s: nobody hears of it, and its writer is asked %s", label, ref)
	}
}

// others are who presses besides: the second of the pair, a leader who holds nothing,
// somebody else of the group, another clerk. What they may not do is said once.
var others = []string{"周敏", "赵队", "孙伟", "Kate"}

// pressedBy is what comes of every move that was made, when somebody else makes it.
func (p *play) pressedBy(who string, made []talk.Event) (lines []string) {
	refused := map[string][]string{}
	for _, b := range made {
		b.From = people[who]
		if b.Press.Clerks && !b.From.Clerk || !b.Press.Clerks && !b.From.Member || b.Press.Action == "claim" {
			continue
		}
		q := p.fork()
		before := q.job(q.only())
		effects := q.turn(b)
		after, label := q.job(q.only()), strings.TrimSuffix(b.Press.Action+" "+b.Press.Arg, " ")
		outcome := q.outcome(before, after, effects, b)
		if p.encode(before) == p.encode(after) {
			refused[outcome] = append(refused[outcome], label)
			continue
		}
		lines = append(lines, "  "+who+" "+label+": "+outcome)
	}
	for _, outcome := range sortedKeys(refused) {
		lines = append(lines, "  "+who+" "+strings.Join(refused[outcome], ", ")+": "+outcome)
	}
	return lines
}

// alike adds a line, or, where the last one says the same of another choice, that
// choice to it.
func alike(lines []string, label, arg, outcome string) []string {
	if arg != "" {
		label += " "
	}
	if n := len(lines); n > 0 && arg != "" && strings.HasPrefix(lines[n-1], label) && strings.HasSuffix(lines[n-1], ": "+outcome) {
		lines[n-1] = strings.TrimSuffix(lines[n-1], ": "+outcome) + "|" + arg + ": " + outcome
		return lines
	}
	return append(lines, label+arg+": "+outcome)
}

// presser is who presses a button: whoever holds the job, and who takes it next.
func (p *play) presser(j *job.Job, b talk.Event) talk.Person {
	switch {
	case b.Press.Clerks:
		return people["冯会计"]
	case b.Press.Action == "claim" && j.Claims() > 0:
		return people["周敏"]
	}
	return people["李强"]
}

// buttons are those of the cards in the groups, as they read now, in order.
func (p *play) buttons() (all []talk.Event) {
	for _, slot := range sortedKeys(p.shown) {
		s := p.shown[slot]
		chat := talk.Chat{ID: s.Chat, Kind: talk.Duty}
		if s.Chat == hallChat {
			chat.Kind = talk.Hall
		}
		if s.Chat > 0 {
			continue
		}
		for _, row := range s.Buttons {
			for _, b := range row {
				if b.Data != "" {
					all = append(all, talk.Event{Kind: talk.Press, Chat: chat, Callback: "c", Press: talk.ParseButton(b.Data)})
				}
			}
		}
	}
	return all
}

// outcome is what came of an event: where the job is now, what the history says, who
// was told, and what its sender is asked.
func (p *play) outcome(before, after *job.Job, effects []talk.Effect, e talk.Event) string {
	var parts []string
	for _, entry := range after.History[len(before.History):] {
		arg := entry.Arg
		if arg != "" && slices.Contains(append(strings.Split(e.Press.Arg, "."), e.Press.Arg), arg) {
			arg = "…" // the choice
		}
		parts = append(parts, strings.TrimSuffix(entry.What+" "+arg, " "))
	}
	if was, is := named(before), named(after); was != is {
		parts = append(parts, "→ "+is)
	}
	if len(p.jobs) > 1 {
		parts = append(parts, "opens a job of its own")
	}
	if told := p.told(effects, e.From.ID); told != "" {
		parts = append(parts, "tells "+told)
	}
	if s := p.session(e.From.ID); s.Job == after.No && s.Step != "menu" {
		parts = append(parts, "asks "+s.Flow+"/"+s.Step)
	}
	for _, f := range effects {
		toast, ok := f.(talk.Toast)
		if !ok || toast.Text == "" {
			continue
		}
		parts = append(parts, "“"+toast.Text+"”")
		if said := strings.Contains(toast.Text, "告诉居民") || strings.Contains(toast.Text, "正在问居民"); said && !strings.Contains(p.told(effects, e.From.ID), "奶奶") {
			p.t.Errorf("%s of a %s: the presser reads %q, and she was told nothing", e.Press.Action, after.Kind, toast.Text)
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "-")
}

// told lists who was written to, but for who is answered.
func (p *play) told(effects []talk.Effect, but int64) string {
	names := map[int64]string{dutyChat: "the group", hallChat: "the hall", leaderChat: "the leaders"}
	for name, who := range people {
		names[who.ID] = name
	}
	var all []string
	for _, f := range effects {
		if s, ok := f.(talk.Say); ok && s.Chat != but && !slices.Contains(all, names[s.Chat]) {
			all = append(all, names[s.Chat])
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// silence is what the desk does by itself when nobody does anything for eight days: each
// rung when it is climbed first, and who hears of it.
func silence(p *play) (lines []string) {
	no, start := p.only(), p.now
	p.pace = 0
	climbed := map[string]bool{}
	for {
		r, due := p.first(start.Add(8 * 24 * time.Hour))
		if !due {
			return lines
		}
		p.now = r.At
		delete(p.reminds, r.Name)
		known := len(p.job(no).History)
		effects := p.turn(talk.Event{Kind: talk.Due, Timer: r, Chat: talk.Chat{ID: r.Chat, Kind: talk.Private}})
		var names []string
		for _, e := range p.job(no).History[known:] {
			if e.What == job.DidRemind && !climbed[e.Arg] {
				climbed[e.Arg] = true
				names = append(names, e.Arg)
			}
		}
		if len(names) > 0 {
			lines = append(lines, fmt.Sprintf("  after %s %s: tells %s", p.now.Sub(start).Round(time.Second), strings.Join(names, ", "), cmp.Or(p.told(effects, 0), "nobody")))
		}
	}
}
