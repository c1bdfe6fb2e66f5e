package flows

import (
	"fmt"
	"slices"
	"strings"
)

// Crew is the crew's side of the desk: flows/duty. Follow is the only place
// where a job's change becomes messages, so that no change can go untold.
type Crew interface {
	// Group handles what is said in a group the desk serves, and what was found
	// there.
	Group(t *Turn)
	// Commands names the commands of the crew, without the slash. Who gives one in
	// private is looked up in the duty group first.
	Commands() []string
	// Command handles what a member of the duty group commands in private, and
	// what was found for it; it says whether the command was the crew's.
	Command(t *Turn) bool
	// Due handles a reminder of the crew, "duty/...". It is nobody's talk: the
	// session belongs to the reminder's chat, which may be 0.
	Due(t *Turn)
	// Failed tells a writer that their words could not be delivered.
	Failed(t *Turn)
	// Press handles an inline button, wherever it was pressed.
	Press(t *Turn)
	// Started is called when a person opens the private chat; it says whether it
	// had something for them.
	Started(t *Turn) bool
	// Heard is offered the words and pictures of a resting talk that nobody else
	// took; it says whether they were for somebody.
	Heard(t *Turn) bool
	// Follow turns the difference between two states of a job into effects.
	// Before is nil for a new job.
	Follow(t *Turn, before, after *Job)
}

// Desk decides for one county. It is immutable and safe for concurrent use.
type Desk struct {
	County *County
	crew   Crew
	flows  map[string]*Flow
	order  []string
}

// menuRef is where a talk is when nothing is going on, personRef where somebody
// is led whom the desk does not understand.
const (
	menuRef   = "menu/menu"
	personRef = "contact/person"
	alarmFlow = "outage"
	crewFlow  = "duty" // whose reminders are the crew's
	workFlow  = "work" // in which the crew is asked about a job
)

// New builds a desk. The error names every arrow that leads nowhere.
func New(c *County, crew Crew, all ...*Flow) (*Desk, error) {
	d := &Desk{County: c, crew: crew, flows: make(map[string]*Flow)}
	for _, f := range all {
		d.flows[f.Name] = f
		d.order = append(d.order, f.Name)
	}
	var lost []string
	for _, e := range append(d.Graph(), Arrow{To: menuRef}, Arrow{To: personRef}) {
		if _, _, ok := d.find(e.To); !ok {
			lost = append(lost, e.From+" -> "+e.To)
		}
	}
	if lost != nil {
		return nil, fmt.Errorf("arrows that lead nowhere: %s", strings.Join(lost, ", "))
	}
	return d, nil
}

// ForCrew says whether a command is one of the crew's.
func (d *Desk) ForCrew(command string) bool {
	return d.crew != nil && slices.Contains(d.crew.Commands(), command)
}

// Flows lists the flows in the order in which they were given.
func (d *Desk) Flows() []*Flow {
	all := make([]*Flow, len(d.order))
	for i, name := range d.order {
		all[i] = d.flows[name]
	}
	return all
}

// find resolves "flow/step".
func (d *Desk) find(ref string) (*Flow, *Step, bool) {
	name, id, _ := strings.Cut(ref, "/")
	f := d.flows[name]
	if f == nil {
		return nil, nil, false
	}
	s := f.step(id)
	return f, s, s != nil
}

// refOf makes a step id absolute: "town" in outage is "outage/town".
func refOf(flow, then string) string {
	if strings.Contains(then, "/") {
		return then
	}
	return flow + "/" + then
}

// Arrow is one edge of the graph of all flows.
type Arrow struct {
	From, To string // "flow/step"
	Label    string // the answer's id, or the fork's name
}

// Graph lists every arrow of every flow, in order.
func (d *Desk) Graph() []Arrow {
	var arrows []Arrow
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			from := f.Name + "/" + s.ID
			for _, a := range s.Answers {
				for _, fork := range a.Forks {
					arrows = append(arrows, Arrow{from, refOf(f.Name, fork.Then), a.ID + ", " + fork.Name})
				}
				arrows = append(arrows, Arrow{from, refOf(f.Name, a.Then), a.ID})
			}
			for _, then := range s.Leads {
				arrows = append(arrows, Arrow{from, refOf(f.Name, then), "…"})
			}
			if s.Come {
				arrows = append(arrows, Arrow{from, refOf(f.Name, comeStep), comeStep})
			}
		}
	}
	return arrows
}
