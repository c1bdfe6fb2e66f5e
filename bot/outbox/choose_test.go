package outbox

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

// waits builds lanes as the loop would, from rows in the order of their
// commits.
func waits(rows ...Row) []*lane {
	byChat := map[int64]*lane{}
	var lanes []*lane
	for i, r := range rows {
		r.ID = fmt.Sprintf("%012d", i+1)
		l := byChat[r.Chat]
		if l == nil {
			l = newLane(r.Chat, Limits(25))
			byChat[r.Chat] = l
			lanes = append(lanes, l)
		}
		l.insert(&entry{Row: r, rank: r.ID})
	}
	return lanes
}

func classed(chat int64, class talk.Class, text string) Row {
	r := say(chat, text)
	r.Class = class
	return r
}

// open is a gate that holds nothing.
func open() gate { return gate{free: 16, spare: 2} }

func TestChoose(t *testing.T) {
	t.Parallel()
	now := at(100)
	news := classed(ann, talk.AnnounceClass, "news")
	answer := classed(bob, talk.AnswerClass, "answer")
	card := classed(duty, talk.CardClass, "card")
	fire := alarm(duty, "fire")
	tests := []struct {
		name  string
		lanes []*lane
		gate  func(*gate)
		setup func(lanes []*lane)
		want  string        // text of the row; "" = none
		wait  time.Duration // when none
	}{
		{name: "nothing waits", want: ""},
		{name: "the more urgent class first", lanes: waits(news, answer, card), want: "card"},
		{name: "danger before all", lanes: waits(news, answer, card, alarm(bob, "fire")), want: "fire"},
		{name: "the older of one class", lanes: waits(say(bob, "first"), say(ann, "second")), want: "first"},
		{name: "order of a chat is kept against class", lanes: waits(classed(ann, talk.AnnounceClass, "news"), classed(ann, talk.CardClass, "card")), want: "news"},
		{name: "a row leaves as early as the one behind it", lanes: waits(news, answer, classed(ann, talk.CardClass, "card")), want: "news"},
		{name: "danger overtakes in its chat", lanes: waits(card, fire), want: "fire"},
		{name: "one at a time in a chat", lanes: waits(card, fire), setup: func(ls []*lane) { ls[0].busy = &entry{} }},
		{name: "a closed chat waits", lanes: waits(card, fire), setup: func(ls []*lane) { ls[0].pause = at(107) }, wait: 7 * time.Second},
		{name: "a closed chat does not hold another", lanes: waits(card, answer), setup: func(ls []*lane) { ls[0].pause = at(107) }, want: "answer"},
		{name: "a closed bot waits", lanes: waits(card, fire), gate: func(g *gate) { g.pause = at(103) }, wait: 3 * time.Second},
		{name: "the group's limit holds a card", lanes: waits(card), setup: spent(17, 99), wait: 59 * time.Second},
		{name: "the group's limit holds no danger", lanes: waits(card, fire), setup: spent(20, 99), want: "fire"},
		{name: "the chat's limit holds an answer", lanes: waits(answer), setup: spent(3, 99), wait: 2 * time.Second},
		{name: "the bot's limit holds an answer", lanes: waits(answer), gate: busyBot, wait: 500 * time.Millisecond},
		{name: "the bot's limit holds no danger", lanes: waits(answer, fire), gate: busyBot, want: "fire"},
		{name: "the last senders are for dangers", lanes: waits(answer), gate: func(g *gate) { g.free = 2 }},
		{name: "the last senders take dangers", lanes: waits(answer, fire), gate: func(g *gate) { g.free = 1 }, want: "fire"},
		{name: "no sender, no row", lanes: waits(answer, fire), gate: func(g *gate) { g.free = 0 }},
		{name: "only dangers while acks pile up", lanes: waits(answer, fire), gate: func(g *gate) { g.dangersOnly = true }, want: "fire"},
		{name: "a row in backoff holds its chat", lanes: waits(say(ann, "a"), say(ann, "b")), setup: func(ls []*lane) { ls[0].rows[0].after = at(104) }, wait: 4 * time.Second},
		{name: "a danger in backoff holds no answer", lanes: waits(say(ann, "a"), alarm(ann, "fire")), setup: func(ls []*lane) { ls[0].danger[0].after = at(104) }, want: "a"},
		{name: "the first of several waits counts", lanes: waits(say(ann, "a"), say(bob, "b")), setup: func(ls []*lane) {
			ls[0].pause, ls[1].pause = at(109), at(105)
		}, wait: 5 * time.Second},
		{name: "a danger that waits for an ack lets no ordinary row go first", lanes: waits(card, urgentShow("job/1", "wire")), setup: func(ls []*lane) { ls[0].slots["job/1"].settling = "0" }},
		{name: "a danger that waits for an ack holds no other danger", lanes: waits(urgentShow("job/1", "wire"), fire), setup: func(ls []*lane) { ls[0].slots["job/1"].settling = "0" }, want: "fire"},
		{name: "no edit before the ack is stored", lanes: waits(show(duty, "job/1", "card")), setup: func(ls []*lane) { ls[0].slots["job/1"].settling = "0" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g := open()
			if tt.gate != nil {
				tt.gate(&g)
			}
			if tt.setup != nil {
				tt.setup(tt.lanes)
			}
			_, e, wait := choose(tt.lanes, g, now)
			got := ""
			if e != nil {
				got = e.Say.Text
			}
			if got != tt.want || wait != tt.wait {
				t.Errorf("choose = %q after %v, want %q after %v", got, wait, tt.want, tt.wait)
			}
		})
	}
}

// spent has n sends at an instant behind the first lane.
func spent(n int, seconds float64) func([]*lane) {
	return func(ls []*lane) {
		for range n {
			ls[0].meters[0].spend(at(seconds))
		}
	}
}

// busyBot is a bot that has used this second's sends.
func busyBot(g *gate) {
	g.meters = metersFor(Limits(25), Bot)
	for range 25 {
		g.meters[0].spend(at(99.5))
	}
}

func TestChooseDoesNotDependOnTheOrderOfLanes(t *testing.T) {
	t.Parallel()
	lanes := waits(say(1, "a"), say(2, "b"), say(3, "c"), classed(4, talk.CardClass, "d"), classed(5, talk.CardClass, "e"))
	for range 50 {
		rand.Shuffle(len(lanes), func(i, j int) { lanes[i], lanes[j] = lanes[j], lanes[i] })
		if _, e, _ := choose(lanes, open(), at(100)); e.Say.Text != "d" {
			t.Fatalf("choose = %q, want d", e.Say.Text)
		}
	}
}

func BenchmarkChoose(b *testing.B) {
	for _, size := range []struct{ rows, chats int }{{10_000, 1000}, {10_000, 10_000}} {
		b.Run(fmt.Sprintf("rows=%d/chats=%d", size.rows, size.chats), func(b *testing.B) {
			rows := make([]Row, size.rows)
			for i := range rows {
				rows[i] = classed(int64(1+i%size.chats), talk.Class(1+i%4), "x")
			}
			lanes, g := waits(rows...), open()
			b.ReportAllocs()
			for b.Loop() {
				if _, e, _ := choose(lanes, g, at(100)); e == nil {
					b.Fatal("nothing chosen")
				}
			}
		})
	}
}
