package talk

import (
	"strconv"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// PlaceSteps are the questions "which place?": the last place in one tap, then
// town, community and building by button, pin or typed words. Several flows
// have them; their sentences are below "place.". After them comes done.
// Somebody is the step that follows "for somebody else"; "" does not offer it.
func PlaceSteps(done, somebody string) []Step {
	offered := func(t *Turn) bool { return somebody != "" && !t.ForSomebody() }
	other := Answer{ID: "somebody", Then: somebody, When: offered, Do: func(t *Turn) { t.Keep("for", "somebody") }}
	if somebody == "" {
		other.Then = "town"
	}
	return []Step{
		{
			ID: "place", Words: "place.place", Names: true, Known: Already("new", nothingToChoose), Args: placeArgs,
			Hear: HearPlace(done), Leads: []string{"town", "community", "which", "building", "outside", done},
			Answers: []Answer{
				{ID: "home", Then: done, When: homeOffered, Do: func(t *Turn) { t.S.Place = t.S.Home.Place }},
				{ID: "here", Then: "building", When: func(t *Turn) bool { return t.S.Place.Known() }},
				{ID: "new", Then: "town", Forks: []Fork{{Name: "a position between villages", If: between, Then: "which"}}},
				other,
			},
		},
		{
			ID: "town", Words: "place.town", Names: true, Offer: towns, Chosen: townChosen,
			Hear: HearPlace(done), Leads: []string{"town", "community", "which", "building", "outside", done},
			Answers: []Answer{{ID: "pin", Then: "town", Ask: LocationKey}, other},
		},
		{
			ID: "community", Words: "place.community", Names: true, Offer: communities, Chosen: communityChosen,
			Hear: hearCommunity(done), Leads: []string{"community", "building", "which", "outside", done}, Args: townArgs,
			Answers: []Answer{{ID: "unlisted", Then: "write"}},
		},
		{
			ID: "which", Words: "place.which", Names: true, Offer: candidates, Chosen: candidateChosen(done),
			Hear: hearWhich(done), Leads: []string{"town", "community", "which", "building", "outside", done}, Answers: []Answer{{ID: "none", Then: "town"}},
		},
		{
			ID: "write", Words: "place.write", Names: true, Free: true, Leads: []string{"building"},
			Hear: typed("building", func(t *Turn) { t.S.Place.Words = t.E.Text }),
		},
		{
			ID: "building", Words: "place.building", Names: true, Free: true, Args: placeArgs, Leads: []string{done},
			Hear:    typed(done, func(t *Turn) { t.S.Place.Detail = t.E.Text }),
			Answers: []Answer{{ID: "skip", Then: done}},
		},
		{
			ID: "outside", Words: "place.outside_step", Names: true,
			Answers: []Answer{{ID: "again", Then: "town"}, {ID: "leave", Then: personRef}},
		},
	}
}

func homeOffered(t *Turn) bool {
	return t.S.Home.Place.Known() && !t.ForSomebody()
}

// ForSomebody says whether the talk is about somebody else's home.
func (t *Turn) ForSomebody() bool {
	return t.Answer("for") == "somebody" || t.Heard("for") == "somebody"
}

// nothingToChoose says whether the first screen has nothing to choose from yet.
func nothingToChoose(t *Turn) bool { return !homeOffered(t) && !t.S.Place.Known() }

// typed makes the Hear of a step that takes words alone.
func typed(then string, take func(*Turn)) func(*Turn) string {
	return func(t *Turn) string {
		if t.E.Kind != Text {
			return ""
		}
		take(t)
		return then
	}
}

func placeArgs(t *Turn) words.Args {
	c := t.Desk.County
	return words.Args{"Home": c.HomeName(t.S.Home.Place, t.S.Lang), "Here": c.PlaceName(t.S.Place, t.S.Lang)}
}

func townArgs(t *Turn) words.Args {
	town, _ := t.Desk.County.Town(t.S.Place.Town)
	return words.Args{"Town": town.Name.In(t.S.Lang)}
}

func towns(t *Turn) []Choice {
	var all []Choice
	for _, town := range t.Desk.County.Towns {
		all = append(all, Choice{ID: town.ID, Label: town.Name.In(t.S.Lang), Also: []string{town.Name.ZH, town.Name.EN}})
	}
	return all
}

func townChosen(t *Turn, id string) string {
	place := county.Place{Town: id}
	if between(t) { // it is still where they are
		place.Pin = t.S.Place.Pin
	}
	t.S.Place = place
	return "community"
}

func communities(t *Turn) []Choice {
	town, _ := t.Desk.County.Town(t.S.Place.Town)
	var all []Choice
	for _, c := range town.Communities {
		all = append(all, Choice{ID: c.ID, Label: c.Name.In(t.S.Lang), Also: []string{c.Name.ZH, c.Name.EN}})
	}
	return all
}

func communityChosen(t *Turn, id string) string {
	// A position that was sent, and an address that was typed, stay with it.
	t.S.Place.Community, t.S.Place.Words = id, ""
	return "building"
}

// HearPlace takes a typed place or a pin. A place nobody knows is asked for
// once more by button and then taken as written: a report is never held up by
// a missing name.
func HearPlace(done string) func(*Turn) string {
	return func(t *Turn) string {
		switch t.E.Kind {
		case Pinned:
			place, ok := t.placeAt(t.E.Pin)
			if !ok {
				t.Tell("place.outside", nil)
				return "outside"
			}
			t.S.Place = place
			if between(t) {
				t.Drop("typed")
				t.Tell("place.pin_between", nil)
				return "which"
			}
			t.Tell("place.pin", words.Args{"Place": t.Desk.County.PlaceName(place, t.S.Lang)})
			return "building"
		case Text:
			if then := t.takeFoundPlace(t.Desk.County.Find(t.E.Text), done); then != "" {
				return then
			}
			if t.Answer("typed") != "" {
				t.S.Place = county.Place{Words: t.E.Text}
				return done
			}
			t.Keep("typed", t.E.Text)
			t.Tell("place.unknown", nil)
			t.ask = true
			return "town"
		}
		return ""
	}
}

// placeAt gives the place of a position: the town alone where it lies between villages, or
// far from all. It is false outside the county.
func (t *Turn) placeAt(pin county.Pin) (county.Place, bool) {
	near := t.Desk.County.Around(pin)
	switch len(near) {
	case 0:
		return county.Place{}, false
	case 1:
		return near[0], true
	}
	return county.Place{Town: near[0].Town, Pin: pin}, true
}

// takeFoundPlace goes on with what a typed place was found to be.
func (t *Turn) takeFoundPlace(found []county.Place, done string) string {
	switch len(found) {
	case 0:
		return ""
	case 1:
		t.S.Place = found[0]
	default:
		t.Keep("typed", t.E.Text)
		return "which"
	}
	switch {
	case t.S.Place.Community == "":
		return "community"
	case t.S.Place.Detail == "":
		return "building"
	}
	return done
}

// hearCommunity takes a typed village or estate. One of another town that is named for
// certain changes the town; where it may be a slip it is asked. One the desk file does
// not know is kept as written, inside the town that was chosen. A position that was sent
// stays with it: the name says what it is called there.
func hearCommunity(done string) func(*Turn) string {
	return func(t *Turn) string {
		if t.E.Kind != Text {
			return HearPlace(done)(t)
		}
		town, pin := t.S.Place.Town, t.S.Place.Pin
		found := t.Desk.County.Find(t.E.Text)
		for _, p := range found {
			if p.Town == town && p.Community != "" {
				p.Pin = pin
				return t.takeFoundPlace([]county.Place{p}, done)
			}
		}
		asked := t.Answer("typed") == t.E.Text
		switch {
		case len(found) == 1 && t.Desk.County.Names(found[0], t.E.Text):
			found[0].Pin = pin
			if found[0].Town != town {
				t.Tell("place.moved", words.Args{"Place": t.Desk.County.PlaceName(found[0], t.S.Lang)})
			}
			return t.takeFoundPlace(found, done)
		case len(found) > 0 && !asked:
			t.Keep("typed", t.E.Text)
			return "which"
		}
		t.S.Place = county.Place{Town: town, Words: t.E.Text, Pin: pin}
		return "building"
	}
}

// meantPlaces are the places of which one was meant: those near the position that was
// sent, or those that the typed words may name.
func meantPlaces(t *Turn) []county.Place {
	if said := t.Answer("typed"); said != "" {
		return t.Desk.County.Find(said)
	}
	return t.Desk.County.Around(t.S.Place.Pin)
}

// between says whether a position was sent that leaves open which place it lies in.
func between(t *Turn) bool {
	p := t.S.Place
	return p.Pin != (county.Pin{}) && p.Community == "" && p.Words == ""
}

func candidates(t *Turn) []Choice {
	var all []Choice
	for i, p := range meantPlaces(t) {
		all = append(all, Choice{ID: strconv.Itoa(i), Label: t.Desk.County.PlaceName(p, t.S.Lang)})
	}
	return all[:min(len(all), 5)]
}

// hearWhich takes the name of one of them, or of another place.
func hearWhich(done string) func(*Turn) string {
	return func(t *Turn) string {
		if t.E.Kind != Text {
			return HearPlace(done)(t)
		}
		var named []county.Place
		for _, p := range meantPlaces(t) {
			if p.Community != "" && t.Desk.County.Names(p, t.E.Text) {
				named = append(named, p)
			}
		}
		if len(named) == 1 {
			return t.takeFoundPlace(named, done)
		}
		if then := t.takeFoundPlace(t.Desk.County.Find(t.E.Text), done); then != "" || !between(t) {
			return then
		}
		t.S.Place.Words = t.E.Text // what it is called where they are
		return "building"
	}
}

func candidateChosen(done string) func(*Turn, string) string {
	return func(t *Turn, id string) string {
		found := meantPlaces(t)
		if i, err := strconv.Atoi(id); err == nil && i < len(found) {
			return t.takeFoundPlace(found[i:i+1], done)
		}
		return "town"
	}
}
