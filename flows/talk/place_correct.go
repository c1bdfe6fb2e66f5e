package talk

import (
	"regexp"
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

var (
	// instead is "not this, but that": what stands behind it is meant.
	instead = regexp.MustCompile(`(?is)^.*?(?:不是|不在|别去|\bnot\b)\s*(?:in\s+)?(.+?)(?:[\s，,。;；、.]*(?:而是|应该是|是在|是|在)|[，,。;；.]\s*(?:it'?s|it is|but|i mean)?|\s+but|\s+it'?s)\s*(.+)$`)
	// excluded is "that, not this".
	excluded = regexp.MustCompile(`(?i)不是[^，,。;；、\s]+|\bnot\s+(?:in\s+)?[a-z]+(?:\s+(?:village|town|estate))?`)
	// wrong is "wrong, it is that".
	wrong = regexp.MustCompile(`(?is)^\s*(?:不对|不是|错了|弄错了|打错了|选错了|点错了|说错了|no|wrong|sorry)[\s，,。.!！:：了]+(.+)$`)
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

// puttingRight gives the place that the words put in the stead of the one that was noted:
// explicitly, since any other name beside an address is part of it.
func (t *Turn) puttingRight() (county.Place, bool) {
	place, ok := t.PlaceMeant()
	said := t.E.Text
	switch m := instead.FindStringSubmatch(said); {
	case !ok || place.Town == t.S.Place.Town && place.Community == t.S.Place.Community:
		return county.Place{}, false
	case m != nil:
		return place, len(t.Desk.County.Find(m[1])) > 0
	case wrong.MatchString(said):
		return place, t.Desk.County.Names(place, said)
	}
	return place, excluded.MatchString(said) && len(t.Desk.County.Find(excluded.FindString(said))) > 0
}

// placeIDs are the steps that ask for a place.
var placeIDs = []string{"place", "town", "community", "which", "write", "building", "outside"}

// putRight takes an explicit correction of the place wherever the talk is after it was
// noted: it wins, and is said aloud. Only what depends on the place is asked again.
func (d *Desk) putRight(t *Turn, f *Flow, s *Step) bool {
	if t.Resting() || s.Tiny || t.S.Place.Town == "" || f.step("building") == nil || f.step("community") == nil {
		return false
	}
	place, named := t.puttingRight()
	next := "building"
	switch {
	case named && place.Community == "":
		next = "community"
	case named:
	case t.Holds("place.wrong_town"):
		next = "town"
	case t.Holds("place.wrong_village"):
		place.Town, next = t.S.Place.Town, "community"
	default:
		return false
	}
	t.remember(t.here())
	t.S.Place = place
	delete(t.S.Heard, "building")
	if named {
		t.Tell("place.moved", words.Args{"Place": d.County.PlaceName(place, t.S.Lang)})
	}
	switch {
	case s.ID == "summary":
		t.Keep("change", "where")
	case named && place.Community != "" && !slices.Contains(placeIDs, s.ID):
		next = s.ID
	}
	t.enter(refOf(f.Name, next), false)
	return true
}
