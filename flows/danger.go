package flows

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/words"
)

// DangerKinds lists the kinds of danger in the order in which the danger screen
// offers them (DOMAIN §4 D1–D5).
var DangerKinds = []string{"fire", "wire", "shock", "water", "tingle"}

// alarm takes a danger word. An unmistakable phrase alerts the crew at once; a
// word that may mean something else (火, a wire, "is it smoking?") asks the
// danger question, and is left alone where names, addresses and free words are
// written.
func (d *Desk) alarm(t *Turn, s *Step) bool {
	f := d.flows[alarmFlow]
	kind, sure := danger(t.E.Text)
	asking := t.here() == alarmFlow+"/"+f.Start
	switch {
	case kind == "", !sure && (s.Names || s.Free || asking):
		return false
	case t.E.Kind == Text: // a caption stays with its picture
		t.KeepWords(t.E.Text)
	}
	t.hint()
	if !t.Idle() {
		t.remember(t.here())
	}
	if sure {
		f.Alarm(t, kind)
		return true
	}
	t.enter(alarmFlow+"/"+f.Start, false)
	return true
}

// DeniesDanger says whether the text of this turn names dangers only to say
// that there are none: "没有冒烟", "no sparks".
func (t *Turn) DeniesDanger() bool {
	kind, _ := danger(t.E.Text)
	return kind == "" && slices.ContainsFunc(append(DangerKinds, "doubtful"), func(k string) bool {
		return len(dangers(harmless(t.E.Text), k)) > 0
	})
}

// DangerIn gives the kind of danger that a text names, "" when it names none, and
// whether it is beyond doubt.
func DangerIn(text string) (kind string, sure bool) { return danger(text) }

// danger finds a danger in the text, and whether it is beyond doubt. A denied
// one is none. One that is asked about or feared is in doubt, and so is a word
// that may mean something else.
func danger(text string) (kind string, sure bool) {
	text = harmless(text)
	for _, k := range DangerKinds {
		for _, at := range dangers(text, k) {
			switch {
			case denied(text[:at.from]):
			case feared(text, at):
				kind = k
			default:
				return k, true
			}
		}
	}
	if kind != "" {
		return kind, false
	}
	for _, at := range dangers(text, "doubtful") {
		if !denied(text[:at.from]) {
			return "unknown", false
		}
	}
	return "", false
}

// harmless takes out what only looks like a danger: 火车, 麻烦, "fire station".
func harmless(text string) string {
	text = strings.ToLower(text)
	for _, l := range words.Langs {
		for _, phrase := range words.Also(l, "danger.harmless") {
			for _, at := range slices.Backward(occurrences(text, phrase)) {
				text = text[:at.from] + "·" + text[at.to:]
			}
		}
	}
	return text
}

// stretch is a part of a text, in bytes.
type stretch struct{ from, to int }

// dangers finds every place where a phrase of the kind stands.
func dangers(text, kind string) (all []stretch) {
	for _, l := range words.Langs {
		for _, phrase := range words.Also(l, "danger."+kind) {
			all = append(all, occurrences(text, phrase)...)
		}
	}
	return all
}

// occurrences finds a phrase in a text, both in lower case: a Latin one as whole
// words, a Chinese one anywhere, also with small words between its characters,
// as 电线也掉了 holds 电线掉.
func occurrences(text, phrase string) (all []stretch) {
	if phrase == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(phrase)
	for from, r := range text {
		if r != first {
			continue
		}
		size, ok := matched(text[from:], phrase)
		if !ok {
			continue
		}
		at := stretch{from, from + size}
		before, _ := utf8.DecodeLastRuneInString(text[:at.from])
		after, _ := utf8.DecodeRuneInString(text[at.to:])
		if phrase[0] >= utf8.RuneSelf || !latin(before) && !latin(after) {
			all = append(all, at)
		}
	}
	return all
}

// smallWords may stand between the characters of a Chinese phrase.
const smallWords = "也都又还就正刚全在 "

// matched says how much of the text's beginning is the phrase.
func matched(text, phrase string) (size int, ok bool) {
	if phrase[0] < utf8.RuneSelf {
		return len(phrase), strings.HasPrefix(text, phrase)
	}
	rest := phrase
	for i, r := range text {
		want, width := utf8.DecodeRuneInString(rest)
		switch {
		case r == want:
			if rest = rest[width:]; rest == "" {
				return i + width, true
			}
		case rest == phrase || !strings.ContainsRune(smallWords, r):
			return 0, false
		}
	}
	return 0, false
}

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

// What may stand between "no" and the danger it denies, and what makes a danger
// a fear. "没电了,冒烟" denies nothing: 电 stands between.
const (
	fillersZH  = "有看见到闻觉发现什么过任何出再是啥会得 、或和冒烟火花焦糊味着"
	denialsZH  = "没无無未不"
	fillersEN  = " any sign signs of on the a an is are was were been be being see saw seen smell smelled notice noticed hear heard one there have has had got visible or nor smoke fire sparks flames burning longer really do does i we can could "
	denialsEN  = " no not without never nothing nobody none neither "
	fearsZH    = "怕|担心|小心|当心|防止|预防|避免|以免|怀疑|万一|要是|如果|会不会|是不是|有没有|能不能"
	fearsEN    = "afraid of|afraid it|worried about|in case of|risk of|could|might|may|will it|would it|what if|can it|if it|if there is|if there's|do not want|danger of"
	clauseEnds = ".,;!?:\u3002\uff0c\uff1b\uff01\uff1f\uff1a\n" // and their full-width forms
)

// denied says whether the words right before a danger deny it.
func denied(before string) bool {
	clause := lastClause(before)
	if r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(clause, " ")); !latin(r) && r != '\'' && r != '’' {
		return deniedZH(clause)
	}
	fields := strings.Fields(clause)
	for _, word := range slices.Backward(fields) {
		switch {
		case strings.Contains(denialsEN, " "+word+" "), strings.HasSuffix(word, "n't"), strings.HasSuffix(word, "n’t"):
			return true
		case !strings.Contains(fillersEN, " "+word+" "):
			return false
		}
	}
	return false
}

func deniedZH(clause string) bool {
	runes := []rune(clause)
	for i, r := range slices.Backward(runes) {
		switch {
		case strings.ContainsRune(denialsZH, r):
			// 有没有, 是不是, 会不会 ask; they deny nothing.
			return i == 0 || i == len(runes)-1 || runes[i-1] != runes[i+1]
		case !strings.ContainsRune(fillersZH, r):
			return false
		}
	}
	return false
}

// feared says whether the danger is asked about or feared and not reported.
func feared(text string, at stretch) bool {
	before := lastClause(text[:at.from])
	before = strings.NewReplacer("不小心", "", "主要是", "").Replace(before)
	if strings.HasSuffix(before, "会") || strings.HasSuffix(before, "别") {
		return true
	}
	for _, fear := range strings.Split(fearsZH, "|") {
		if strings.Contains(before, fear) {
			return true
		}
	}
	for _, fear := range strings.Split(fearsEN, "|") {
		if len(occurrences(before, fear)) > 0 {
			return true
		}
	}
	after, end := firstClause(text[at.to:])
	verb, _, _ := strings.Cut(before, " ")
	return questionZH(strings.TrimPrefix(after, "了")) ||
		end == "?" && slices.Contains([]string{"is", "are", "could", "can", "will", "would", "might", "does", "do", "should"}, verb)
}

// questionZH says whether what follows a word makes it a question: 着火了吗,
// 冒烟没有. 着火了怎么办 is none.
func questionZH(after string) bool {
	return strings.HasSuffix(after, "吗") || after == "么" || after == "没" || after == "没有"
}

// clauseLimit is how much of a clause is looked at, in bytes: denial and fear
// stand near what they are about, and a long text must not cost its square.
const clauseLimit = 120

// lastClause is what stands after the last mark that ends a clause, as far as it
// is near.
func lastClause(text string) string {
	if from := len(text) - clauseLimit; from > 0 {
		for !utf8.RuneStart(text[from]) {
			from++
		}
		text = text[from:]
	}
	if i := strings.LastIndexAny(text, clauseEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		text = text[i+size:]
	}
	return strings.TrimLeft(text, " ")
}

// firstClause is what stands before the first mark that ends a clause, and that
// mark, a question mark in Latin.
func firstClause(text string) (clause, end string) {
	text = text[:min(len(text), clauseLimit)]
	i := strings.IndexAny(text, clauseEnds)
	if i < 0 {
		return strings.TrimSpace(text), ""
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return strings.TrimSpace(text[:i]), strings.Replace(text[i:i+size], "\uff1f", "?", 1)
}
