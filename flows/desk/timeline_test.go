package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// deed is what a volunteer presses, so many minutes after the report.
type deed struct {
	minute int
	who    string
	action string
	arg    string
}

// night is a fault of a plain home, reported on Monday at 19:40; danger is one
// that is a danger as well. Both are told about in minutes since the report.
var timelines = []struct {
	name   string
	danger bool
	off    bool // nobody is on duty
	deeds  []deed
	until  int
	want   string
}{
	{
		name: "nobody claims: three, six, ten minutes, then every half hour", until: 110,
		want: "3 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3, 36 late.1, 40 unclaimed.again, 70 unclaimed.again, 100 unclaimed.again",
	},
	{
		name: "a danger that nobody claims", danger: true, until: 34,
		want: "1 unclaimed.1, 2 unclaimed.2, 3 unclaimed.3, 33 unclaimed.again",
	},
	{
		name: "a danger with nobody on duty: the leader at once", danger: true, off: true, until: 4,
		want: "0 unclaimed.2, 1 unclaimed.1, 3 unclaimed.3",
	},
	{
		name: "one claims and forgets it", until: 24, deeds: []deed{{1, "李强", "claim", ""}},
		want: "6 unclaimed.2, 10 unclaimed.3, 11 idle.1 李强, 21 idle.2 李强, 24 unclaimed.1",
	},
	{
		name: "asked, and still going", until: 40, deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {12, "李强", "stay", ""}, {12, "周敏", "stay", ""}, {23, "周敏", "eta", "60"}},
		want: "11 idle.1 李强, 11 idle.1 周敏, 22 idle.1 李强, 22 idle.1 周敏",
	},
	{
		name: "on the way without a time", until: 300, deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "eta", "unknown"}},
		want: "36 late.1, 46 late.2, 71 eta.1, 81 eta.2",
	},
	{
		name: "the time given passes, a new one is given and passes", until: 100,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "eta", "15"}, {23, "周敏", "eta", "30"}},
		want:  "22 eta.1, 58 eta.1, 68 eta.2",
	},
	{
		name: "at the door and silent", until: 400,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "eta", "15"}, {10, "周敏", "arrive", ""}},
		want:  "130 work.1, 250 work.2",
	},
	{
		name: "a wait holds every other question", until: 300,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "arrive", ""}, {3, "李强", "until", "material.3h"}},
		want:  "183 wait.1, 198 wait.2",
	},
	{
		name: "a wait that ends in time", until: 400,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "arrive", ""}, {3, "李强", "until", "material.1h"}, {50, "周敏", "resume", ""}},
		want:  "170 work.1, 290 work.2",
	},
	{
		name: "mended, and no answer: not asked at night, closed after a day", until: 1600,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "arrive", ""}, {120, "李强", "cause", "fuse"}},
		want:  "680 unanswered.1, 1560 unanswered.2",
	},
	{
		name: "on the way late, and nobody knows when", until: 120,
		deeds: []deed{{40, "李强", "claim", ""}, {40, "周敏", "claim", ""}, {41, "李强", "eta", "unknown"}},
		want:  "3 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3, 36 late.1, 40 unclaimed.again, 76 eta.1, 86 eta.2",
	},
	{
		name: "a guard does not make a danger wait", danger: true, until: 10,
		deeds: []deed{{0, "周敏", "claim", ""}, {0, "周敏", "claim", ""}, {1, "周敏", "until", "weather.morning"}},
		want:  "2 unclaimed.2, 3 idle.1 周敏, 3 unclaimed.3, 6 idle.2 周敏, 7 unclaimed.1, 8 unclaimed.2, 9 unclaimed.3",
	},
	{
		name: "one of two gives back while the job waits", until: 40,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "arrive", ""}, {3, "李强", "until", "material.3h"}, {4, "周敏", "reason", "busy"}},
		want:  "10 unclaimed.2",
	},
	{
		name: "a leader cannot make a job wait that nobody holds", until: 12,
		deeds: []deed{{1, "赵队", "until", "material.3h"}},
		want:  "3 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3",
	},
	{
		name: "given back: the ladder begins anew", until: 60,
		deeds: []deed{{1, "李强", "claim", ""}, {1, "周敏", "claim", ""}, {2, "李强", "eta", "60"}, {30, "李强", "reason", "busy"}, {31, "周敏", "reason", "far"}},
		want:  "34 unclaimed.1, 36 late.1, 37 unclaimed.2, 41 unclaimed.3",
	},
}

// Each wait is a timeline against a timeline: what people do and when, and what
// the desk says by itself and when. Nothing is said twice.
func TestTimelines(t *testing.T) {
	t.Parallel()
	for _, tt := range timelines {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			p.pace = 0
			if tt.off {
				p.off("李强", "周敏")
			}
			if tt.danger {
				p.says("着火了")
			} else {
				p.says("/start", "⚡ 家里没电", "没有", "都没有", "翰林小区", "3号楼", "只有我家没电", "🙏 请直接派人来", "13900000001")
			}
			start := p.now
			for _, d := range tt.deeds {
				p.until(start, d.minute)
				p.turn(talk.Event{
					Kind: talk.Press, From: people[d.who], Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Callback: "c",
					Press: talk.Button{Job: "1123-01", Action: d.action, Arg: d.arg, Epoch: p.job("1123-01").Epoch},
				})
			}
			p.until(start, tt.until)
			if got := p.rung(start); got != tt.want {
				t.Errorf("the desk said\n  %s\nwant\n  %s", got, tt.want)
			}
			if last := p.reminds["duty/job/1123-01"]; p.job("1123-01").Live() != !last.At.IsZero() || !last.At.IsZero() && (last.At.Before(p.now) || last.At.Nanosecond() != 0) {
				t.Errorf("the next reminder is at %v, and the job is %s", last.At, p.job("1123-01").State)
			}
		})
	}
}

// A fault that becomes dangerous begins the ladder of a danger, whoever was told
// of the fault before.
func TestAFaultThatBecomesADangerIsCalledAnew(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.pace = 0
	p.report()
	start := p.now
	p.until(start, 15)
	p.says("着火了")
	p.until(start, 19)
	want := "3 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3, 16 unclaimed.1, 17 unclaimed.2, 18 unclaimed.3"
	if got := p.rung(start); got != want {
		t.Errorf("the desk said\n  %s\nwant\n  %s", got, want)
	}
}

// What was missed while the desk stood still comes once, and nothing of it in a
// burst: of the rungs that say the same, the last.
func TestWhatWasMissedComesOnce(t *testing.T) {
	t.Parallel()
	for stop, want := range map[time.Duration]string{
		4 * time.Minute:   "4 unclaimed.1",
		8 * time.Minute:   "8 unclaimed.1, 8 unclaimed.2",
		12 * time.Minute:  "12 unclaimed.1, 12 unclaimed.3",
		180 * time.Minute: "180 unclaimed.3, 180 unclaimed.again",
	} {
		t.Run(stop.String(), func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			p.pace = 0
			p.report()
			start := p.now
			p.now = p.now.Add(stop)
			p.later("0s")
			if got := p.rung(start); got != want {
				t.Errorf("after %v the desk said\n  %s\nwant\n  %s", stop, got, want)
			}
		})
	}
}

// A job of an earlier desk, which set no reminders, is looked at when the desk
// starts, and its ladder goes on from there.
func TestAnEarlierDesksJobIsNotForgotten(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.pace = 0
	p.report()
	start := p.now
	j := p.job("1123-01")
	j.Clocks.Short = time.Time{}
	p.jobs["1123-01"] = p.encode(j)
	clear(p.reminds)
	p.now = p.now.Add(5 * time.Minute)
	p.fire(talk.Remind{Name: "duty/boot"})
	p.until(start, 11)
	if got, want := p.rung(start), "5 unclaimed.1, 6 unclaimed.2, 10 unclaimed.3"; got != want {
		t.Errorf("the desk said %s, want %s", got, want)
	}
}

// off sends everybody off duty.
func (p *play) off(names ...string) {
	for _, name := range names {
		e := event(people[name], "/off 12")
		e.Chat = talk.Chat{ID: dutyChat, Kind: talk.Duty}
		p.turn(e)
	}
}

// until lets the time go by until so many minutes after the start.
func (p *play) until(start time.Time, minute int) {
	p.t.Helper()
	p.later(start.Add(time.Duration(minute) * time.Minute).Sub(p.now).String())
}

// rung lists what the desk said by itself of the first job.
func (p *play) rung(start time.Time) string {
	var all []string
	for _, e := range p.job("1123-01").History {
		if e.What != job.DidRemind {
			continue
		}
		line := fmt.Sprintf("%d %s", int(e.At.Sub(start)/time.Minute), e.Arg)
		for name, who := range people {
			if who.ID == e.User {
				line += " " + name
			}
		}
		all = append(all, line)
	}
	return strings.Join(all, ", ")
}
