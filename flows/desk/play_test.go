package desk_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// The people of the talks. Residents are below 100; the duty team is not.
var people = map[string]talk.Person{
	"奶奶":   {ID: 1, Name: "王桂兰", Lang: words.ZH},
	"Anna": {ID: 2, Name: "Anna", Lang: words.EN},
	"邻居":   {ID: 3, Name: "刘大爷", Lang: words.ZH},
	"Tom":  {ID: 4, Name: "Tom", Lang: words.EN},
	"李强":   {ID: 101, Name: "李强", Lang: words.ZH, Member: true},
	"周敏":   {ID: 102, Name: "周敏", Lang: words.ZH, Member: true},
	"孙伟":   {ID: 103, Name: "孙伟", Lang: words.ZH, Member: true},
	"Ben":  {ID: 104, Name: "Ben", Lang: words.EN, Member: true},
	"Cora": {ID: 105, Name: "Cora", Lang: words.EN, Member: true},
	"赵队":   {ID: 106, Name: "赵队", Lang: words.ZH, Member: true, Clerk: true},
	"Lena": {ID: 107, Name: "Lena", Lang: words.EN, Member: true, Clerk: true},
	"冯工":   {ID: 108, Name: "冯工", Lang: words.ZH, Member: true},
	"冯会计":  {ID: 109, Name: "冯会计", Lang: words.ZH, Clerk: true},
	"Kate": {ID: 110, Name: "Kate", Lang: words.EN, Clerk: true},
	"路人":   {ID: 200, Name: "路人", Lang: words.ZH},
}

// failing is what a play needs of a test: testing.TB, or a property's.
type failing interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

var _ failing = (testing.TB)(nil)

// play is a whole desk in memory: it does at once what store and outbox do
// durably, so that a talk can be read as a talk.
type play struct {
	t       failing
	desk    *talk.Desk
	now     time.Time
	pace    time.Duration // how long people take from one act to the next
	serial  int
	jobs    map[string]string // number -> JSON, as stored
	people  map[int64]string  // chat -> JSON session, as stored
	team    string            // JSON, as stored
	found   map[talk.LookupKind]talk.Finding
	reminds map[string]talk.Remind
	sets    map[string][]string // the members of each, in order
	facts   []job.Fact
	slots   map[string][]talk.Say  // every drawing of a card, oldest first
	shown   map[string]talk.Say    // every message slot as it reads now
	read    map[string][]string    // the lines of a card as they were last read
	screens map[int64][][]talk.Key // the reply keyboard that a person sees
	log     []talk.Log
	seen    func(talk.Event, talk.State, []talk.Effect) // called with what is about to be stored
}

func newPlay(t failing, lang words.Lang) *play {
	return &play{
		t: t, desk: desk.New(countyIn(lang)), now: monday, pace: 3 * time.Second,
		jobs: map[string]string{}, people: map[int64]string{}, found: map[talk.LookupKind]talk.Finding{talk.KnownHere: {Kind: talk.KnownHere, Answer: "none"}},
		reminds: map[string]talk.Remind{}, sets: map[string][]string{}, slots: map[string][]talk.Say{}, shown: map[string]talk.Say{}, read: map[string][]string{}, screens: map[int64][][]talk.Key{},
	}
}

// load reads the state as the store would: copies, never what a Step still holds.
func (p *play) load(chat int64, number string) talk.State {
	s := talk.State{Session: &talk.Session{Chat: chat}, Jobs: map[string]*job.Job{}, Team: &county.Team{}}
	if p.team != "" {
		p.decode(p.team, s.Team)
	}
	if raw, ok := p.people[chat]; ok {
		p.decode(raw, s.Session)
	}
	for _, no := range slices.Concat(s.Session.Follows, s.Session.Holds, []string{s.Session.Job, number}) {
		if raw, ok := p.jobs[no]; ok {
			s.Jobs[no] = &job.Job{}
			p.decode(raw, s.Jobs[no])
		}
	}
	return s
}

// session reads a person's session as it is stored.
func (p *play) session(chat int64) *talk.Session { return p.load(chat, "").Session }

// job reads a job as it is stored.
func (p *play) job(no string) *job.Job {
	p.t.Helper()
	j := &job.Job{}
	p.decode(p.jobs[no], j)
	return j
}

func (p *play) decode(raw string, into any) {
	p.t.Helper()
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		p.t.Fatalf("decode what was stored: %v", err)
	}
}

func (p *play) encode(v any) string {
	p.t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		p.t.Fatalf("encode what is stored: %v", err)
	}
	return string(raw)
}

// turn handles one event as bot/app does, look-ups included, and stores it.
func (p *play) turn(e talk.Event) []talk.Effect {
	p.t.Helper()
	p.serial++
	p.now = p.now.Add(p.pace)
	e.ID, e.At, e.Token = "u"+strconv.Itoa(p.serial), p.now, "token"
	chat := e.From.ID
	if e.Kind == talk.Due {
		chat = e.Timer.Chat
	}
	state := p.load(chat, wanted(e))
	all := p.decide(&state, e)
	if p.seen != nil {
		p.seen(e, state, all)
	}
	return p.commit(state, all)
}

// wanted is the job that an event names, as bot/app reads it.
func wanted(e talk.Event) string {
	switch {
	case e.Kind == talk.Due:
		return e.Timer.Job
	case e.Kind == talk.Failed || e.Kind == talk.Delivered:
		return e.Lost.Job
	case e.Kind == talk.Command && e.Command == "job":
		return e.Text
	}
	return e.Press.Job
}

// decide is Step with its look-ups answered.
func (p *play) decide(state *talk.State, e talk.Event) (all []talk.Effect) {
	p.t.Helper()
	for range 8 {
		var effects []talk.Effect
		*state, effects = p.desk.Step(*state, e)
		asked := slices.IndexFunc(effects, func(f talk.Effect) bool { _, ok := f.(talk.Lookup); return ok })
		if asked < 0 {
			return append(all, effects...)
		}
		finding := p.find(effects[asked].(talk.Lookup))
		all = append(all, slices.Delete(effects, asked, asked+1)...)
		e.Kind, e.Finding = talk.Found, finding
	}
	p.t.Fatalf("look-ups that never end")
	return nil
}

// find answers a look-up: the crew's from what is stored, a resident's as the
// talk wants it.
func (p *play) find(l talk.Lookup) talk.Finding {
	f := talk.Finding{Kind: l.Kind, Answer: "none"}
	switch l.Kind {
	case talk.OpenJobs, talk.LogLines, talk.Facts:
		f.Answer = "found"
		for _, no := range sortedKeys(p.jobs) {
			if j := p.job(no); j.Live() {
				f.Jobs = append(f.Jobs, j)
			}
		}
		if l.Kind == talk.Facts {
			f.Facts = p.facts
		}
		for _, line := range p.log {
			if l.Kind == talk.LogLines && !line.At.Before(l.At) {
				f.Lines = append(f.Lines, line)
			}
		}
	case talk.JoinedCount:
		f.Answer, f.N = "found", len(p.sets[talk.JoinedSet(l.Job)])
	case talk.TopUpsTonight:
		for _, no := range sortedKeys(p.jobs) {
			if at := p.job(no).Last(job.DidAskTopUp, "", 0); at.After(l.At.Add(-24 * time.Hour)) {
				f.Jobs = append(f.Jobs, p.job(no))
			}
		}
	default:
		if wanted, ok := p.found[l.Kind]; ok {
			return wanted
		}
		if l.Kind != talk.KnownHere {
			return f
		}
		for _, no := range sortedKeys(p.jobs) {
			if j := p.job(no); f.Jobs == nil && j.MayJoin(l.Place, l.At) {
				f.Answer, f.Jobs = "hit", []*job.Job{j}
			}
		}
	}
	return f
}

// commit stores state and effects, with the number of a new job in place.
func (p *play) commit(s talk.State, effects []talk.Effect) []talk.Effect {
	effects = p.spread(effects)
	number := func(text string) string { return text }
	if _, ok := s.Jobs[job.Unnumbered]; ok {
		no := fmt.Sprintf("%s-%02d", p.now.Format("0102"), len(p.jobs)+1)
		number = func(text string) string { return strings.ReplaceAll(text, job.Unnumbered, no) }
	}
	for _, j := range s.Jobs {
		if !j.Kind.Known() {
			p.t.Errorf("job %s is of the kind %q, which nobody knows", j.No, j.Kind)
		}
		p.jobs[number(j.No)] = number(p.encode(j))
	}
	if s.Session.Chat != 0 {
		p.people[s.Session.Chat] = number(p.encode(s.Session))
	}
	p.team = p.encode(s.Team)
	for i, e := range effects {
		switch e := e.(type) {
		case talk.Say:
			e = sent(p, e, number)
			effects[i] = e
			if len(e.Keys) > 0 {
				p.screens[e.Chat] = e.Keys
			}
			switch {
			case e.Delete:
				delete(p.shown, e.Slot)
			case e.Slot != "":
				p.slots[card(e.Slot)] = append(p.slots[card(e.Slot)], e)
				p.shown[e.Slot] = e
			}
		case talk.Log:
			p.log = append(p.log, sent(p, e, number))
		case talk.Remind:
			keep := e.Keep
			if e = sent(p, e, number); e.At.IsZero() {
				delete(p.reminds, e.Name)
			} else if _, set := p.reminds[e.Name]; !set || !keep {
				p.reminds[e.Name] = e
			}
		case talk.Fact:
			e = sent(p, e, number)
			p.facts = append(slices.DeleteFunc(p.facts, func(f job.Fact) bool { return f.No == e.No }), e.Fact)
		case talk.Member:
			p.join(e)
		case talk.Forget:
			delete(p.people, e.Chat) // erasing wins over writing, as in the store
		case talk.Toast, talk.Leave:
		default:
			p.t.Errorf("unknown effect %T", e)
		}
	}
	return effects
}

// sent is an effect after it was stored and read again, with its job's number.
func sent[E talk.Effect](p *play, e E, number func(string) string) (stored E) {
	p.t.Helper()
	raw := number(p.encode(e))
	p.decode(raw, &stored)
	if back := p.encode(stored); back != raw {
		p.t.Errorf("%T does not survive being stored: %s is read as %s", e, raw, back)
	}
	return stored
}

// card is what a slot shows to its reader: details or a card that are sent anew
// are the same card.
func card(slot string) string {
	parts := strings.Split(slot, "/")
	switch parts[0] {
	case "details":
		return strings.Join(parts[:3], "/")
	case "job", "hall", "topup":
		return strings.Join(parts[:2], "/")
	}
	return slot
}

// press finds the button with that label on a drawing of a card, and presses
// it: a talk cannot press what nobody could see.
func (p *play) press(who talk.Person, slot, label string, drawn int) talk.Event {
	p.t.Helper()
	all := p.slots[slot]
	if drawn == 0 {
		drawn = len(all)
	}
	if drawn < 1 || drawn > len(all) {
		p.t.Fatalf("%s was drawn %d times, not %d", slot, len(all), drawn)
	}
	card := all[drawn-1]
	chat := talk.Chat{ID: card.Chat, Kind: talk.Duty}
	if card.Chat == hallChat {
		chat.Kind = talk.Hall
	}
	if card.Chat > 0 {
		chat.Kind = talk.Private
	}
	for _, row := range card.Buttons {
		for _, b := range row {
			if b.Text == label {
				return talk.Event{Kind: talk.Press, From: who, Chat: chat, Press: talk.ParseButton(b.Data), Callback: "c"}
			}
		}
	}
	p.t.Fatalf("no button %q on %s:\n%s", label, slot, strings.Join(draw(card), "\n"))
	return talk.Event{}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
