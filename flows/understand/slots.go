package understand

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Slots are what a sentence says besides what it means, by the names of the corpus:
// town, community, building, phone, household, neighbours, since and more. A town is there when it was said: a community tells its own.
type Slots map[string]string

// String writes the slots as the corpus does: "key=value;key=value", in order.
func (s Slots) String() string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(s)) {
		all = append(all, key+"="+s[key])
	}
	return strings.Join(all, ";")
}

// put keeps a value that was found; what is known already stays.
func (s Slots) put(key, value string) {
	if value != "" && s[key] == "" {
		s[key] = value
	}
}

// sureOf is how likely the model's answer to the question on the screen has to be to
// count as said.
const sureOf = 0.75

// sureAside is how likely the model has to be that a sentence reports nothing for its
// words to be passed over.
const sureAside = 0.75

// slots gives what a sentence says besides what it means. The tables win over the
// model's guess.
func (r Reader) slots(screen, said string, read *Reading) Slots {
	w := wordingOf(said)
	slots := byRules(screen, w.canon)
	reports := !aside[read.Intent] || read.Likely < sureAside
	guessed(read, slots)
	phoneSlot(w, screen, slots)
	r.placeSlots(w, screen, read, slots)
	if reports {
		buildingSlot(w, screen, read, slots)
		onsiteSlot(w, screen, read.Intent, slots)
	}
	if reports && begun(screen) {
		sinceSlot(w, slots)
	}
	accountSlots(w, screen, slots)
	leftSlot(w, screen, slots)
	amountSlots(w, screen, slots)
	if read.Intent == Answer && told[screen] && !declines.MatchString(w.canon) {
		slots["told"] = "yes"
	}
	if noDanger(screen, read) {
		slots["danger"] = "none"
	}
	without(read, reports, slots)
	return slots
}

// without takes out what the meaning of the sentence makes untrue.
func without(read *Reading, reports bool, slots Slots) {
	if !reports {
		for _, key := range []string{"household", "neighbours", "for", "place", "paid_by", "paid_when"} {
			delete(slots, key)
		}
	}
	if read.Danger.Kind != "" && !read.Danger.Feared {
		delete(slots, "danger")
	}
	if read.Danger.Sure {
		delete(slots, "told")
	}
	if read.Intent == LightBack && slots["reset"] == "stays" {
		delete(slots, "reset") // it stays, and the light is back: nothing more is asked of it
	}
}

// declines are the words of somebody who has nothing to say there.
var declines = regexp.MustCompile(`^(?:没有?(?:了|什么|别的)?(?:$|[ ,])|不(?:用|了|写|说)|算了|no\b|nothing|skip|leave it|forget it|do not want|i would rather|that is all)`)

// told are the screens whose answer is words for somebody.
var told = map[string]bool{"contact/tell": true, "report/comment": true, "report/praise": true}

// aside are what a sentence may mean that reports nothing: a time or a house in it is
// not that of a fault.
var aside = map[Intent]bool{
	Hours: true, ContactPoint: true, PriceQuestion: true, Smalltalk: true, NotUnderstandable: true, OtherUtility: true, BuyWhere: true,
	Settings: true, Help: true, Thanks: true, Greeting: true, Satisfied: true, Fair: true, Unsatisfied: true, NewConnection: true, MoveMeter: true,
}

// begun says whether on a screen a time is likely to be that of the outage.
func begun(screen string) bool {
	return screen == "first" || screen == "open-job" || strings.HasPrefix(screen, "outage/")
}

// noDanger says whether the sentence says that there is no danger.
func noDanger(screen string, read *Reading) bool {
	if read.Danger.Kind != "" {
		return false
	}
	return read.Danger.Denied && read.Intent != Complain || read.Intent == DangerDenied && read.Likely > 0.6 || screen == "outage/danger" && read.Intent == No
}

// shownAs is what a meter shows, by the answers of the screen that asks for it.
var shownAs = map[string]string{"cut": "拉闸", "low": "请购电", "load": "过载", "blank": "blank"}

// guessed fills the slot of the question on the screen from the model's answer, where
// no table did.
func guessed(read *Reading, slots Slots) {
	key, value, ok := strings.Cut(read.Answer, "=")
	if !ok || read.Intent != Answer || read.Likely < sureOf || key == "household" && read.Likely < 0.85 || key == "phone" || key == "place" || key == "onsite" {
		return
	}
	if key == "meter" {
		value = shownAs[value]
	}
	slots.put(key, value)
}
