package understand

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// People write by sound: 没店了 for 没电了, 跳匝 for 跳闸. The phrases of sounds.txt are
// restored wherever something else sounds like them and is no word of its own.

// soundOf gives the sound of a character without its tone, "" for what is none. The
// sounds that northern speakers and keyboards mix are one: zh and z, sh and s, ch and
// c, -ng and -n.
func soundOf(r rune) string {
	if s, known := soundsHeard.Load(r); known {
		return s.(string)
	}
	s := ""
	if unicode.Is(unicode.Han, r) {
		if all := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(all) > 0 {
			s = merged(all[0])
		}
	}
	soundsHeard.Store(r, s)
	return s
}

// soundsHeard remembers soundOf: it is asked of every character of every sentence.
var soundsHeard sync.Map

func merged(sound string) string {
	if len(sound) > 1 && sound[1] == 'h' {
		sound = sound[:1] + sound[2:]
	}
	return strings.TrimSuffix(sound, "g")
}

// sounds gives the sound of a phrase, syllable by syllable.
func sounds(phrase string) string {
	var b strings.Builder
	for _, r := range phrase {
		b.WriteString(soundOf(r))
		b.WriteByte(' ')
	}
	return b.String()
}

// bySound restores the phrases of the table that a text only sounds like.
func bySound(s string) string {
	t := tables()
	runes := []rune(s)
	for at := 0; at < len(runes); at++ {
		for size := min(4, len(runes)-at); size > 1; size-- {
			here := string(runes[at : at+size])
			if t.ordinary[here] {
				break
			}
			meant, known := t.bySound[sounds(here)]
			if !known || meant == here {
				continue
			}
			if t.ordinaryAround(runes, at, at+size) {
				continue
			}
			copy(runes[at:], []rune(meant))
			at += size - 1
			break
		}
	}
	return string(runes)
}

// ordinaryAround says whether an ordinary word overlaps a stretch: 停点 in 停点儿 is
// no 停电.
func (t *tableSet) ordinaryAround(runes []rune, from, to int) bool {
	for start := max(0, from-2); start < to; start++ {
		for end := min(len(runes), start+4); end > max(start+1, from); end-- {
			if t.ordinary[string(runes[start:end])] {
				return true
			}
		}
	}
	return false
}

// fromPinyin reads "ting dian le" where somebody typed the sounds themselves; "" when
// the text is no row of them.
func fromPinyin(plain string) string {
	letters := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\'' {
			return -1
		}
		return r
	}, plain)
	if len(letters) > 40 {
		return ""
	}
	var out strings.Builder
	found := false
	for letters != "" {
		best, to := "", ""
		for spelt, phrase := range tables().spelt {
			if len(spelt) > len(best) && strings.HasPrefix(letters, spelt) {
				best, to = spelt, phrase
			}
		}
		if best == "" {
			return ""
		}
		found = found || utf8.RuneCountInString(to) > 1
		out.WriteString(to)
		letters = letters[len(best):]
	}
	if !found {
		return ""
	}
	return out.String()
}
