package flows

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// stretch is a part of a text, in bytes.
type stretch struct{ from, to int }

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
		if at, ok := standsAt(text, phrase, from, false); ok {
			all = append(all, at)
		}
	}
	return all
}

// standsAt says whether a phrase stands at a byte of a text, and how far it goes. A
// stem goes to the end of its word.
func standsAt(text, phrase string, from int, stem bool) (stretch, bool) {
	size, ok := matched(text[from:], phrase)
	if !ok {
		return stretch{}, false
	}
	at := stretch{from, from + size}
	if phrase[0] >= utf8.RuneSelf {
		return at, true
	}
	after := text[at.to:]
	rest := len(after) - len(strings.TrimLeftFunc(after, latin))
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	at.to += rest
	return at, !latin(before) && (stem || rest == 0)
}

// smallWords may stand between the characters of a Chinese phrase.
const smallWords = "也都又还就正刚全在"

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
	fillersEN  = " any sign signs of on the a an is are was were been be being see saw seen smell smelled notice noticed hear heard one there have has had got visible or nor smoke smoking fire sparks sparking flames burning longer really do does i we can could here around else anyone anybody kind type weird strange funny burnt loose fallen broken hanging "
	denialsEN  = " no not without never nothing nobody none neither "
	listedZH   = "火烟花焦糊味"
	fearsZH    = "怕|担心|小心|当心|防止|预防|避免|以免|怀疑|万一|要是|如果|会不会|是不是|有没有|能不能|以为|电视剧|电影|演习|梦见|新闻|游戏|去年|前年|上个月|上月|以前|小时候"
	fearsEN    = "afraid of|afraid it|worried about|in case of|risk of|could|might|may|will it|would it|what if|can it|if it|if there is|if there's|do not want|danger of|is it safe|last month|last year|used to|movie|film|thought it was|thought i saw|dreamt|joke"
	clauseEnds = ".,;!?:\u3002\uff0c\uff1b\uff01\uff1f\uff1a\n" // and their full-width forms
)

// denied says whether the words right before a danger deny it. What is assured
// (冒烟了) goes on with no list of what there is not.
func denied(before string, assured bool) bool {
	clause := strings.ReplaceAll(lastClause(before), "木有", "没有")
	if r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(clause, " ")); !latin(r) && r != '\'' && r != '’' {
		return deniedZH(clause, assured)
	}
	fields := strings.Fields(clause)
	for _, word := range slices.Backward(fields) {
		word = strings.TrimSuffix(word, "'s")
		switch {
		case strings.Contains(denialsEN, " "+word+" "), strings.HasSuffix(word, "n't"), strings.HasSuffix(word, "n’t"):
			return true
		case !strings.Contains(fillersEN, " "+word+" "):
			return false
		}
	}
	return false
}

func deniedZH(clause string, assured bool) bool {
	runes := []rune(clause)
	for i, r := range slices.Backward(runes) {
		switch {
		case strings.ContainsRune(denialsZH, r):
			// 有没有, 是不是, 会不会 ask; they deny nothing.
			return i == 0 || i == len(runes)-1 || runes[i-1] != runes[i+1]
		case !strings.ContainsRune(fillersZH, r), assured && r == ' ' && i > 0 && strings.ContainsRune(listedZH, runes[i-1]):
			return false
		}
	}
	return false
}

// deniedAfter says whether what follows a danger denies it: 火花倒是没有. 冒烟没有
// asks.
func deniedAfter(after string) bool {
	after, _, _ = strings.Cut(after, " ")
	rest := strings.TrimLeft(after, "倒是都也啥的呢嘛")
	return len(rest) < len(after) && slices.Contains([]string{"没有", "没", "没见", "没看见", "没看到", "没闻到", "没闻见", "没发现", "木有", "无"}, rest)
}

// feared says whether the danger is asked about or feared and not reported. What
// will tingle has tingled: 冰箱会麻.
func feared(text string, at stretch, kind string) bool {
	before := lastClause(text[:at.from])
	after, end := firstClause(text[at.to:])
	if strings.HasPrefix(after, "了") && !questionZH(strings.TrimPrefix(after, "了")) { // it has happened; the fear is another word: 怕孩子碰 插座冒烟了
		before = before[strings.LastIndexByte(before, ' ')+1:]
	}
	before = strings.NewReplacer("不小心", "", "主要是", "", "害怕", "", "可怕", "").Replace(before)
	if kind != "tingle" && strings.HasSuffix(before, "会") || strings.HasSuffix(before, "别") {
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
	verb, _, _ := strings.Cut(before, " ")
	again, _ := utf8.DecodeLastRuneInString(text[at.from:at.to])
	return questionZH(strings.TrimPrefix(after, "了")) || strings.HasPrefix(after, "灭了") ||
		strings.HasPrefix(after, "没"+string(again)) || strings.HasPrefix(after, "不"+string(again)) ||
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

// firstWord is the first word of a text, or "".
func firstWord(text string) string {
	for word := range strings.FieldsSeq(text) {
		return word
	}
	return ""
}
