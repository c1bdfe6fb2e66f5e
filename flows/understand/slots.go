package understand

import (
	"maps"
	"slices"
	"strings"
)

// Slots are what a sentence says besides what it means, by the names of the corpus:
// town, community, building, phone, household, neighbours, since …
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

// slots gives what a sentence says besides what it means. The tables win over the
// model's guess.
func (r Reader) slots(screen, said string, read *Reading) Slots {
	slots := Slots{}
	w := wordingOf(said)
	for _, key := range slotKeys {
		slots.put(key, byRules(key, screen, w.canon))
	}
	guessed(screen, read, slots)
	if slots["phone"] == "" || len(w.phones) > 0 {
		if number := phoneOf(w.plain); number != "" {
			slots["phone"] = number
		}
	}
	r.placeSlots(w, slots)
	buildingSlot(w, screen, read.Intent, slots)
	onsiteSlot(w, screen, read.Intent, slots)
	if begun(screen) {
		sinceSlot(w, slots)
	}
	accountSlots(w, screen, slots)
	amountSlots(w, screen, slots)
	if noDanger(screen, read) {
		slots["danger"] = "none"
	}
	return slots
}

// begun says whether on a screen a time is likely to be that of the outage.
func begun(screen string) bool {
	return screen == "first" || screen == "open-job" || strings.HasPrefix(screen, "outage/") && screen != "outage/summary"
}

// noDanger says whether the sentence says that there is no danger.
func noDanger(screen string, read *Reading) bool {
	if read.Danger.Kind != "" {
		return false
	}
	return read.Danger.Denied || read.Intent == DangerDenied || screen == "outage/danger" && read.Intent == No
}

// shownAs is what a meter shows, by the answers of the screen that asks for it.
var shownAs = map[string]string{"cut": "拉闸", "low": "请购电", "load": "过载", "blank": "blank"}

// guessed fills the slot of the question on the screen from the model's answer, where
// no table did.
func guessed(screen string, read *Reading, slots Slots) {
	key, value, ok := strings.Cut(read.Answer, "=")
	if !ok || read.Intent != Answer || read.Likely < sureOf || key == "phone" || key == "place" || key == "onsite" {
		return
	}
	if key == "meter" {
		value = shownAs[value]
	}
	slots.put(key, value)
}
