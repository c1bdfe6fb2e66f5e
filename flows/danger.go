package flows

import (
	"strings"
	"unicode"

	"powerdesk/flows/words"
)

// DangerKinds lists the kinds of danger in the order in which the danger screen
// offers them (DOMAIN §4 D1–D5).
var DangerKinds = []string{"fire", "wire", "shock", "water", "tingle"}

// negations make a danger word doubtful when they stand right before it. A
// doubtful word still asks; only a clear one alarms by itself.
var negations = []string{"没", "無", "无", "不", "别", "未", "no ", "not ", "without ", "n't "}

// window is how far before a danger word a negation counts, in runes: enough
// for "没有看见冒烟".
const window = 5

// alarm takes a danger word. An unmistakable phrase alerts the crew at once; a
// word that may mean something else (火, a wire, "no smoke") asks the danger
// question, and is left alone where names and addresses are written.
func (d *Desk) alarm(t *Turn, s *Step) bool {
	kind, sure := danger(t.E.Text)
	f := d.flows[alarmFlow]
	switch {
	case kind == "" || f == nil:
		return false
	case sure:
		t.S.Notes = append(t.S.Notes, t.E.Text)
		if !t.Idle() {
			t.remember(t.here())
		}
		f.Alarm(t, kind)
		return true
	case s.Names || s.Free || t.here() == alarmFlow+"/"+f.Start:
		return false
	}
	t.S.Notes = append(t.S.Notes, t.E.Text)
	t.remember(t.here())
	t.enter(alarmFlow+"/"+f.Start, false)
	return true
}

// danger finds a danger word in the text, and whether it is beyond doubt.
func danger(text string) (kind string, sure bool) {
	for _, k := range DangerKinds {
		for _, l := range words.Langs {
			for _, phrase := range words.Also(l, "danger."+k) {
				if at := find(text, phrase); at >= 0 {
					if !negated(text[:at]) {
						return k, true
					}
					kind = k
				}
			}
		}
	}
	if kind != "" {
		return kind, false
	}
	for _, l := range words.Langs {
		for _, word := range words.Also(l, "danger.doubtful") {
			if holds(text, word) {
				return "unknown", false
			}
		}
	}
	return "", false
}

func negated(before string) bool {
	runes := []rune(strings.ToLower(before))
	near := string(runes[max(0, len(runes)-window):])
	for _, n := range negations {
		if strings.Contains(near, n) {
			return true
		}
	}
	return false
}

// holds says whether the text contains the phrase: Latin words as whole words,
// Chinese ones anywhere.
func holds(text, phrase string) bool { return find(text, phrase) >= 0 }

func find(text, phrase string) int {
	text, phrase = strings.ToLower(text), strings.ToLower(phrase)
	for from := 0; phrase != ""; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return -1
		}
		i += from
		if phrase[0] >= 0x80 || !letterBefore(text[:i]) && !letterAfter(text[i+len(phrase):]) {
			return i
		}
		from = i + 1
	}
	return -1
}

func letterBefore(s string) bool { return latin(lastRune(s)) }
func letterAfter(s string) bool  { return latin(firstRune(s)) }

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	runes := []rune(s)
	if len(runes) == 0 {
		return 0
	}
	return runes[len(runes)-1]
}
