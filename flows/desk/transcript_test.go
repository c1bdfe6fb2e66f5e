package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// TestTranscripts plays every talk in testdata. `go test ./flows/desk -rewrite`
// writes what the desk says now; the diff is the review.
//
//	desk lang=en             a new desk whose duty group reads English
//	talk who=奶奶             each line is one act: words, /command, [photo],
//	                         [voice], [album], [pin LAT LON], [contact NUMBER]
//	press who=李强 job=…      each line is a button on the card; in=private
//	later by=30m             time goes by, and what is due comes due
//	found what=planned …     what the next look-ups find
//	old who=…                the talk was stored by an older desk
//	join who=…               who puts the bot into a foreign group
func TestTranscripts(t *testing.T) {
	t.Parallel()
	datadriven.Walk(t, "testdata/talks", func(t *testing.T, path string) {
		p := newPlay(t, words.ZH)
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			p.t = t
			return p.run(d)
		})
	})
}

func (p *play) run(d *datadriven.TestData) string {
	switch d.Cmd {
	case "desk":
		*p = *newPlay(p.t, words.Lang(arg(d, "lang")))
		return "ok"
	case "later":
		return p.later(arg(d, "by"))
	case "found":
		kind := flows.LookupKind(arg(d, "what"))
		p.found[kind] = flows.Finding{Kind: kind, Answer: "hit", Args: words.Args{
			"Start": "08:00", "End": "11:30", "N": 3, "State": "", "Reason": "换变压器",
		}}
		return "ok"
	case "old":
		s := p.load(people[arg(d, "who")].ID, "").Session
		s.Version = 0
		p.people[s.Chat] = p.encode(s)
		return "ok"
	}
	who, ok := people[arg(d, "who")]
	if !ok {
		d.Fatalf(p.t, "who is %q?", arg(d, "who"))
	}
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(d.Input), "\n") {
		var e flows.Event
		switch d.Cmd {
		case "talk":
			e = event(who, line)
		case "press":
			in := flows.Duty
			if arg(d, "in") == "private" {
				in = flows.Private
			}
			e = p.press(who, in, arg(d, "job"), line)
		case "forged":
			e = flows.Event{Kind: flows.Press, From: who, Chat: flows.Chat{ID: -100, Kind: flows.Duty}, Press: flows.ParseButton(line), Callback: "c"}
		case "group":
			e = event(who, line)
			e.Chat = flows.Chat{ID: -100, Kind: flows.Duty}
		case "join":
			e = flows.Event{Kind: flows.Added, From: who, Chat: flows.Chat{ID: -999, Kind: flows.Foreign}}
		default:
			d.Fatalf(p.t, "unknown command %s", d.Cmd)
		}
		said := trace(who, p.turn(e))
		if said == "" {
			said = "  (nothing)"
		}
		out = append(out, fmt.Sprintf("» %s\n%s", line, said))
	}
	return strings.Join(out, "\n")
}

// later moves the clock and fires what came due, in order.
func (p *play) later(by string) string {
	d, err := time.ParseDuration(by)
	if err != nil {
		p.t.Fatalf("later by=%s: %v", by, err)
	}
	p.now = p.now.Add(d)
	var out []string
	for name, r := range p.reminds {
		if !r.At.IsZero() && !r.At.After(p.now) {
			delete(p.reminds, name)
			who := flows.Person{ID: r.Chat}
			out = append(out, trace(who, p.turn(flows.Event{Kind: flows.Due, Timer: r, Chat: flows.Chat{ID: r.Chat, Kind: flows.Private}})))
		}
	}
	if out == nil {
		return "ok"
	}
	return strings.Join(out, "\n")
}

func arg(d *datadriven.TestData, name string) string {
	for _, a := range d.CmdArgs {
		if a.Key == name && len(a.Vals) > 0 {
			return a.Vals[0]
		}
	}
	return ""
}
