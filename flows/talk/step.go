package talk

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// Step decides one event. It may change the state it is given, and returns it;
// the effects are in the order in which they are to be stored and sent.
//
// When the effects hold a Lookup, the same person's Found event must be the
// next call, with the returned state; what was told so far waits in the state.
func (d *Desk) Step(s State, e Event) (State, []Effect) {
	if s.Jobs == nil {
		s.Jobs = make(map[string]*job.Job)
	}
	if s.Session == nil {
		s.Session = &Session{Chat: e.From.ID}
	}
	s.Session.Lang = cmp.Or(s.Session.Lang, e.From.Lang)
	if s.Team == nil {
		s.Team = &county.Team{}
	}
	left := lend(s.Session, s.Jobs)
	before := make(map[string]*job.Job, len(s.Jobs))
	for no, j := range s.Jobs {
		before[no] = j.Clone()
	}
	t := &Turn{Desk: d, S: s.Session, E: e, Jobs: s.Jobs, Team: s.Team, before: before, told: s.told, class: AnswerClass}
	if s.hurry {
		t.class = Danger
	}
	for _, member := range left {
		t.Do(member)
	}
	d.route(t)
	d.follow(t)
	next := State{Session: t.S, Jobs: t.Jobs, Team: t.Team}
	if slices.ContainsFunc(t.effects, func(e Effect) bool { _, asks := e.(Lookup); return asks }) {
		next.told, next.hurry = t.told, t.class == Danger
	} else {
		t.show()
	}
	t.takeBack()
	return next, t.effects
}

// follow lets the crew's side tell every change of a job, in the order of the
// numbers so that the same event always gives the same effects.
func (d *Desk) follow(t *Turn) {
	for _, no := range slices.Sorted(maps.Keys(t.Jobs)) {
		after := t.Jobs[no]
		if old := t.before[no]; old == nil || len(old.History) != len(after.History) {
			d.crew.Follow(t, old, after)
		}
	}
}

// route gives the event to whom it concerns.
func (d *Desk) route(t *Turn) {
	unfinished := t.unfinished()
	switch {
	case t.E.Kind == Found && slices.Contains(crewLookups, t.E.Finding.Kind):
		d.crewFound(t)
		return
	case t.E.Kind == Found:
		f, s := t.step()
		t.found(f, s)
	case t.E.Kind == Failed:
		d.crew.Failed(t)
		return
	case t.E.Kind == Delivered:
		d.crew.Delivered(t)
		return
	case t.E.Kind == Due && flowOf(t.E.Timer.Name) == crewFlow:
		d.crew.Due(t)
		return
	case t.E.Kind == Due:
		if f := d.flows[flowOf(t.E.Timer.Name)]; f != nil && f.Due != nil {
			f.Due(t)
		}
		return
	case t.E.Kind == Press:
		d.crew.Press(t)
		return
	case t.E.Chat.Kind == Private:
		d.private(t)
	case t.E.Chat.Kind == Foreign:
		d.foreign(t)
		return
	default:
		d.crew.Group(t)
		return
	}
	if f := d.flows[t.S.Flow]; f != nil && f.After != nil {
		f.After(t)
	}
	t.reach()
	d.rememberUnfinished(t, unfinished)
}

// crewLookups are the questions that no step asks, only the crew.
var crewLookups = []LookupKind{OpenJobs, LogLines, Facts, JoinedCount}

// crewFound gives the crew what it asked for, where it asked. A command in a
// group keeps the group's rules: the same words may say less there.
func (d *Desk) crewFound(t *Turn) {
	switch {
	case t.E.Timer.Name != "":
		d.crew.Due(t)
	case t.E.Chat.Kind != Private:
		d.crew.Group(t)
	default:
		t.Obey()
	}
}

// found takes the answer of a lookup as the answer of its step.
func (t *Turn) found(f *Flow, s *Step) {
	if s.Lookup == "" || s.Lookup != t.E.Finding.Kind {
		t.ask = true
		return
	}
	if key := s.WordsKey(f.Name) + "." + t.E.Finding.Answer; words.Has(t.S.Lang, key) {
		t.Tell(key, t.E.Finding.Args)
	}
	t.choose(f, s, t.E.Finding.Answer)
}

// foreign answers being put into a group the desk does not serve: it says the
// group's number, which is what an operator needs to name it, and goes.
func (d *Desk) foreign(t *Turn) {
	if t.E.Kind != Added {
		return
	}
	message := words.Say(words.ZH, "group.foreign", words.Args{"Chat": t.E.Chat.ID}) + "\n" +
		words.Say(words.EN, "group.foreign", words.Args{"Chat": t.E.Chat.ID})
	t.Do(Say{Chat: t.E.Chat.ID, Text: message, Class: AnnounceClass})
	t.Do(Leave{Chat: t.E.Chat.ID})
}

// private is the router of the private chat: command, button, danger word,
// pending question, way out, number, what was meant, current step, a person.
func (d *Desk) private(t *Turn) {
	switch t.E.Kind {
	case Edited:
		d.edited(t)
		return
	case Blocked:
		unblocked := t.E.Text == "no"
		if unblocked && !t.S.Opened {
			d.crew.Started(t)
		}
		t.S.Opened = unblocked
		return
	}
	t.opening = !t.S.Opened
	t.S.Opened = true
	if t.opening && t.E.Command != "start" { // which sees to it itself
		d.crew.Started(t)
	}
	idleFor := t.E.At.Sub(t.S.At)
	first := t.S.At.IsZero()
	t.S.At = t.E.At
	d.freshen(t, first, idleFor)
	t.redact()
	said := t.S.Said
	t.S.Said = ""
	if t.E.Kind == Text && idleFor < doubleTap && said != "" && said == text.Fold(t.E.Text) {
		t.S.Said = said
		t.ask = true
		return
	}
	d.putPending(t)
	switch t.E.Kind {
	case Command:
		d.command(t)
	case Text:
		d.text(t)
	case Attach:
		d.attach(t)
	case Pinned:
		d.pinned(t)
	case Contact:
		d.contact(t)
	default:
		t.Tell("router.unreadable", nil)
		t.ask = true
	}
}

// doubleTap is within which time a second tap on the same button is the same
// answer: "no" pressed twice must not answer the next question, which nobody
// has read yet. Telegram's times are whole seconds.
const doubleTap = 2 * time.Second

// freshen brings a talk that cannot go on back to the menu: one whose flow has
// changed since, and one that is too old. What is remembered of the person
// stays; that the talk was begun anew is said when its words are not understood
// without it.
func (d *Desk) freshen(t *Turn, first bool, idleFor time.Duration) {
	f, s, ok := d.find(t.here())
	switch {
	case t.S.Flow == "":
		t.leave()
	case ok && s.Tiny && t.Job() != nil && (!t.Waits(t.Job()) || t.Job().Mended()): // the danger is over
		t.Clear()
	case !ok || f.Version != t.S.Version || s.Self || s.Lookup != "":
		t.Clear()
		t.renewed = "router.renewed"
	case !first && d.County.Timers.Stale > 0 && idleFor > d.County.Timers.Stale:
		if !t.Resting() {
			t.renewed = "router.stale"
		}
		t.Clear()
	}
}
