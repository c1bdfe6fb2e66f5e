package flows

import (
	"unicode"

	"powerdesk/flows/words"
)

// wide is the label length, in columns, above which a button gets a row of its
// own: two such labels side by side would be cut on a small phone.
const wide = 14

// show turns what the turn has told and asked into its one message: one turn is
// one call to Telegram, and one thing to read.
func (t *Turn) show() {
	if t.silent || !t.ask && len(t.told) == 0 {
		return
	}
	f, s := t.step()
	question := ""
	if t.ask {
		question = words.Say(t.S.Lang, s.WordsKey(f.Name)+".say", t.args(s))
	}
	keys := t.keyboard(f, s)
	if t.ask && s.Ends {
		t.Clear()
		menu, step := t.step()
		keys = t.keyboard(menu, step)
	}
	if t.keys != nil {
		keys = t.keys
	}
	t.Do(Say{Chat: t.S.Chat, Text: t.message(question), Keys: keys, Class: t.class})
}

// keyboard is the reply keyboard of a step: its answers, then the way to
// people, then the way back, out and to a person. The menu has no second way
// out of itself.
func (t *Turn) keyboard(f *Flow, s *Step) [][]Key {
	var rows [][]Key
	for _, a := range s.Answers {
		if a.Ask != PlainKey && (a.When == nil || a.When(t)) {
			label := words.Plain(t.S.Lang, s.WordsKey(f.Name)+"."+a.ID, nil)
			rows = append(rows, []Key{{Text: label, Contact: a.Ask == ContactKey, Location: a.Ask == LocationKey}})
		}
	}
	for _, c := range t.choices(f, s) {
		key := Key{Text: c.Label}
		last := len(rows) - 1
		if last >= 0 && len(rows[last]) == 1 && columns(c.Label) <= wide && columns(rows[last][0].Text) <= wide {
			rows[last] = append(rows[last], key)
			continue
		}
		rows = append(rows, []Key{key})
	}
	if s.Come {
		rows = append(rows, []Key{{Text: t.label("nav.come")}})
	}
	if f.Name+"/"+s.ID == menuRef {
		return rows
	}
	var nav []Key
	if len(t.S.Trail) > 0 {
		nav = append(nav, Key{Text: t.label("nav.back")})
	}
	nav = append(nav, Key{Text: t.label("nav.exit")})
	if f.Name+"/"+s.ID != personRef {
		nav = append(nav, Key{Text: t.label("nav.person")})
	}
	return append(rows, nav)
}

func (t *Turn) label(key string) string { return words.Plain(t.S.Lang, key, nil) }

// columns measures a label: a Chinese character is as wide as two letters.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.In(r, unicode.Han) || r >= 0xFF00 || r >= 0x3000 && r < 0x3040 {
			n++
		}
	}
	return n
}
