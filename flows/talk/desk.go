package talk

import (
	"fmt"
	"slices"
	"strings"

	"powerdesk/flows/county"
)

// Desk decides for one county. It is immutable and safe for concurrent use.
type Desk struct {
	County   *county.County
	crew     Crew
	commands []CommandRow
	intents  []IntentRow
	flows    map[string]*Flow
	all      []*Flow // in the order in which they were given
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
func New(c *county.County, crew Crew, commands []CommandRow, intents []IntentRow, all ...*Flow) (*Desk, error) {
	d := &Desk{County: c, crew: crew, commands: commands, intents: intents, flows: make(map[string]*Flow), all: all}
	for _, f := range all {
		d.flows[f.Name] = f
	}
	var lost []string
	for _, row := range commands {
		if row.Do == nil && d.flows[row.Flow] == nil {
			lost = append(lost, "/"+row.Name+" -> "+row.Flow)
		}
	}
	for _, row := range intents {
		if _, _, ok := d.find(row.Step); !ok && row.Do == nil {
			lost = append(lost, fmt.Sprint(row.Intents, " -> ", row.Step))
		}
	}
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

// Flows lists the flows in the order in which they were given.
func (d *Desk) Flows() []*Flow { return slices.Clone(d.all) }

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
	for _, f := range d.all {
		for _, s := range f.Steps {
			from := f.Name + "/" + s.ID
			for _, a := range s.Answers {
				for _, fork := range a.Forks {
					arrows = append(arrows, Arrow{from, refOf(f.Name, fork.Then), a.ID + ", " + fork.Name})
				}
				if a.Then != "" {
					arrows = append(arrows, Arrow{from, refOf(f.Name, a.Then), a.ID})
				}
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
