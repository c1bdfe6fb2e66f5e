package flows

import (
	"slices"
	"strconv"
	"strings"

	"powerdesk/flows/words"
)

func flowOf(name string) string {
	flow, _, _ := strings.Cut(name, "/")
	return flow
}

// command starts the flow that has the command. An unknown one says so and
// repeats the question: a slip of the finger loses nothing.
func (d *Desk) command(t *Turn) {
	if t.E.Command == "start" {
		d.start(t)
		return
	}
	if t.E.Command == "cancel" {
		t.exit()
		return
	}
	for _, f := range d.Flows() {
		if f.Command == t.E.Command && f.Command != "" {
			t.Begin(f.Name + "/" + f.Start)
			return
		}
	}
	t.Tell("router.unknown_command", nil)
	t.ask = true
}

// communityLink heads the payload of a deep link that names a community, as
// printed on a contact point's poster (PRODUCT R5).
const communityLink = "c-"

// start answers /start: a volunteer gets what they hold, a visitor from a
// poster has the place filled in, a talk under way is repeated, and everybody
// else sees the menu.
func (d *Desk) start(t *Turn) {
	if d.crew.Started(t) {
		if !t.Idle() {
			t.ask = true
		}
		return
	}
	t.Clear()
	if id, ok := strings.CutPrefix(t.E.Text, communityLink); ok {
		for _, town := range d.County.Towns {
			for _, c := range town.Communities {
				if c.ID == id {
					t.S.Place = Place{Town: town.ID, Community: c.ID}
					t.Tell("router.welcome_place", words.Args{"Place": c.Name.In(t.S.Lang)})
				}
			}
		}
	}
	t.ask = true
}

// text routes typed words and reply-keyboard presses.
func (d *Desk) text(t *Turn) {
	f, s := t.step()
	if t.E.Cut {
		t.Tell("router.cut", nil)
	}
	if t.E.Text == "" {
		t.Tell("router.empty", nil)
		t.ask = true
		return
	}
	// A text that is a button of this very screen is that button, even when its
	// label names a danger; the step behind it deals with the danger.
	if id := t.pressed(f, s, t.E.Text); id != "" {
		t.take(f, s, id)
		return
	}
	if d.alarm(t, s) || d.answerStanding(t) || t.navigate(t.E.Text) {
		return
	}
	if id := t.numbered(f, s, t.E.Text); id != "" {
		t.take(f, s, id)
		return
	}
	if ref, exact := d.intent(t, s); ref != "" && (flowOf(ref) != t.S.Flow || t.Idle()) {
		if !exact {
			t.S.Notes = append(t.S.Notes, t.E.Text)
		}
		t.Begin(ref)
		return
	}
	d.hear(t, f, s)
}

// take is an answer the person gave to the question on the screen.
func (t *Turn) take(f *Flow, s *Step, id string) {
	t.remember(f.Name + "/" + s.ID)
	t.choose(f, s, id)
}

// hear lets the step take words, a picture, a pin or a contact; what nobody
// takes is kept, and said to be kept, or answered with the way out.
func (d *Desk) hear(t *Turn, f *Flow, s *Step) {
	if s.Hear != nil {
		if then := s.Hear(t); then != "" {
			t.remember(f.Name + "/" + s.ID)
			t.enter(refOf(f.Name, then), false)
			return
		}
	}
	if t.ask || t.E.Kind != Text {
		t.ask = true
		return
	}
	if j := t.Waiting(); j != nil && (t.Idle() || t.Job() == j) {
		j.Note(t.S.Chat, Note{At: t.E.At, Text: t.E.Text})
		t.Tell("router.note_kept", words.Args{"No": j.No})
		t.ask = true
		return
	}
	d.lost(t, f, s)
}

// lost answers what nobody understood: once with what can be said here, the
// second time with a person (PRODUCT R2). The words are kept for that person.
func (d *Desk) lost(t *Turn, f *Flow, s *Step) {
	t.S.Notes = append(t.S.Notes, t.E.Text)
	t.S.Lost++
	if t.S.Lost >= 2 {
		t.Tell("router.lost_twice", nil)
		t.remember(t.here())
		t.enter(personRef, false)
		return
	}
	t.Tell("router.lost", nil)
	if list := t.list(f, s); list != "" {
		t.told = append(t.told, list)
	}
	t.ask = true
}

// list writes the answers of a screen with their numbers.
func (t *Turn) list(f *Flow, s *Step) string {
	var lines []string
	for i, c := range t.choices(f, s) {
		lines = append(lines, strconv.Itoa(i+1)+" "+words.Escape(c.Label))
	}
	return strings.Join(lines, "\n")
}

// attach keeps a picture or a voice message wherever the talk is.
func (d *Desk) attach(t *Turn) {
	f, s := t.step()
	if d.alarm(t, s) {
		t.S.Media = append(t.S.Media, t.E.Media)
		return
	}
	again := t.E.Media.Album != "" && slices.ContainsFunc(t.S.Media, func(a Attachment) bool { return a.Album == t.E.Media.Album })
	if j := t.Waiting(); j != nil && (t.Idle() || t.Job() == j) {
		again = t.E.Media.Album != "" && slices.ContainsFunc(j.Notes, func(n Note) bool { return n.Media.Album == t.E.Media.Album })
		j.Note(t.S.Chat, Note{At: t.E.At, Media: t.E.Media})
		t.kept(again, "router.media_kept_job", words.Args{"No": j.No})
		return
	}
	t.S.Media = append(t.S.Media, t.E.Media)
	if s.Hear != nil && !again {
		if then := s.Hear(t); then != "" {
			t.remember(t.here())
			t.enter(refOf(f.Name, then), false)
			return
		}
	}
	if t.Idle() {
		t.Begin(alarmFlow + "/" + d.flows[alarmFlow].Start)
	}
	t.kept(again, "router.media_kept", nil)
}

// kept says that something was kept, once for an album.
func (t *Turn) kept(again bool, key string, args words.Args) {
	if again {
		t.silent = true
		return
	}
	t.told = append([]string{t.Word(key, args)}, t.told...)
	t.ask = true
}

// pinned takes a position for the place of the talk; as a first message it
// starts a report there.
func (d *Desk) pinned(t *Turn) {
	f, s := t.step()
	if s.Hear != nil {
		if then := s.Hear(t); then != "" {
			t.remember(t.here())
			t.enter(refOf(f.Name, then), false)
			return
		}
	}
	if place, ok := t.Desk.placeAt(t.E.Pin); ok {
		t.S.Place = place
		if t.Idle() {
			t.Begin(alarmFlow + "/" + d.flows[alarmFlow].Start)
		}
		t.kept(false, "router.pin_kept", words.Args{"Place": t.Desk.County.PlaceName(place, t.S.Lang)})
		return
	}
	t.Tell("place.outside", nil)
	t.ask = true
}

// contact takes the person's phone where it is asked for, and keeps it for the
// report otherwise.
func (d *Desk) contact(t *Turn) {
	f, s := t.step()
	if s.Hear != nil {
		if then := s.Hear(t); then != "" {
			t.remember(t.here())
			t.enter(refOf(f.Name, then), false)
			return
		}
	}
	switch {
	case t.ask:
	case t.E.Foreign || t.E.Phone == "":
		t.Tell("router.foreign_contact", nil)
	default:
		t.S.Phone = t.E.Phone
		t.Tell("router.contact_kept", nil)
	}
	t.ask = true
}

// exit leaves the talk for the menu. A job that stands is not touched.
func (t *Turn) exit() {
	switch {
	case t.Idle():
		t.Tell("router.nothing_to_cancel", nil)
	case t.Job() != nil && t.Job().Live():
		t.Tell("router.left_job", words.Args{"No": t.Job().No})
	default:
		t.Tell("router.left", nil)
	}
	t.Clear()
	t.ask = true
}

// navigate takes the buttons that stand on every screen: back, out, a person,
// and "please just come".
func (t *Turn) navigate(text string) bool {
	switch {
	case t.says(text, "nav.back"):
		t.back()
	case t.says(text, "nav.exit"):
		t.exit()
	case t.says(text, "nav.person"):
		t.remember(t.here())
		t.enter(personRef, false)
	case t.says(text, "nav.come"):
		f, s := t.step()
		if !s.Come {
			return false
		}
		t.remember(t.here())
		t.Keep("come", "yes")
		t.enter(refOf(f.Name, comeStep), false)
	default:
		return false
	}
	return true
}

// comeStep is the step of a flow with Come screens that sends people without
// further questions.
const comeStep = "come"

// back shows the step before this one; its answer is open again.
func (t *Turn) back() {
	n := len(t.S.Trail)
	if n == 0 {
		t.exit()
		return
	}
	ref := t.S.Trail[n-1]
	t.S.Trail = t.S.Trail[:n-1]
	_, id, _ := strings.Cut(ref, "/")
	delete(t.S.Answers, id)
	t.enter(ref, true)
}
