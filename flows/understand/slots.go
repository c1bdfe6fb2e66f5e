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
