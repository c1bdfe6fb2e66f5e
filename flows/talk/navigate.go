package talk

import "powerdesk/flows/text"

// navigate takes the buttons that stand on every screen: back, out, a person,
// and "please just come".
func (d *Desk) navigate(t *Turn, f *Flow, s *Step) bool {
	switch {
	case t.says(t.E.Text, "nav.back"):
		t.back()
	case t.says(t.E.Text, "nav.exit"):
		t.exit()
	case t.says(t.E.Text, "nav.person"):
		t.remember(t.here())
		t.enter(personRef, false)
	case t.says(t.E.Text, "nav.come"):
		return d.come(t, f, s)
	default:
		return false
	}
	t.S.Said = text.Fold(t.E.Text)
	return true
}

// comeStep is the step of a flow with Come screens that sends people without
// further questions; wish is the answer of a screen at which that was asked for.
// Nobody can type it: what begins with a slash is a command.
const (
	comeStep = "come"
	wish     = "/come"
)

// come is "please just come": a button of the triage, and understood elsewhere.
// Where something must still be known it is asked, and the wish is kept.
func (d *Desk) come(t *Turn, f *Flow, s *Step) bool {
	switch {
	case s.Come:
		t.S.Said = text.Fold(t.E.Text)
		t.remember(t.here())
		t.Keep(s.ID, wish)
		t.enter(refOf(f.Name, comeStep), false)
	case t.Resting() && t.Waiting() == nil:
		t.Begin(alarmFlow + "/" + d.flows[alarmFlow].Start)
		t.Want()
		t.Tell("router.come", nil)
	case f.step(comeStep) != nil && t.Job() == nil && !s.Free:
		t.Want()
		t.Tell("router.come", nil)
		t.ask = true
	default:
		return false
	}
	return true
}

// start begins a flow; on a detour what is under way waits.
func (t *Turn) start(f *Flow) {
	ref := f.Name + "/" + f.Start
	if !f.Detour || t.Idle() {
		t.Begin(ref)
		return
	}
	if t.S.Flow != f.Name {
		t.remember(t.here())
	}
	t.enter(ref, false)
}

// Detour begins a flow of that kind.
func Detour(flow string) func(*Turn) {
	return func(t *Turn) { t.start(t.Desk.flows[flow]) }
}

// Return goes back to what a detour has left, and says whether there was anything.
func (t *Turn) Return() bool {
	n := len(t.S.Trail)
	if n == 0 {
		return false
	}
	left := t.S.Trail[n-1]
	t.S.Trail = t.S.Trail[:n-1]
	t.enter(left.Step, true)
	return true
}

// back shows the step before this one, with the talk as it stood then.
func (t *Turn) back() {
	n := len(t.S.Trail)
	if n == 0 {
		t.exit()
		return
	}
	v := t.S.Trail[n-1]
	t.S.Trail = t.S.Trail[:n-1]
	if v.Given <= len(t.S.Given) {
		for _, ref := range t.S.Given[v.Given:] {
			delete(t.S.Answers, ref)
		}
		t.S.Given = t.S.Given[:v.Given]
	}
	t.S.Place = v.Place
	if _, s, ok := t.Desk.find(v.Step); ok && s.Once {
		t.back()
		return
	}
	t.enter(v.Step, true)
}
