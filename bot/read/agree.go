package read

import (
	"strings"

	"powerdesk/flows/text"
)

// asSaid are the slots that hold words of the sentence itself.
var asSaid = []string{"place", "building", "onsite", "since"}

// agree says whether a slot was read as it is labelled; of words it is enough that
// the one contains the other.
func agree(key, said, read string) bool {
	said, read = text.Fold(said), text.Fold(read)
	if said == read {
		return true
	}
	for _, k := range asSaid {
		if k == key {
			return said != "" && read != "" && (strings.Contains(read, said) || strings.Contains(said, read) && len(read) > 3)
		}
	}
	return false
}
