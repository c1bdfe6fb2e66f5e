package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// Change is what one event came to. It is written whole or not at all.
type Change struct {
	Event string    // Event.ID: the second commit of an event changes nothing
	Op    string    // random, fresh for each call of Commit
	At    time.Time // of the event; how long a row has waited is counted from it
	Day   string    // "1123": the day whose count numbers the unnumbered job

	// State is what to write, each with the Rev it was loaded at. A nil session or
	// team, or a session of chat 0, is not written. A job that has no number yet stands under
	// job.Unnumbered, and that rune is replaced by the number wherever it stands
	// in the Change.
	State   talk.State
	Bodies  Bodies       // of State, at least; nil: Commit encodes them
	Fired   *talk.Remind // the reminder that this event was; it is taken away, and must still be set for that time
	Reminds []talk.Remind
	Says    []talk.Say // in this order for each chat; a few hundred at most
	Logs    []talk.Log
	Facts   []job.Fact

	// Forget erases chats: session, reminders, dead messages, and by a row that says
	// so those that wait: whoever sends has them in memory. It goes before Reminds and
	// Says and wins against State. Reports in jobs are bodies, which only the caller
	// can change.
	Forget []int64

	Members    []talk.Member // of sets, at least; those that follow from the jobs are added
	Broadcasts []talk.Broadcast

	Owner string // of the term for which this is written; "" = of none
}

// Result is what became of a Change.
type Result struct {
	Seen bool   // another Commit has written this event, or Fired is set no more; nothing was written now
	No   string // the number given to the unnumbered job, also when Seen
	Rows []Row  // what was appended, in order, while the term of Change.Owner goes on; else whoever acts reads them

	Strange int64 // as of Page, when Rows were appended

	Again bool // this very Change was written before and its reply lost: its rows are to be read
}

// Commit writes a change in one round trip. A repeat with the same Op returns
// the first result. Errors: ErrConflict, and then nothing is written;
// ErrUnavailable, and then everything or nothing is written.
func (s *Store) Commit(ctx context.Context, c Change) (Result, error) {
	args, err := s.arguments(&c)
	if err != nil {
		return Result{}, fmt.Errorf("committing event %s: %w", c.Event, err)
	}
	reply, err := s.run(ctx, s.scripts["commit"].Run, s.on(s.sure(c)...), args)
	if err != nil || reply[0] != "done" {
		s.memory.drop(c)
	}
	if err != nil {
		return Result{}, fmt.Errorf("committing event %s: %w", c.Event, err)
	}
	f := texts(reply)
	verdict, about := f[0], f[1]
	if verdict == "conflict" {
		return Result{}, fmt.Errorf("committing event %s: %s: %w", c.Event, about, ErrConflict)
	}
	s.numbers.given(about)
	result := Result{No: about, Seen: verdict == "seen", Again: verdict == "again"}
	if verdict == "done" && f[2] == "1" {
		result.Strange = number(f[3])
		s.memory.wrote(c, about, result.Strange)
		result.Rows, err = appended(c, about, f[4:], s.slotKeep)
	}
	return result, err
}

// appended are the rows that a change has come to, as another process would read
// them.
func appended(c Change, no string, reply []string, keep func(string, map[string]*job.Job) time.Duration) ([]Row, error) {
	rows := make([]Row, 0, len(c.Forget)+len(c.Says))
	for i, chat := range c.Forget {
		row := newRow(reply[i], chat, "", "")
		row.Forget = true
		rows = append(rows, row)
	}
	for i, say := range c.Says {
		row := newRow(reply[len(c.Forget)+2*i], say.Chat, say.Slot, "")
		row.Keep = keep(say.Slot, c.State.Jobs)
		if no != "" {
			if err := put(no, &say); err != nil {
				return nil, err
			}
			row.Slot = say.Slot
		}
		row.Say, row.Class, row.Message = say, say.Class, int(number(reply[len(c.Forget)+2*i+1]))
		rows = append(rows, row)
	}
	return rows, nil
}

// put puts a job's number where Unnumbered stands for it, as the script does.
func put(no string, say *talk.Say) error {
	text, err := json.Marshal(say)
	if err != nil {
		return err
	}
	*say = talk.Say{}
	return json.Unmarshal([]byte(strings.ReplaceAll(string(text), job.Unnumbered, no)), say)
}

// arguments lays a change out as commit.lua reads it.
func (s *Store) arguments(c *Change) ([]any, error) {
	_, unnumbered := c.State.Jobs[job.Unnumbered]
	switch {
	case c.Event == "" || c.Op == "" || c.At.IsZero():
		return nil, errors.New("a change needs an event, an op and a time")
	case unnumbered && c.Day == "":
		return nil, errors.New("a job without a number needs the day to count it by")
	case !unnumbered:
		c.Day = ""
	}
	if c.Bodies == nil {
		var err error
		if c.Bodies, err = Encode(c.State); err != nil {
			return nil, err
		}
	}
	a := &argv{}
	bucket, mark := seenMark(c.Event)
	a.add(c.Op, bucket, mark, c.Day, c.Owner, c.At.UnixMilli(), s.numbers.after(c.Day))
	s.addSession(a, c.State.Session, c.Bodies)
	s.addJobs(a, c.State.Jobs, c.Bodies)
	a.addTeam(c.State.Team, c.Bodies)
	a.add(len(c.Forget))
	for _, chat := range c.Forget {
		a.add(chat)
	}
	a.addTimers(c.Fired, c.Reminds)
	a.add(len(c.Says))
	for _, say := range c.Says {
		if say.Chat == 0 {
			return nil, errors.New("a message needs a chat")
		}
		a.add(say.Chat, say.Slot, int(say.Class), s.slotKeep(say.Slot, c.State.Jobs).Milliseconds())
		a.body(say)
	}
	a.add(len(c.Logs) + len(c.Facts))
	for _, line := range c.Logs {
		a.add(month(line.At), "log")
		a.body(line)
	}
	for _, fact := range c.Facts {
		a.add(month(fact.At), "facts")
		a.body(fact)
	}
	members := append(indexed(c.State.Jobs), c.Members...)
	a.add(len(members))
	for _, m := range members {
		a.add(m.Set, m.ID, m.At.UnixMilli(), bit(m.Gone), keepOf(m.Set).Milliseconds())
	}
	a.addBroadcasts(c.Broadcasts)
	return a.list, a.err
}

// instant is the part of an event's id that is a time in milliseconds.
var instant = regexp.MustCompile(`\d{13,}`)

// sure are the keys that the commit of a change touches whatever it finds.
func (s *Store) sure(c Change) []string {
	bucket, _ := seenMark(c.Event)
	keys := []string{s.key("seen:", bucket)}
	if session := c.State.Session; session != nil && session.Chat != 0 {
		keys = append(keys, s.key("session:", session.Chat))
	}
	for no := range c.State.Jobs {
		if no != job.Unnumbered {
			keys = append(keys, s.key("job:", no))
		}
	}
	if len(c.Says) > 0 {
		keys = append(keys, s.key("rows"))
	}
	return keys
}

// seenMark says where the mark of an event is kept. Updates of Telegram are
// numbered: a hundred of them share a bucket, which Redis keeps in a tenth of the
// room. So do those of the desk's own events that name an instant, in milliseconds,
// for a minute and a half. Any other event stands alone, because nobody knows what
// follows it.
func seenMark(event string) (bucket, mark string) {
	if ms := instant.FindString(event); ms != "" {
		return "at" + strings.TrimLeft(ms[:len(ms)-5], "0"), event
	}
	tail := len(event) - 2
	if _, err := strconv.ParseUint(strings.TrimPrefix(event, "u"), 10, 63); err != nil || tail < 1 || event[0] != 'u' {
		return event, "alone"
	}
	return event[:tail], event[tail:]
}

func (s *Store) addSession(a *argv, session *talk.Session, bodies Bodies) {
	if session == nil || session.Chat == 0 {
		a.add(0)
		return
	}
	document := remembered{bodies[sessionBody], session.Rev + 1, jobsNamedBy(session)}.document()
	a.add(1, session.Chat, session.Rev, s.keep.Session.Milliseconds(), document)
}

func (s *Store) addJobs(a *argv, jobs map[string]*job.Job, bodies Bodies) {
	a.add(len(jobs))
	for _, no := range slices.Sorted(maps.Keys(jobs)) {
		open := 1
		if closed(jobs[no]) {
			open = 0
		}
		document := remembered{body: bodies[no], rev: jobs[no].Rev + 1}.document()
		a.add(no, jobs[no].Rev, s.jobKeep(jobs[no]).Milliseconds(), open, document)
	}
}

func closed(j *job.Job) bool {
	return j.State == job.Closed || j.State == job.Withdrawn
}

// jobKeep is how long a job is kept if nobody touches it again.
func (s *Store) jobKeep(j *job.Job) time.Duration {
	if closed(j) {
		return s.keep.Job
	}
	return openKeep
}

// slotKeep is how long the message of a slot is remembered: as long as the job
// that stands in its name, such as "details/1123-07/42".
func (s *Store) slotKeep(slot string, jobs map[string]*job.Job) time.Duration {
	for part := range strings.SplitSeq(slot, "/") {
		if j, ok := jobs[part]; ok {
			return s.jobKeep(j)
		}
	}
	return openKeep
}

func (a *argv) addTeam(team *county.Team, bodies Bodies) {
	if team == nil {
		a.add(0)
		return
	}
	a.add(1, team.Rev, openKeep.Milliseconds(), remembered{body: bodies[teamBody], rev: team.Rev + 1}.document())
}

func (a *argv) addTimers(fired *talk.Remind, reminds []talk.Remind) {
	if fired == nil {
		a.add(0)
	} else {
		a.add(1, fired.Name, fired.At.UnixMilli())
	}
	a.add(len(reminds))
	for _, remind := range reminds {
		at := int64(0)
		if !remind.At.IsZero() {
			at = remind.At.UnixMilli()
		}
		keep := 0
		if remind.Keep {
			keep = 1
		}
		a.add(remind.Name, at, keep, remind.Chat)
		a.body(remind)
	}
}

// argv gathers what a script is sent.
type argv struct {
	list []any
	err  error
}

func (a *argv) add(values ...any) { a.list = append(a.list, values...) }

// body adds a value as JSON, which the scripts only carry.
func (a *argv) body(v any) {
	text, err := json.Marshal(v)
	a.err = errors.Join(a.err, err)
	a.add(text)
}
