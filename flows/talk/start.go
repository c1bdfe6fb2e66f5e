package talk

import (
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// placeWords heads the sentences of the questions for a place.
const placeWords = "place."

// start answers /start: a volunteer who opens the chat gets what they hold, one
// who comes from a card goes on where the press left off, a visitor from a poster
// has the place filled in, and everybody else sees the menu. What was said and
// sent in a talk under way is kept for the next one; a talk whose job is out
// already goes on, because people are waiting for its answers. A danger written
// behind it is taken.
func (d *Desk) start(t *Turn) {
	held := t.opening && d.crew.Started(t)
	link, invited := t.invited()
	if invited && link.Then != "" && t.Resting() {
		t.Clear()
		t.S.Job = link.Job
		t.Go(link.Then)
		return
	}
	place, linked := d.linked(t.E.Text)
	if linked {
		t.S.Place = place
		t.Tell("router.welcome_place", words.Args{"Place": d.County.PlaceName(place, t.S.Lang)})
	}
	if _, s := t.step(); !linked && !invited && d.alarm(t, s) {
		return
	}
	if j := t.Job(); held && invited || linked && j != nil && t.Waits(j) && !t.Resting() {
		t.ask = !t.Resting()
		if f, s := t.step(); linked && strings.HasPrefix(s.Words, placeWords) {
			t.enter(f.Name+"/place", false)
		}
		return
	}
	switch {
	case linked:
	case t.Resting():
		t.Tell("router.hello", nil)
	default:
		t.Tell(t.left(), words.Args{"No": t.S.Job})
	}
	t.leave()
	t.ask = true
}

// linked reads the community out of a deep link's payload.
func (d *Desk) linked(payload string) (county.Place, bool) {
	id, ok := strings.CutPrefix(payload, CommunityLink)
	if !ok {
		return county.Place{}, false
	}
	for _, town := range d.County.Towns {
		if _, known := d.County.Community(town.ID, id); known {
			return county.Place{Town: town.ID, Community: id}, true
		}
	}
	return county.Place{}, false
}

// left is what is said to who leaves a talk for the menu.
func (t *Turn) left() string {
	if j := t.Job(); j != nil && t.Waits(j) && j.State != job.Restored {
		return j.Phrase("router.left_job")
	}
	if t.E.Command == "start" && len(t.S.Notes)+len(t.S.Media) > 0 {
		return "router.left_kept"
	}
	return "router.left"
}

// Leave leaves the talk for the menu, as the button does.
func (t *Turn) Leave() { t.exit() }

// exit leaves the talk for the menu. A job that stands is not touched.
func (t *Turn) exit() {
	switch j := t.Waiting(); {
	case !t.Idle():
		t.Tell(t.left(), words.Args{"No": t.S.Job})
	case j != nil && j.State != job.Restored:
		t.Tell(j.Phrase("router.left_job"), words.Args{"No": j.No})
	default:
		t.Tell("router.nothing_to_cancel", nil)
	}
	t.Clear()
	t.leaving = true
	t.ask = true
}
