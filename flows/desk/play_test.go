package desk_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/desk"
	"powerdesk/flows/words"
)

// The people of the talks. Residents are below 100; the duty team is not.
var people = map[string]flows.Person{
	"奶奶":   {ID: 1, Name: "王桂兰", Lang: words.ZH},
	"Anna": {ID: 2, Name: "Anna", Lang: words.EN},
	"邻居":   {ID: 3, Name: "刘大爷", Lang: words.ZH},
	"李强":   {ID: 101, Name: "李强", Lang: words.ZH, Member: true},
	"周敏":   {ID: 102, Name: "周敏", Lang: words.ZH, Member: true},
	"孙伟":   {ID: 103, Name: "孙伟", Lang: words.ZH, Member: true},
	"Ben":  {ID: 104, Name: "Ben", Lang: words.EN, Member: true},
	"Cora": {ID: 105, Name: "Cora", Lang: words.EN, Member: true},
	"路人":   {ID: 200, Name: "路人", Lang: words.ZH},
}

// play is a whole desk in memory: it does at once what store and outbox do
// durably, so that a talk can be read as a talk.
type play struct {
	t       *testing.T
	desk    *flows.Desk
	now     time.Time
	serial  int
	jobs    map[string]string // number -> JSON, as stored
	people  map[int64]string  // chat -> JSON session, as stored
	found   map[flows.LookupKind]flows.Finding
	reminds map[string]flows.Remind
	slots   map[string]flows.Say // the card as it stands
	log     []flows.Log
	says    int // messages to the person of the last turn
	seen    func(flows.Event, flows.State, []flows.Effect)
}

func newPlay(t *testing.T, lang words.Lang) *play {
	return &play{
		t: t, desk: desk.New(county(lang)), now: time.Date(2026, 11, 23, 19, 40, 0, 0, shanghai),
		jobs: map[string]string{}, people: map[int64]string{}, found: map[flows.LookupKind]flows.Finding{},
		reminds: map[string]flows.Remind{}, slots: map[string]flows.Say{},
	}
}

// load reads the state as the store would: copies, never what a Step still holds.
func (p *play) load(chat int64, job string) flows.State {
	s := flows.State{Session: &flows.Session{Chat: chat}, Jobs: map[string]*flows.Job{}}
	if raw, ok := p.people[chat]; ok {
		p.decode(raw, s.Session)
	}
	for _, no := range slices.Concat(s.Session.Follows, s.Session.Holds, []string{s.Session.Job, job}) {
		if raw, ok := p.jobs[no]; ok {
			s.Jobs[no] = &flows.Job{}
			p.decode(raw, s.Jobs[no])
		}
	}
	return s
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
func (p *play) turn(e flows.Event) []flows.Effect {
	p.t.Helper()
	p.serial++
	e.ID, e.At, e.Token = "u"+strconv.Itoa(p.serial), p.now, "token"
	chat := e.From.ID
	if e.Kind == flows.Due {
		chat = e.Timer.Chat
	}
	state := p.load(chat, e.Press.Job)
	var all []flows.Effect
	for range 8 {
		var effects []flows.Effect
		state, effects = p.desk.Step(state, e)
		asked := slices.IndexFunc(effects, func(f flows.Effect) bool { _, ok := f.(flows.Lookup); return ok })
		all = append(all, effects...)
		if asked < 0 {
			if p.seen != nil {
				p.seen(e, state, all)
			}
			return p.commit(state, all)
		}
		kind := effects[asked].(flows.Lookup).Kind
		finding, ok := p.found[kind]
		if !ok {
			finding = flows.Finding{Kind: kind, Answer: "none"}
		}
		e.Kind, e.Finding = flows.Found, finding
	}
	p.t.Fatal("look-ups that never end")
	return nil
}

// commit stores state and effects, with the number of a new job in place.
func (p *play) commit(s flows.State, effects []flows.Effect) []flows.Effect {
	number := func(text string) string { return text }
	if _, ok := s.Jobs[flows.Unnumbered]; ok {
		no := fmt.Sprintf("%s-%02d", p.now.Format("0102"), len(p.jobs)+1)
		number = func(text string) string { return strings.ReplaceAll(text, flows.Unnumbered, no) }
	}
	for _, j := range s.Jobs {
		raw := number(p.encode(j))
		p.jobs[number(j.No)] = raw
	}
	p.people[s.Session.Chat] = number(p.encode(s.Session))
	for i, e := range effects {
		switch e := e.(type) {
		case flows.Say:
			var say flows.Say
			p.decode(number(p.encode(e)), &say)
			effects[i] = say
			if say.Slot != "" {
				p.slots[say.Slot] = say
			}
		case flows.Log:
			var line flows.Log
			p.decode(number(p.encode(e)), &line)
			p.log = append(p.log, line)
		case flows.Remind:
			p.reminds[e.Name] = e
		case flows.Forget:
			p.people[e.Chat] = number(p.encode(s.Session))
		}
	}
	return effects
}

var pinLine = regexp.MustCompile(`^\[pin ([\d.]+) ([\d.]+)\]$`)
var contactLine = regexp.MustCompile(`^\[(contact|foreign contact) (\S+)\]$`)

// event reads one line of a talk as what the person did.
func event(who flows.Person, line string) flows.Event {
	e := flows.Event{Kind: flows.Text, From: who, Chat: flows.Chat{ID: who.ID, Kind: flows.Private}, Text: line}
	switch {
	case strings.HasPrefix(line, "/"):
		command, rest, _ := strings.Cut(line[1:], " ")
		e.Kind, e.Command, e.Text = flows.Command, command, rest
	case line == "[photo]", line == "[voice]":
		kind := flows.MediaKind(strings.Trim(line, "[]"))
		e.Kind, e.Text, e.Media = flows.Attach, "", flows.Attachment{Kind: kind, FileID: "file-" + string(kind)}
	case line == "[album]":
		e.Kind, e.Text, e.Media = flows.Attach, "", flows.Attachment{Kind: flows.Photo, FileID: "file-album", Album: "a1"}
	case line == "[sticker]":
		e.Kind, e.Text = flows.Other, ""
	case line == "[edits an old message]":
		e.Kind = flows.Edited
	case line == "[blank]":
		e.Text = ""
	case pinLine.MatchString(line):
		m := pinLine.FindStringSubmatch(line)
		e.Kind, e.Text = flows.Pinned, ""
		e.Pin.Lat, _ = strconv.ParseFloat(m[1], 64)
		e.Pin.Lon, _ = strconv.ParseFloat(m[2], 64)
	case contactLine.MatchString(line):
		m := contactLine.FindStringSubmatch(line)
		e.Kind, e.Text, e.Phone, e.Foreign = flows.Contact, "", m[2], m[1] != "contact"
	}
	return e
}

// press finds the button with that label on the card that stands, and presses
// it: a talk cannot press what nobody can see.
func (p *play) press(who flows.Person, in flows.ChatKind, no, label string) flows.Event {
	p.t.Helper()
	slot, chat := "job/"+no, county(words.ZH).Chats.Duty
	if in == flows.Private {
		slot, chat = fmt.Sprintf("details/%s/%d", no, who.ID), who.ID
	}
	for _, row := range p.slots[slot].Buttons {
		for _, b := range row {
			if b.Text == label {
				return flows.Event{
					Kind: flows.Press, From: who, Chat: flows.Chat{ID: chat, Kind: in},
					Press: flows.ParseButton(b.Data), Callback: "c",
				}
			}
		}
	}
	p.t.Fatalf("no button %q on %s:\n%s", label, slot, draw(p.slots[slot]))
	return flows.Event{}
}
