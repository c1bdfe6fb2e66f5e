package talk

import (
	"unicode"

	"powerdesk/flows/words"
)

// wide is the label length, in columns, above which a button gets a row of its
// own: two such labels side by side would be cut on a small phone.
const wide = 14

// show turns what the turn has told and asked into its one message: one turn is
// one call to Telegram, and one thing to read. Where the talk has come to its
// end, a question that a job has open is asked with it.
func (t *Turn) show() {
	if t.silent || !t.ask && len(t.told) == 0 {
		return
	}
	f, s := t.step()
	question, picture := "", ""
	if t.ask {
		picture = s.Picture
		question = t.Word(s.WordsKey(f.Name)+".say", t.args(s))
		if flow, step, job := t.Desk.pendingQuestion(t); flow == f && step == s && job == t.S.Job {
			t.S.PendingPut = t.pendingRef(f, s, job)
		}
		if s.Ends {
			t.told = append(t.told, question)
			question = ""
			t.Clear()
		}
	}
	if t.Idle() && t.E.Chat.Kind == Private && t.putPendingAtEnd() {
		f, s = t.step()
		question = t.Word(s.WordsKey(f.Name)+".say", t.args(s))
	}
	f, s = t.step()
	text := t.message(question)
	if len([]rune(text)) > longestBelow {
		picture = "" // words are never cut for a picture
	}
	keys := t.keyboard(f, s)
	if t.bare {
		keys = nil
	}
	t.Do(Say{Chat: t.S.Chat, Text: text, Keys: keys, Picture: picture, Class: t.class})
}

// longestBelow is how many characters Telegram takes below a picture
// (RELIABILITY §2 "Text"). Tags are counted with the rest: rather too many than
// too few.
const longestBelow = 1024

// keyboard is the reply keyboard of a step: its answers, then the way to
// people, then the way back, out and to a person. The menu has no second way
// out of itself.
func (t *Turn) keyboard(f *Flow, s *Step) [][]Key {
	var rows [][]Key
	for _, a := range s.Answers {
		if a.Ask != PlainKey && (a.When == nil || a.When(t)) {
			label := t.label(s.WordsKey(f.Name) + "." + a.ID)
			rows = beside(rows, Key{Text: label, Contact: a.Ask == ContactKey, Location: a.Ask == LocationKey}, s.Tiny)
		}
	}
	for _, c := range t.choices(f, s) {
		rows = beside(rows, Key{Text: c.Label}, true)
	}
	if s.Come {
		rows = append(rows, []Key{{Text: t.label("nav.come")}})
	}
	if f.Name+"/"+s.ID == menuRef {
		return rows
	}
	if s.Tiny {
		return beside(rows, Key{Text: t.label("nav.person")}, true)
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

// beside adds a button to the rows: next to the last one when that is alone, both
// are short, and it may be.
func beside(rows [][]Key, key Key, may bool) [][]Key {
	last := len(rows) - 1
	if may && last >= 0 && len(rows[last]) == 1 && columns(key.Text) <= wide && columns(rows[last][0].Text) <= wide {
		rows[last] = append(rows[last], key)
		return rows
	}
	return append(rows, []Key{key})
}

func (t *Turn) label(key string) string { return words.Plain(t.S.Lang, key, nil) }

// longestLabel is how wide a button may be, in columns: longer ones are cut by
// the smallest phones anyway, and then nobody knows where.
const longestLabel = 40

// fit cuts a label that names something long.
func fit(label string) string {
	if columns(label) <= longestLabel {
		return label
	}
	width := 0
	for i, r := range label {
		if width += columns(string(r)); width >= longestLabel {
			return label[:i] + "…"
		}
	}
	return label
}

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
