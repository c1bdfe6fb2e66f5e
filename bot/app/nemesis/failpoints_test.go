package nemesis

import (
	"context"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"powerdesk/bot/demo"
)

// TestFailpoints lets the acting replica die, fail or hang once at every step
// between an update and its answer, while a resident reports and a crew comes.
// The other one, or the same one a moment later, goes on; nothing is lost, and
// words come twice only where a crash left nobody to know.
func TestFailpoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, armed string }{
		{"P1 killed with an update in hand", "fetched:kill"},
		{"P1 an update cannot be handled", "fetched:err"},
		{"P2 killed before a change is stored", "decided:kill:3"},
		{"P2 a change is not stored", "decided:err:3"},
		{"P3 killed before Telegram knows", "committed:kill:5"},
		{"P3 stored and taken for failed", "committed:err:5"},
		{"P4 killed with messages in hand", "offered:kill:4"},
		{"P4 messages are committed and forgotten", "offered:err:4"},
		{"P5 killed while a send is on the wire", "written:kill:6"},
		{"P6 killed before an answer is stored", "delivered:kill:7"},
		{"P6 an answer is taken for lost", "delivered:err:7"},
		{"P7 killed before a press is answered", "unanswered:kill"},
		{"P7 a press goes unanswered", "unanswered:err"},
		{"P9 killed as the lease is renewed", "renewing:kill"},
		{"P9 a renewal fails", "renewing:err"},
		{"P9 a renewal hangs", "renewing:hang"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, 1, 1)
			w.open(c.armed)
			if !strings.Contains(c.armed, ":kill") { // a death is seen
				w.history.fault("process: " + c.armed)
			}
			w.oneEvening()
			w.met(c.armed)
			w.judge()
		})
	}
}

// oneEvening is one report, from "/start" to "thank you".
func (w *world) oneEvening() {
	w.Helper()
	var ends context.CancelFunc
	w.evening, ends = context.WithCancel(w.Context())
	defer ends()
	w.comesHome("reports")
	w.patient(ends)
}

// met fails unless the failpoint was met: else the test proves nothing.
func (w *world) met(armed string) {
	w.Helper()
	at, _, _ := strings.Cut(armed, ":")
	w.until("the failpoint "+armed+" is met", func() bool { return strings.Contains(w.replicas[0].log.String(), "failpoint met: "+at) })
}

// judge lets everything come to rest and asks the checker.
func (w *world) judge() {
	w.Helper()
	w.drained(drainWithin)
	w.close()
	path, events := w.history.save(w.TB)
	report(w.TB, path, check(events))
}

// TestFailpointDraining (P8) kills a replica that was asked to end, before it
// has sent what it has stored.
func TestFailpointDraining(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	w.open("draining:kill")
	heal := w.tg.AddFault(demo.Fault{Method: "sendMessage", Kind: demo.Stall, Delay: 300 * time.Millisecond})
	var ends context.CancelFunc
	w.evening, ends = context.WithCancel(t.Context())
	defer ends()
	w.comesHome("reports")
	w.until("the resident has acted", func() bool { return w.tg.Count("sendMessage") > 2 })
	w.replicas[0].signal(syscall.SIGTERM)
	heal()
	w.patient(ends)
	w.met("draining:kill")
	w.judge()
}

// grownChat is the duty group after it has become a supergroup.
const grownChat = -1001000000077

// TestFailpointMoving (P10) kills a replica that was told of the duty group's
// new id, before it follows.
func TestFailpointMoving(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	members := map[int64]demo.Status{}
	for j := range teamSize {
		members[volunteerID(0, j)] = demo.Member
	}
	w.tg.AddGroup(demo.Group{ID: dutyChat, Title: "Duty", Bot: demo.Administrator, Members: members})
	w.open("moving:kill")
	if err := w.tg.Upgrade(dutyChat, grownChat, demo.AnnounceOldThenNew); err != nil {
		t.Fatal(err)
	}
	w.met("moving:kill")
	w.oneEvening()
	w.judge()
}

// TestShippedProgramHasNoFailpoints runs the program as it is shipped, armed so
// that the other one would die at its first update.
func TestShippedProgramHasNoFailpoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1, 1)
	shipped := build(t, "shipped")
	for _, r := range w.replicas {
		r.path = shipped
	}
	w.open("fetched:kill", "fetched:kill")
	w.oneEvening()
	for _, r := range w.replicas {
		if r.ended() || strings.Contains(r.log.String(), "failpoint") {
			t.Errorf("%s knows of failpoints:\n%s", r.name, r.log.String())
		}
	}
	if raw, err := os.ReadFile(shipped); err != nil || strings.Contains(string(raw), "FD_FAILPOINT") {
		t.Errorf("the shipped program names FD_FAILPOINT, or cannot be read: %v", err)
	}
	w.judge()
}
