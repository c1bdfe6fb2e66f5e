package understand

import (
	"slices"
	"strings"
	"unicode/utf8"

	"powerdesk/flows/text"
)

// What may stand between "no" and the danger it denies, and what makes a danger
// a fear or a thing of the past. "没电了,冒烟" denies nothing: 电 stands between.
const (
	fillersZH  = "有看见到闻听觉发现存在你们说的那些哪儿什么过任何出再是啥会得 、或和冒烟火花烧焦糊味着股"
	denialsZH  = "没无無未不"
	fillersEN  = " any sign signs of on the a an is are was were been be being see saw seen smell smelled notice noticed hear heard one there have has had got visible or nor smoke smoking fire sparks sparking flames burning longer really do does i we can could here around else anyone anybody anything visible damage to kind type weird strange funny burnt loose fallen broken hanging "
	denialsEN  = " no not without never nothing nobody none neither "
	listedZH   = "火烟花焦糊味"
	clauseEnds = ".,;!?:\u3002\uff0c\uff1b\uff01\uff1f\uff1a\n" // and their full-width forms
)

// denied says whether the words right before a danger deny it. What is assured
// (冒烟了) goes on with no list of what there is not.
func denied(before string, assured bool) bool {
	clause := strings.NewReplacer("木有", "没有", "哪有什么", "没有", "哪有啥", "没有").Replace(lastClause(before))
	if r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(clause, " ")); !text.Latin(r) && r != '\'' && r != '’' {
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

// deniedAfter says whether what follows a danger denies it: 火花倒是没有, 火星没见着,
// "sparks? none". 冒烟没有 asks.
func deniedAfter(after, end string, next string) bool {
	if after == "" && end == "?" {
		return slices.Contains([]string{"no", "none", "nope", "没", "没有", "没人"}, next)
	}
	after, _, _ = strings.Cut(after, " ")
	rest := strings.TrimLeft(after, "子儿花倒是都也啥的呢嘛")
	return (len(rest) < len(after) || strings.HasPrefix(rest, "没见") || strings.HasPrefix(rest, "没看") || strings.HasPrefix(rest, "没闻")) &&
		(strings.HasPrefix(rest, "没") || strings.HasPrefix(rest, "木有") || strings.HasPrefix(rest, "无")) &&
		strings.Trim(rest, "没木无有见着看到闻发现过啊呀呢的") == ""
}

// feared says whether the danger is asked about or feared and not reported, is long
// past, or was seen in a film. What will tingle has tingled: 冰箱会麻.
func (r *dangerText) feared(at text.Stretch, kind string) bool {
	before := lastClause(r.text[:at.From])
	after, end := FirstClause(r.text[at.To:])
	if strings.HasPrefix(after, "了") && !questionZH(strings.TrimPrefix(after, "了")) { // it has happened; the fear is another word: 怕孩子碰 插座冒烟了
		before = before[strings.LastIndexByte(before, ' ')+1:]
	}
	if kind != "tingle" && strings.HasSuffix(before, "会") || strings.HasSuffix(before, "别") {
		return true
	}
	clause := at.From - len(before)
	if r.says("feared", clause, at.From) || r.says("past", clause, at.To+len(after)) || r.says("unreal", max(0, at.From-clauseLimit), at.From) {
		return true
	}
	verb, _, _ := strings.Cut(before, " ")
	again, _ := utf8.DecodeLastRuneInString(r.text[at.From:at.To])
	return questionZH(strings.TrimPrefix(after, "了")) || strings.HasPrefix(after, "灭了") ||
		strings.HasPrefix(after, "没"+string(again)) || strings.HasPrefix(after, "不"+string(again)) ||
		end == "?" && slices.Contains([]string{"is", "are", "could", "can", "will", "would", "might", "does", "do", "should"}, verb)
}

// likened says whether what follows a word makes it a likeness: 跟着了火似的.
func likened(after string) bool {
	return strings.HasPrefix(after, "似的") || strings.HasPrefix(after, "一样")
}

// says says whether a word of a class begins in a part of the text.
func (r *dangerText) says(class string, from, to int) bool {
	return slices.ContainsFunc(r.hits[class], func(h text.Stretch) bool { return from <= h.From && h.From < to })
}

// questionZH says whether what follows a word makes it a question: 着火了吗,
// 冒烟没有. 着火了怎么办 is none.
func questionZH(after string) bool {
	return strings.HasSuffix(after, "吗") && utf8.RuneCountInString(after) < 9 || after == "么" || after == "没" || after == "没有"
}

// clauseLimit is how much of a clause is looked at, in bytes: denial and fear
// stand near what they are about, and a long text must not cost its square.
const clauseLimit = 120

// lastClause is what stands after the last mark that ends a clause, as far as it
// is near.
func lastClause(said string) string {
	if from := len(said) - clauseLimit; from > 0 {
		for !utf8.RuneStart(said[from]) {
			from++
		}
		said = said[from:]
	}
	if i := strings.LastIndexAny(said, clauseEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(said[i:])
		said = said[i+size:]
	}
	return strings.TrimLeft(said, " ")
}

// FirstClause is what stands before the first mark that ends a clause, and that
// mark, a question mark in Latin.
func FirstClause(said string) (clause, end string) {
	said = said[:min(len(said), clauseLimit)]
	i := strings.IndexAny(said, clauseEnds)
	if i < 0 {
		return strings.TrimSpace(said), ""
	}
	_, size := utf8.DecodeRuneInString(said[i:])
	return strings.TrimSpace(said[:i]), strings.Replace(said[i:i+size], "\uff1f", "?", 1)
}
