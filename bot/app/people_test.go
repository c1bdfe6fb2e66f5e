package app

import (
	"errors"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// person is somebody with a phone. The methods do what a thumb does; they find
// buttons by the key of their words, so that no test depends on the wording.
type person struct {
	*scene
	id    int64
	name  string
	lang  words.Lang
	hands demo.Actor
	last  int // the person's own latest message: answers come after it
}

// languages are how Telegram's apps name the two languages of the desk.
var languages = map[words.Lang]string{words.ZH: "zh-hans", words.EN: "en"}

// somebody brings a person who has not opened the bot.
func (s *scene) somebody(name string, l words.Lang) *person {
	s.people++
	p := &person{scene: s, id: 5_000_000_000 + s.people, name: name, lang: l}
	p.hands = s.tg.As(p.id)
	s.speaks[p.id] = l
	s.tg.AddPerson(demo.Person{ID: p.id, Name: name, Language: languages[l], Phone: p.phone()})
	return p
}

// phone is the person's own, of a range that nobody has.
func (p *person) phone() string { return fmt.Sprintf("+861390000%04d", p.id%10_000) }

// resident brings a person whose name, phone and door nobody but a pair may see.
func (s *scene) resident(l words.Lang) *person {
	p := s.somebody(fmt.Sprintf("王桂兰%d", s.people), l)
	s.secrets = append(s.secrets, p.name, strings.TrimPrefix(p.phone(), "+86"), door)
	return p
}

// volunteer brings a member of the duty group who has not opened the bot.
func (s *scene) volunteer(name string) *person {
	s.Helper()
	p := s.somebody(name, s.setting.County.Lang)
	if err := p.hands.Join(dutyChat); err != nil {
		s.Fatal(err)
	}
	return p
}

// did notes the message with which the person acted.
func (p *person) did(id int, err error) {
	p.Helper()
	if err != nil {
		p.Fatalf("%v\n%s", err, p.screen(p.id))
	}
	p.last = id
}

// start presses START, or follows a deep link.
func (p *person) start(payload string) { p.Helper(); p.did(p.hands.Start(payload)) }

// types writes a text in the private chat.
func (p *person) types(text string) { p.Helper(); p.did(p.hands.Send(p.id, text)) }

// tap presses the key of the reply keyboard with these words; a key that asks
// for the phone shares it.
func (p *person) tap(key string) { p.Helper(); p.tapOn(words.Plain(p.lang, key, nil)) }

// tapOn presses the key of the reply keyboard with this label.
func (p *person) tapOn(label string) { p.Helper(); p.did(p.hands.Tap(label)) }

// hears waits for the bot's answer, or for news, since the person last acted.
func (p *person) hears(key string) demo.Message {
	p.Helper()
	return p.awaits(p.id, p.last, key)
}

// answered waits for the bot's answer, whatever it says.
func (p *person) answered() demo.Message {
	p.Helper()
	m, err := p.tg.Await(p.soon(), p.id, p.last, func(m demo.Message) bool { return m.Bot })
	if err != nil {
		p.Fatalf("no answer: %v\n%s", err, p.screen(p.id))
	}
	return m
}

// reads waits for a message of the bot that says the sentence, also by an edit
// of an old one.
func (p *person) reads(key string) demo.Message { p.Helper(); return p.awaits(p.id, 0, key) }

// sees is reads in the duty group.
func (s *scene) sees(key string) demo.Message { s.Helper(); return s.awaits(dutyChat, 0, key) }

func (s *scene) awaits(chat int64, after int, key string) demo.Message {
	s.Helper()
	says := sentence(s.TB, s.langOf(chat), key)
	m, err := s.tg.Await(s.soon(), chat, after, func(m demo.Message) bool { return m.Bot && says.MatchString(m.Text) })
	if err != nil {
		s.Fatalf("waiting for %s: %v\n%s", key, err, s.screen(chat))
	}
	return m
}

// langOf is what a chat reads: groups the desk's language, a person their own.
func (s *scene) langOf(chat int64) words.Lang {
	if chat < 0 {
		return s.setting.County.Lang
	}
	return s.speaks[chat]
}

// press presses the button with these words on the newest message that has it:
// in the duty group.
func (p *person) press(key string) demo.Toast { p.Helper(); return p.pressIn(dutyChat, key) }

// pressIn is press in any chat.
func (p *person) pressIn(chat int64, key string) demo.Toast {
	p.Helper()
	return p.toast(p.push(chat, key))
}

// push presses and does not wait for the answer.
func (p *person) push(chat int64, key string) *demo.Press {
	p.Helper()
	label, ctx := words.Plain(p.langOf(chat), key, nil), p.soon()
	for {
		var button demo.Button
		m, err := p.tg.Await(ctx, chat, 0, func(m demo.Message) bool {
			var ok bool
			button, ok = m.Button(label)
			return ok
		})
		if err != nil {
			p.Fatalf("no button %q: %v\n%s", label, err, p.screen(chat))
		}
		press, err := p.hands.Press(chat, m.ID, button.Data)
		switch {
		case errors.Is(err, demo.ErrNoButton), errors.Is(err, demo.ErrNoMessage):
			continue // redrawn under the thumb
		case err != nil:
			p.Fatal(err)
		}
		return press
	}
}

func (p *person) toast(press *demo.Press) demo.Toast {
	p.Helper()
	toast, err := press.Wait(p.soon())
	if err != nil {
		p.Fatal(err)
	}
	return toast
}

// told checks the toast of a press.
func (p *person) told(t demo.Toast, key string) {
	p.Helper()
	if !sentence(p.TB, p.lang, key).MatchString(t.Text) {
		p.Errorf("%s reads the toast %q, want %s", p.name, t.Text, key)
	}
}

// screen is what a chat shows, for failing tests.
func (s *scene) screen(chat int64) string {
	var b strings.Builder
	all, _ := s.tg.Messages(chat)
	for _, m := range all {
		fmt.Fprintf(&b, "%d %s: %s %v\n", m.ID, m.Name, m.Text, m.Buttons)
	}
	return b.String()
}

// heard gives the bot's messages of a chat, oldest first.
func (s *scene) heard(chat int64) []demo.Message {
	s.Helper()
	all, err := s.tg.Messages(chat)
	if err != nil {
		s.Fatal(err)
	}
	var bot []demo.Message
	for _, m := range all {
		if m.Bot {
			bot = append(bot, m)
		}
	}
	return bot
}

// transcript fails unless the bot said exactly these sentences in the chat, in
// this order.
func (s *scene) transcript(chat int64, keys ...string) {
	s.Helper()
	said := s.heard(chat)
	for i := range max(len(said), len(keys)) {
		switch {
		case i >= len(said):
			s.Errorf("message %d of chat %d is missing: want %s", i+1, chat, keys[i])
		case i >= len(keys):
			s.Errorf("message %d of chat %d is too many: %q", i+1, chat, said[i].Text)
		case !sentence(s.TB, s.langOf(chat), keys[i]).MatchString(said[i].Text):
			s.Errorf("message %d of chat %d is %q, want %s", i+1, chat, said[i].Text, keys[i])
		}
	}
}

// script is every sentence as it stands in the files, blanks and all.
var script = sync.OnceValues(func() (map[words.Lang]map[string]any, error) {
	all := make(map[words.Lang]map[string]any)
	for _, l := range words.Langs {
		raw, err := os.ReadFile("../../flows/words/" + string(l) + ".toml")
		if err != nil {
			return nil, err
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			return nil, err
		}
		all[l] = tree
	}
	return all, nil
})

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// sentence matches every text that says the sentence, whatever fills its blanks.
func sentence(tb interface{ Fatalf(string, ...any) }, l words.Lang, key string) *regexp.Regexp {
	all, err := script()
	if err != nil {
		tb.Fatalf("reading the words: %v", err)
	}
	var node any = all[l]
	for part := range strings.SplitSeq(key, ".") {
		tree, _ := node.(map[string]any)
		node = tree[part]
	}
	text, ok := node.(string)
	if !ok {
		tb.Fatalf("there are no words %s in %s", key, l)
	}
	text = strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(text, "")))
	var b strings.Builder
	for i, fixed := range blanks.Split(text, -1) {
		if i > 0 {
			b.WriteString(`(?s:.*?)`)
		}
		b.WriteString(regexp.QuoteMeta(fixed))
	}
	return regexp.MustCompile(b.String())
}
