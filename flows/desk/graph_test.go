package desk_test

import (
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// entries are where a talk can begin: the menu, a command, a person, what a job
// asks, what a reminder asks, what a job's words lead to, and what a volunteer's
// press or command leads to.
func entries(d *talk.Desk) []string {
	all := []string{"menu/menu", "contact/person", "outage/held", "report/one", "work/eta", "work/done", "work/account", "work/amount", "phoned/line", "meant/meant"}
	for _, row := range desk.Intents() {
		if row.Step != "" {
			all = append(all, row.Step)
		}
	}
	for _, f := range d.Flows() {
		if f.Alarm != nil || slices.ContainsFunc(desk.Commands(), func(c talk.CommandRow) bool { return c.Flow == f.Name }) {
			all = append(all, f.Name+"/"+f.Start)
		}
		for _, s := range f.Steps {
			if s.Posed {
				all = append(all, f.Name+"/"+s.ID)
			}
		}
	}
	return all
}

// walk gives every step that arrows lead to from the given ones.
func walk(from []string, arrows map[string][]string) map[string]bool {
	seen := map[string]bool{}
	for len(from) > 0 {
		ref := from[0]
		from = from[1:]
		if !seen[ref] {
			seen[ref] = true
			from = append(from, arrows[ref]...)
		}
	}
	return seen
}

func TestEveryStepIsReachable(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	arrows := map[string][]string{}
	for _, a := range d.Graph() {
		arrows[a.From] = append(arrows[a.From], a.To)
	}
	reached := walk(entries(d), arrows)
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			if ref := f.Name + "/" + s.ID; !reached[ref] {
				t.Errorf("no talk gets to %s", ref)
			}
		}
	}
}

func TestEveryPathCanEnd(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	back := map[string][]string{}
	for _, a := range d.Graph() {
		back[a.To] = append(back[a.To], a.From)
	}
	ends := []string{"menu/menu"}
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			goesItself := slices.ContainsFunc(s.Answers, func(a talk.Answer) bool { return a.Then == "" })
			if s.Ends || goesItself {
				ends = append(ends, f.Name+"/"+s.ID)
			}
		}
	}
	ending := walk(ends, back)
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			if ref := f.Name + "/" + s.ID; !ending[ref] {
				t.Errorf("a talk at %s never ends", ref)
			}
		}
	}
}

// A step is put together whole: what it declares can work.
func TestStepsAreWhole(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	alarms := 0
	for _, f := range d.Flows() {
		ids := map[string]bool{}
		if f.Alarm != nil {
			alarms++
		}
		for _, s := range f.Steps {
			ref := f.Name + "/" + s.ID
			takes := len(s.Answers) > 0 || s.Hear != nil || s.Offer != nil
			answers := map[string]bool{}
			for _, a := range s.Answers {
				if answers[a.ID] {
					t.Errorf("%s has two answers %s", ref, a.ID)
				}
				answers[a.ID] = true
			}
			switch {
			case ids[s.ID]:
				t.Errorf("two steps are called %s", ref)
			case s.Ends == takes:
				t.Errorf("%s ends the talk and still takes answers, or does neither", ref)
			case (s.Hear != nil || s.Chosen != nil) && s.Leads == nil,
				s.Leads != nil && s.Hear == nil && s.Chosen == nil && !slices.ContainsFunc(s.Answers, func(a talk.Answer) bool { return a.Then == "" }):
				t.Errorf("%s hears without saying where that leads, or the other way round", ref)
			case (s.Offer == nil) != (s.Chosen == nil):
				t.Errorf("%s offers what it does not take, or the other way round", ref)
			case s.Self && (s.Known == nil || s.Hear != nil || s.Come):
				t.Errorf("%s has no screen: only Known can decide it", ref)
			case s.Lookup != "" && !answers["none"]:
				t.Errorf("%s does not take \"none\" from its look-up", ref)
			}
			if _, come := stepOf(d, f.Name+"/come"); s.Come && come == nil {
				t.Errorf("%s offers people without further questions, and %s has no such step", ref, f.Name)
			}
			ids[s.ID] = true
		}
	}
	if alarms != 1 {
		t.Errorf("%d flows take the alarm, want one", alarms)
	}
}

// What a step takes besides its buttons leads where the graph says: it is driven
// with everything people send, on every screen, with and without what is known.
func TestLeadsAreTrue(t *testing.T) {
	t.Parallel()
	lines := []string{
		"桑园镇", "翰林小区", "翰林小区3号楼2单元", "张庄", "铁城镇", "小王庄 5号", "德州市", "1", "13900000001", "没有冒烟", "请购电", "Err-18", "Err-99", "电表坏了",
		"[photo]", "[voice] 说明", "[pin 37.633 116.391]", "[pin 37.70 116.40]", "[pin 39.9 116.4]", "[contact 13900000001]", "[foreign contact 13900000002]",
	}
	d := desk.New(countyIn(words.ZH))
	for _, f := range d.Flows() {
		for i := range f.Steps {
			s := &f.Steps[i]
			ref := f.Name + "/" + s.ID
			check := func(then string) string {
				if then != "" && !slices.Contains(s.Leads, then) {
					t.Errorf("%s leads to %s, which its Leads %v do not say", ref, then, s.Leads)
				}
				return then
			}
			if hear := s.Hear; hear != nil {
				s.Hear = func(t *talk.Turn) string { return check(hear(t)) }
			}
			if chosen := s.Chosen; chosen != nil {
				s.Chosen = func(t *talk.Turn, id string) string { return check(chosen(t, id)) }
			}
		}
	}
	for _, ref := range screens(d) {
		if _, s := stepOf(d, ref); s.Leads == nil {
			continue
		}
		for _, state := range []func(*talk.Desk, words.Lang, string) talk.State{rich, empty} {
			for _, line := range append(lines, ownKeys(look(t, d, state(d, words.ZH, ref)), words.ZH)...) {
				leads(t, d, state(d, words.ZH, ref), line, words.ZH)
			}
		}
	}
}

// The desk refuses to be built with an arrow that leads nowhere.
func TestArrowsLeadSomewhere(t *testing.T) {
	t.Parallel()
	lost := &talk.Flow{Name: "menu", Start: "menu", Steps: []talk.Step{{ID: "menu", Answers: []talk.Answer{{ID: "x", Then: "nowhere"}}}}}
	if _, err := talk.New(countyIn(words.ZH), nil, nil, nil, lost); err == nil || !strings.Contains(err.Error(), "menu/menu -> menu/nowhere") {
		t.Errorf("talk.New = %v, want an error that names menu/menu -> menu/nowhere", err)
	}
}
