package nemesis

import (
	"context"
	"math/rand/v2"
	"syscall"
	"time"

	"powerdesk/bot/demo"
)

// mischief is one kind of fault: what it does to the world, and what takes it
// back after a while.
type mischief struct {
	name  string
	lasts time.Duration
	do    func(*world, *rand.Rand) (heal func())
}

func nothing() {}

// call spoils calls of a method: the next few, or all of them while it lasts.
func call(name string, lasts time.Duration, f demo.Fault) mischief {
	return mischief{"telegram: " + name, lasts, func(w *world, _ *rand.Rand) func() { return w.tg.AddFault(f) }}
}

// redisDoes gives the server an order, and another to take it back.
func redisDoes(name string, lasts time.Duration, order, back []any) mischief {
	tell := func(w *world, words []any) {
		if len(words) == 0 {
			return
		}
		client := w.redis.client()
		defer client.Close()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		client.Do(ctx, words...)
	}
	return mischief{"redis: " + name, lasts, func(w *world, _ *rand.Rand) func() {
		tell(w, order)
		return func() { tell(w, back) }
	}}
}

// small are faults that a desk gets over in a moment.
var small = []mischief{
	call("a send is answered 502", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.BadGateway, Times: 5}),
	call("a send is carried out and answered 502", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.BadGateway, Deliver: true, Times: 3}),
	call("a send is cut off before it is carried out", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Disconnect, Times: 5}),
	call("a send is carried out and cut off", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Disconnect, Deliver: true, Times: 3}),
	call("sends are late", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Stall, Delay: 700 * time.Millisecond}),
	call("a send hangs", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Hang, Times: 2}),
	call("half of an answer to a send", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Truncate, Deliver: true, Times: 3}),
	call("garbage for an answer to a send", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Garbage, Times: 3}),
	call("an answer drips", time.Second, demo.Fault{Method: "sendMessage", Kind: demo.Drip, Deliver: true, Delay: 50 * time.Millisecond, Times: 5}),
	call("the duty group floods", time.Second, demo.Fault{Method: "sendMessage", Chat: dutyChat, RetryAfter: 2, Times: 1}),
	call("somebody's chat floods", time.Second, demo.Fault{Method: "sendMessage", RetryAfter: 1, Times: 1}),
	call("edits are answered 502", time.Second, demo.Fault{Method: "editMessageText", Kind: demo.BadGateway, Times: 5}),
	call("an edit is carried out and cut off", time.Second, demo.Fault{Method: "editMessageText", Kind: demo.Disconnect, Deliver: true, Times: 3}),
	call("an edit floods", time.Second, demo.Fault{Method: "editMessageText", RetryAfter: 1, Times: 1}),
	call("a poll is answered 502", time.Second, demo.Fault{Method: "getUpdates", Kind: demo.BadGateway, Times: 1}),
	call("a poll is answered and the answer is lost", time.Second, demo.Fault{Method: "getUpdates", Kind: demo.Disconnect, Deliver: true, Times: 1}),
	call("half of a poll's answer", time.Second, demo.Fault{Method: "getUpdates", Kind: demo.Truncate, Deliver: true, Times: 1}),
	call("garbage for a poll", time.Second, demo.Fault{Method: "getUpdates", Kind: demo.Garbage, Times: 1}),
	call("a poll floods", time.Second, demo.Fault{Method: "getUpdates", RetryAfter: 1, Times: 1}),
	call("a poll is answered 500", time.Second, demo.Fault{Method: "getUpdates", Status: 500, Times: 1}),
	call("toasts are cut off", time.Second, demo.Fault{Method: "answerCallbackQuery", Kind: demo.Disconnect, Times: 5}),
	call("toasts are late", time.Second, demo.Fault{Method: "answerCallbackQuery", Kind: demo.Stall, Delay: 700 * time.Millisecond}),
	call("membership is answered 500", time.Second, demo.Fault{Method: "getChatMember", Status: 500, Times: 5}),
	call("membership is cut off", time.Second, demo.Fault{Method: "getChatMember", Kind: demo.Disconnect, Times: 5}),
	redisDoes("scripts are flushed", 0, []any{"SCRIPT", "FLUSH"}, nil),
	redisDoes("clients are paused", time.Second, []any{"CLIENT", "PAUSE", 1000}, nil),
	redisDoes("no memory is left", 1500*time.Millisecond, []any{"CONFIG", "SET", "maxmemory", "1"}, []any{"CONFIG", "SET", "maxmemory", "0"}),
	redisDoes("every client is cut off", 0, []any{"CLIENT", "KILL", "TYPE", "normal"}, nil),
	{"way: cut", 0, func(w *world, _ *rand.Rand) func() { w.way.cut(); return nothing }},
	{"way: away", time.Second, func(w *world, _ *rand.Rand) func() { w.way.away(); return w.way.pass }},
	{"way: frozen", 1500 * time.Millisecond, func(w *world, _ *rand.Rand) func() { w.way.freeze(); return w.way.pass }},
	{"way: slow", time.Second, func(w *world, r *rand.Rand) func() {
		w.way.slow(time.Duration(5+r.IntN(40)) * time.Millisecond)
		return w.way.pass
	}},
	{"way: replies lost", time.Second, func(w *world, r *rand.Rand) func() { w.way.dropReplies(1 + r.IntN(5)); return w.way.pass }},
}

// large are faults after which somebody else has to take over, or Redis has to
// read its files.
var large = []mischief{
	{"redis: killed and started again", time.Second, func(w *world, _ *rand.Rand) func() {
		w.redis.kill()
		return func() {
			if err := w.redis.run(); err != nil {
				panic(err)
			}
		}
	}},
	{"redis: frozen", 3 * time.Second, func(w *world, _ *rand.Rand) func() {
		w.redis.signal(syscall.SIGSTOP)
		return func() { w.redis.signal(syscall.SIGCONT) }
	}},
	{"process: the leader is killed", 0, func(w *world, _ *rand.Rand) func() {
		w.leader().end(syscall.SIGKILL)
		return w.revive
	}},
	{"process: the leader is asked to end", 0, func(w *world, _ *rand.Rand) func() {
		w.leader().end(syscall.SIGTERM)
		return w.revive
	}},
	{"process: the leader is frozen until another leads", 12 * time.Second, func(w *world, _ *rand.Rand) func() {
		r := w.leader()
		r.signal(syscall.SIGSTOP)
		return func() { r.signal(syscall.SIGCONT) }
	}},
	{"process: the leader is frozen for a moment", 2 * time.Second, func(w *world, _ *rand.Rand) func() {
		r := w.leader()
		r.signal(syscall.SIGSTOP)
		return func() { r.signal(syscall.SIGCONT) }
	}},
	{"process: hand-over to one that dies at a failpoint", 0, func(w *world, r *rand.Rand) func() {
		leads := w.leader()
		armed := w.other(leads)
		armed.end(syscall.SIGTERM)
		at := points[r.IntN(len(points))]
		if err := armed.start(at + ":kill:" + []string{"1", "3", "9"}[r.IntN(3)]); err != nil {
			panic(err)
		}
		w.comes(patience, func() bool { _, err := armed.ask("/livez"); return err == nil })
		leads.end(syscall.SIGTERM)
		return w.revive
	}},
}

// points are the failpoints that a running desk meets (bot/app/failpoint_names.go).
var points = []string{"fetched", "decided", "committed", "offered", "written", "delivered", "unanswered", "renewing"}

// leader is the replica that acts, or the first that lives if none says so.
func (w *world) leader() *replica {
	for _, r := range w.replicas {
		if r.leads() {
			return r
		}
	}
	for _, r := range w.replicas {
		if !r.ended() {
			return r
		}
	}
	return w.replicas[0]
}

func (w *world) other(r *replica) *replica {
	if r == w.replicas[0] {
		return w.replicas[1]
	}
	return w.replicas[0]
}

// revive starts what has ended, as an init system does.
func (w *world) revive() {
	for _, r := range w.replicas {
		if r.ended() {
			if err := r.start(""); err != nil {
				panic(err)
			}
		}
	}
}

// plan is a seeded order of faults: all of one list before any comes again.
func plan(chance *rand.Rand, from []mischief, n int) (all []mischief) {
	for len(all) < n {
		for _, i := range chance.Perm(len(from)) {
			all = append(all, from[i])
		}
	}
	return all[:n]
}

// The nemesis does small faults close together, and large ones with time for
// somebody to take over in between.
const (
	smallEvery = 1200 * time.Millisecond
	largeEvery = 12 * time.Second
)

// torment does what is planned, one thing after the other, until the time is
// over. Small and large faults meet as they come.
func (w *world) torment(over context.Context, every time.Duration, planned []mischief, chance *rand.Rand) {
	next := time.NewTicker(every)
	defer next.Stop()
	for _, m := range planned {
		select {
		case <-over.Done():
			return
		case <-next.C:
		}
		w.revive()
		w.suffer(over, m, chance)
	}
}

// suffer does one fault and takes it back.
func (w *world) suffer(over context.Context, m mischief, chance *rand.Rand) {
	id, began := w.history.fault(m.name), time.Now()
	heal := m.do(w, chance)
	if m.lasts > 0 {
		select {
		case <-over.Done():
		case <-time.After(m.lasts):
		}
	}
	heal()
	w.history.add(event{Kind: "heal", What: m.name, ID: id})
	if took := time.Since(began); took > m.lasts+10*time.Second {
		w.Logf("%s took %s", m.name, took.Round(time.Second))
	}
}

// heal makes everything well again.
func (w *world) heal() {
	w.tg.ClearFaults()
	w.way.pass()
	w.revive()
}

// fault notes a fault and gives its ID.
func (h *history) fault(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	h.events = append(h.events, event{At: time.Now(), Kind: "fault", What: name, ID: h.last})
	return h.last
}
