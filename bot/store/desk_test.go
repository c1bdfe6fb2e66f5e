package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// The people of the tests.
const (
	wang int64 = 42      // a resident
	zhao int64 = 43      // another one
	duty int64 = -100123 // the duty group
)

// noon is when everything in the tests happens.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var keep = county.Keep{Session: 30 * 24 * time.Hour, Job: 60 * 24 * time.Hour}

var desks atomic.Int64

// failer is a test, or a round of a property test.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Fatal(args ...any)
}

// open makes a store for a desk that nobody else uses. It has more patience than
// a desk with people waiting: the machine may be busy with other tests.
func open(tb testing.TB, url string) *Store {
	tb.Helper()
	s := openShipped(tb, url+"?read_timeout=1m&write_timeout=1m&dial_timeout=1m")
	s.patience = time.Minute
	return s
}

// openShipped makes a store as bot/app does.
func openShipped(tb testing.TB, url string) *Store {
	tb.Helper()
	s, err := Open(Options{
		URL: url, Key: fmt.Sprintf("test-%d", desks.Add(1)), Keep: keep,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	if !strings.HasPrefix(url, "redis+cluster") { // it has no slots yet
		found(s)
	}
	return s
}

// found makes the root of a desk, as whoever leads first does, and leaves it to the
// owner "desk", whose term has no end and no number.
// A Redis that is not there yet, which some tests want, is left alone.
func found(s *Store) {
	ctx := context.Background()
	if _, err := s.Lead(ctx, "founder", time.Millisecond); err == nil {
		s.client.HDel(ctx, s.key("root"), "term", "until")
		s.client.HSet(ctx, s.key("root"), "owner", "desk")
	}
}

// change is a change of a new event.
func change() Change { return Change{Event: rand.Text(), Op: rand.Text(), At: noon} }

// says is a change that says something in a chat, once for each text.
func says(chat int64, texts ...string) Change {
	c := change()
	for _, text := range texts {
		c.Says = append(c.Says, talk.Say{Chat: chat, Text: text, Class: talk.AnswerClass})
	}
	return c
}

// shows is a change that shows something in a slot.
func shows(chat int64, slot, text string) Change {
	c := change()
	c.Says = []talk.Say{{Chat: chat, Slot: slot, Text: text, Class: talk.CardClass}}
	return c
}

// by makes the change for the term of an owner.
func (c Change) by(owner string) Change {
	c.Owner = owner
	return c
}

func commit(tb failer, s *Store, c Change) Result {
	tb.Helper()
	result, err := s.Commit(context.Background(), c)
	if err != nil {
		tb.Fatal(err)
	}
	if result.Seen {
		tb.Fatalf("event %s was seen before", c.Event)
	}
	return result
}

func load(tb failer, s *Store, chat int64, no string) talk.State {
	tb.Helper()
	state, _, err := s.Load(context.Background(), Want{Chat: chat, Job: no})
	if err != nil {
		tb.Fatal(err)
	}
	return state
}

// waiting reads all rows that are not settled.
func waiting(tb failer, s *Store) []Row {
	tb.Helper()
	page, err := s.Rows(context.Background(), "desk", "", 10_000)
	check(tb, err)
	return page.Rows
}

// ack says that rows were sent, each as the message that is given.
func ack(tb failer, s *Store, message int, rows ...Row) {
	tb.Helper()
	check(tb, s.Settle(context.Background(), "desk", acks(message, rows...)))
}

func acks(message int, rows ...Row) (w Settlement) {
	for _, row := range rows {
		w.Acks = append(w.Acks, Ack{Row: row, Slot: row.Slot, Chat: row.Chat, Message: message})
	}
	return w
}

func bury(tb failer, s *Store, reason string, row Row) {
	tb.Helper()
	check(tb, s.Settle(context.Background(), "desk", Settlement{Buried: []Burial{{row, reason}}}))
}

// texts of rows, in order.
func told(rows []Row) []string {
	var texts []string
	for _, row := range rows {
		texts = append(texts, row.Say.Text)
	}
	return texts
}

func check(tb failer, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func same[T any](tb failer, what string, got, want T) {
	tb.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(talk.State{})); diff != "" {
		tb.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// contents reads every key of the desk, by name.
func contents(tb failer, s *Store) map[string]any {
	tb.Helper()
	ctx := context.Background()
	all := map[string]any{}
	for name, kind := range kinds(tb, s) {
		var value any
		var err error
		switch kind {
		case "string":
			value, err = s.client.Get(ctx, name).Result()
		case "hash":
			value, err = s.client.HGetAll(ctx, name).Result()
		case "zset":
			value, err = s.client.ZRangeWithScores(ctx, name, 0, -1).Result()
		case "stream":
			value, err = s.client.XRange(ctx, name, "-", "+").Result()
		default:
			tb.Fatalf("%s is a %s", name, kind)
		}
		check(tb, err)
		all[name] = value
	}
	return all
}

// kinds gives the type of every key of the desk.
func kinds(tb failer, s *Store) map[string]string {
	tb.Helper()
	ctx := context.Background()
	names := map[string]string{}
	scan := s.client.Scan(ctx, 0, s.prefix+"*", 1000).Iterator()
	for scan.Next(ctx) {
		if scan.Val() == s.key("root") {
			continue // it is there before anything else and stays
		}
		names[scan.Val()] = s.client.Type(ctx, scan.Val()).Val()
	}
	check(tb, scan.Err())
	return names
}

// unchanged fails when do changes anything that is stored.
func unchanged(tb failer, s *Store, what string, do func()) {
	tb.Helper()
	before := contents(tb, s)
	do()
	same(tb, "stored after "+what, contents(tb, s), before)
}

// familyOf gives the entry of the table that a key belongs to.
func familyOf(s *Store, name string) (family, bool) {
	rest := strings.TrimPrefix(name, s.prefix)
	for _, f := range families(s.keep) {
		if rest == f.name || strings.HasSuffix(f.name, ":") && strings.HasPrefix(rest, f.name) {
			return f, true
		}
	}
	return family{}, false
}

// storedJob is an open job with something personal in it.
func storedJob(no string) *job.Job {
	return &job.Job{
		No: no, State: job.Open, Level: job.Ordinary,
		Reports: []job.Report{{Chat: wang, Name: "王芳", Phone: "13900000000", At: noon}},
		Clocks:  job.Clocks{Reported: noon},
	}
}

// team is what one volunteer has said of their duty, never stored yet.
func team() *county.Team {
	return &county.Team{Said: []county.Presence{{User: zhao, Name: "赵强", Lang: "zh", On: true, From: noon, Until: noon.Add(time.Hour)}}}
}

// opens is a change with which wang reports a fault that has no number yet.
func opens() Change {
	c := change()
	c.Day = "1123"
	c.State.Session = &talk.Session{Chat: wang, Follows: []string{job.Unnumbered}}
	c.State.Jobs = map[string]*job.Job{job.Unnumbered: storedJob(job.Unnumbered)}
	return c
}

// with copies a state, so that a change of the copy leaves it alone.
func with(state talk.State, edit func(*talk.State)) talk.State {
	session := *state.Session
	state.Session, state.Jobs = &session, maps.Clone(state.Jobs)
	if state.Team != nil {
		copied := *state.Team
		state.Team = &copied
	}
	for no, j := range state.Jobs {
		copied := *j
		state.Jobs[no] = &copied
	}
	edit(&state)
	return state
}
