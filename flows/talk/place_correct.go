package talk

import (
	"regexp"

	"powerdesk/flows/county"
)

// instead is "not this, but that": what stands behind it is meant. excluded is "that,
// not this".
var (
	instead  = regexp.MustCompile(`(?is)^.*?(?:不是|不在|别去|\bnot\b)\s*(?:in\s+)?(.+?)(?:[\s，,。;；、.]*(?:而是|应该是|是在|是|在)|[，,。;；.]\s*(?:it'?s|it is|but|i mean)?|\s+but|\s+it'?s)\s*(.+)$`)
	excluded = regexp.MustCompile(`(?i)不是[^，,。;；、\s]+|\bnot\s+(?:in\s+)?[a-z]+(?:\s+(?:village|town|estate))?`)
)

// PlaceMeant gives the place that the words of this turn name beyond doubt; of "not this,
// but that" the second.
func (t *Turn) PlaceMeant() (county.Place, bool) {
	said := t.E.Text
	if m := instead.FindStringSubmatch(said); m != nil {
		said = m[2]
	}
	found := t.Desk.County.Find(excluded.ReplaceAllString(said, " "))
	if len(found) != 1 {
		return county.Place{}, false
	}
	return found[0], true
}
