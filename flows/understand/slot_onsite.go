package understand

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// contact is who is to be found, as a form or a sentence names them.
	contact = regexp.MustCompile(`(?:姓名|联系人)(?:是|:|换成|改成) ?([\p{Han}]{2,5})|(?:到了|来了|来人|来)(?:就)?(?:找|问|联系)([\p{Han}]{1,8})|(?:^|[ ,。])找([\p{Han}]{1,6}?)(?:就[行中成]|[,。 ]|$)|\b((?:mrs?|miss|ms|uncle|aunt|dr)\.? [a-z]{2,})|\b(?:ask for|look for|contact person is|name is|contact:) ((?:my |our |the )?[a-z]+(?:,? (?:mrs?|miss|ms)\.? [a-z]+)?)`)
	// nobody are words behind "find" that name no person.
	nobody = regexp.MustCompile(`^(?:我$|我们|我说|俺$|谁|人|你|不|着|到|个|了|出|电工|师傅|供电|哪|not\b)`)
	// leadOnsite are words before a name on the screen that asks for it.
	leadOnsite = regexp.MustCompile(`^(?:(?:到了|来了|到时候|那就|就|你们|你|直接|请|please|just|then|you can)? ?(?:找|问|联系|喊|叫|ask for|look for|find|call|contact|ring|speak to|it's|it is|is|是|我叫|叫)(?:一下|for)? ?|(?:到了|来了|my name is|name:|姓名:?|联系人:?|i'm|i am) ?)`)
	tailOnsite = regexp.MustCompile(`(?:就行|就中|就成|就好|都行|在家|在|吧|的|,? ?(?:his|her|my|phone|number|tel|mobile|on|at|is|电话|手机|手机号|号码|打|他的|她的)[ :是]*)$`)
)

// isName says whether an English title is followed by a name: "Mrs Song", and not "miss
// the".
func isName(said string) bool {
	words := strings.Fields(said)
	if len(words) < 2 || hasHan(said) {
		return true
	}
	return unicode.IsUpper(firstOf(words[len(words)-1]))
}

// onsiteSlot fills whom the crew looks for: on the screen that asks for it all that
// was said but the phone number.
func onsiteSlot(w *wording, screen string, intent Intent, slots Slots) {
	blank := w.blanked()
	if screen != "outage/onsite" {
		if m := contact.FindStringSubmatchIndex(blank); m != nil {
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 && !nobody.MatchString(blank[m[g]:m[g+1]]) && isName(w.as(m[g], m[g+1])) {
					slots.put("onsite", w.as(m[g], m[g+1]))
				}
			}
		}
		return
	}
	if intent != Answer || slots["onsite"] != "" {
		return
	}
	var parts []string
	for _, c := range clauses(blank) {
		from, to := c[0], c[1]
		for from < to && blank[from] == ' ' {
			from++
		}
		if at := leadOnsite.FindStringIndex(blank[from:to]); at != nil {
			from += at[1]
		}
		for to > from {
			trimmed := strings.TrimRight(blank[from:to], " ")
			at := tailOnsite.FindStringIndex(trimmed)
			to = from + len(trimmed)
			if at == nil {
				break
			}
			to = from + at[0]
		}
		if said := w.as(from, to); said != "" {
			parts = append(parts, said)
		}
	}
	slots.put("onsite", strings.Join(parts, ", "))
}
