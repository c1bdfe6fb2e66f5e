package desk_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// TestTranscripts plays every talk in testdata. `go test ./flows/desk -rewrite`
// writes what the desk says now; the diff is the review.
//
//	desk lang=en             a new desk, with nobody known; its duty group reads English
//	talk who=奶奶             each line is one act: words, /command, [photo] caption,
//	                         [voice], [album], [pin LAT LON], [contact NUMBER], …
//	                         quickly = without the pause people make between two acts,
//	                         quietly = what was shown before is not shown again
//	press who=李强 job=…      each line is a button on the card; in=private for the
//	                         details; drawn=1 on the card as it was drawn first;
//	                         on=topup on the hall's card, on=hall on its question
//	forged who=路人           each line is the data of a button nobody drew
//	group who=李强            each line is said in the duty group
//	leaves who=李强           somebody leaves the duty group
//	fails who=奶奶 job=…      what they wrote about the job could not be delivered
//	later by=30m             time goes by, and what is due comes due, each in its time
//	boot                     the desk starts: its rounds begin
//	stands by=3h             the desk stands still, and starts again
//	hall who=冯会计           each line is said in the hall's group
//	leader who=赵队          each line is said in the leaders' group
//	found what=planned       the next look-ups find something; answer=none nothing,
//	                         answer=stored what was reported before
//	neighbour who=… job=…    a second resident's report of the same outage
//	old who=…                the talk was stored by an older desk
//	join who=…               who puts the bot into a foreign group
//	log                      the duty log so far
func TestTranscripts(t *testing.T) {
	t.Parallel()
	datadriven.Walk(t, "testdata/talks", func(t *testing.T, path string) {
		p := newPlay(t, words.ZH)
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			p.t = t
			return p.run(t, d)
		})
	})
}

func (p *play) run(t *testing.T, d *datadriven.TestData) string {
	switch d.Cmd {
	case "desk":
		lang := words.ZH
		if d.HasArg("lang") {
			lang = words.Lang(arg(d, "lang"))
		}
		*p = *newPlay(t, lang)
		return "ok"
	case "later":
		said := p.later(arg(d, "by"))
		if d.HasArg("quietly") {
			return "…"
		}
		return said
	case "boot":
		p.fire(talk.Remind{Name: "duty/boot"})
		return "ok"
	case "stands":
		by, _ := time.ParseDuration(arg(d, "by"))
		p.now = p.now.Add(by)
		return p.later("0s")
	case "found":
		p.finds(talk.LookupKind(arg(d, "what")), arg(d, "answer"))
		return "ok"
	case "log":
		lines := make([]string, len(p.log))
		for i, l := range p.log {
			lines[i] = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", l.At.Format("01-02 15:04"), l.Job, l.Who, l.What, l.Note))
		}
		return strings.Join(lines, "\n")
	}
	who, ok := people[arg(d, "who")]
	if !ok {
		d.Fatalf(t, "who is %q?", arg(d, "who"))
	}
	switch d.Cmd {
	case "old":
		s := p.session(who.ID)
		s.Version = 0
		p.people[s.Chat] = p.encode(s)
		return "ok"
	case "neighbour":
		j := p.job(arg(d, "job"))
		j.Reports = append(j.Reports, job.Report{Chat: who.ID, Lang: who.Lang, Name: who.Name, Phone: "13900000009", At: p.now})
		s := p.session(who.ID)
		s.Follows, s.Lang = append(s.Follows, j.No), who.Lang
		p.jobs[j.No], p.people[who.ID] = p.encode(j), p.encode(s)
		return "ok"
	}
	if d.HasArg("quickly") {
		p.pace = 0
		defer func() { p.pace = newPlay(t, words.ZH).pace }()
	}
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(d.Input), "\n") {
		said := p.trace(who, p.turn(p.act(t, d, who, line)))
		if said == "" {
			said = "  (nothing)"
		}
		out = append(out, strings.TrimSpace("» "+line)+"\n"+said)
	}
	if d.HasArg("quietly") {
		return "…"
	}
	return strings.Join(out, "\n")
}

// act is one line of a command as an event.
func (p *play) act(t *testing.T, d *datadriven.TestData, who talk.Person, line string) talk.Event {
	duty := talk.Chat{ID: dutyChat, Kind: talk.Duty}
	switch d.Cmd {
	case "talk":
		return event(who, line)
	case "press":
		slot := "job/" + arg(d, "job")
		if on := arg(d, "on"); on != "" {
			slot = on + "/" + arg(d, "job")
		}
		if arg(d, "in") == "private" {
			slot = fmt.Sprintf("details/%s/%d", arg(d, "job"), who.ID)
		}
		drawn, _ := strconv.Atoi(arg(d, "drawn"))
		return p.press(who, slot, line, drawn)
	case "forged":
		return talk.Event{Kind: talk.Press, From: who, Chat: duty, Press: talk.ParseButton(line), Callback: "c"}
	case "group":
		e := event(who, line)
		e.Chat = duty
		return e
	case "hall":
		e := event(who, line)
		e.Chat = talk.Chat{ID: hallChat, Kind: talk.Hall}
		return e
	case "leader":
		e := event(who, line)
		e.Chat = talk.Chat{ID: leaderChat, Kind: talk.Leader}
		return e
	case "fails":
		lost := talk.Say{Writer: who.ID, Job: arg(d, "job")}
		return talk.Event{Kind: talk.Failed, From: who, Chat: talk.Chat{ID: who.ID, Kind: talk.Private}, Lost: lost}
	case "leaves":
		return talk.Event{Kind: talk.Departed, From: who, Chat: duty}
	case "join":
		return talk.Event{Kind: talk.Added, From: who, Chat: talk.Chat{ID: foreignChat, Kind: talk.Foreign}}
	}
	d.Fatalf(t, "unknown command %s", d.Cmd)
	return talk.Event{}
}

// finds sets what the look-ups of a kind find from now on.
func (p *play) finds(kind talk.LookupKind, answer string) {
	f := talk.Finding{Kind: kind, Answer: "hit", Args: words.Args{
		"Start": "08:00", "End": "22:30", "Reason": "换变压器", "N": 3, "State": "李强、周敏在路上。",
	}}
	if kind == talk.KnownHere {
		f.Jobs = []*job.Job{{
			No: "1123-09", Kind: job.Fault, State: job.OnTheWay, Joined: 2, Reports: []job.Report{{Chat: 77}},
			Pair: [2]job.Claim{{User: 101, Name: "李强"}, {User: 102, Name: "周敏"}},
		}}
	}
	switch answer {
	case "stored":
		delete(p.found, kind)
		return
	case "":
	default:
		f.Answer = answer
	}
	p.found[kind] = f
}

// later moves the clock and fires what came due, in order.
func (p *play) later(by string) string {
	d, err := time.ParseDuration(by)
	if err != nil {
		p.t.Fatalf("later by=%s: %v", by, err)
	}
	end, pace := p.now.Add(d), p.pace
	p.pace = 0
	var out []string
	for {
		r, due := p.first(end)
		if !due {
			break
		}
		p.now = r.At
		if said := p.fire(r); said != "" {
			out = append(out, "@ "+p.now.Format("01-02 15:04"), said)
		}
	}
	p.now, p.pace = end, pace
	if out == nil {
		return "ok"
	}
	return strings.Join(out, "\n")
}

// first gives the reminder that comes due first, by the end.
func (p *play) first(end time.Time) (first talk.Remind, due bool) {
	for _, name := range sortedKeys(p.reminds) {
		if r := p.reminds[name]; !r.At.After(end) && (!due || r.At.Before(first.At)) {
			first, due = r, true
		}
	}
	if first.At.Before(p.now) {
		first.At = p.now // what was missed comes late
	}
	return first, due
}

// fire handles one reminder.
func (p *play) fire(r talk.Remind) string {
	delete(p.reminds, r.Name)
	who := talk.Person{ID: r.Chat}
	return p.trace(who, p.turn(talk.Event{Kind: talk.Due, From: who, Timer: r, Chat: talk.Chat{ID: r.Chat, Kind: talk.Private}}))
}

func arg(d *datadriven.TestData, name string) string {
	for _, a := range d.CmdArgs {
		if a.Key == name && len(a.Vals) > 0 {
			return a.Vals[0]
		}
	}
	return ""
}
