package text

import (
	"slices"
	"strings"
)

// distinguishing are the characters by which two villages with otherwise the same
// name differ: 王庄 and 王楼, 东马 and 西马, 前李 and 后李, 二队 and 三队.
const distinguishing = "庄村楼屯店集铺寺庙洼堡营寨镇乡家官园街桥井台坊厂沟河口东西南北中前后上下里外大小新老一二三四五六七八九十"

// IsTypo says whether written is name with one slip of the finger: a character
// missing, extra, wrong, or two swapped. What may tell another village is no
// typo: a change of a distinguishing character into another, one more or one less, and
// with strict any change at the front, where the family's name stands, be it
// behind a 大 or 北.
func IsTypo(name, written []rune, strict bool) bool {
	front := 0
	for front < len(name) && front < len(written) && name[front] == written[front] {
		front++
	}
	back := 0
	for back < len(name)-front && back < len(written)-front && name[len(name)-1-back] == written[len(written)-1-back] {
		back++
	}
	was, is := name[front:len(name)-back], written[front:len(written)-back]
	tells := func(r rune) bool { return strings.ContainsRune(distinguishing, r) }
	switch {
	case len(was) == 2 && len(is) == 2:
		return was[0] == is[1] && was[1] == is[0]
	case strict && !slices.ContainsFunc(name[:front], func(r rune) bool { return !tells(r) }):
		return false
	case len(was) == 1 && len(is) == 1:
		return !tells(was[0]) || !tells(is[0])
	case len(was) == 1 && len(is) == 0:
		return !tells(was[0])
	case len(was) == 0 && len(is) == 1:
		return !tells(is[0])
	}
	return false
}
