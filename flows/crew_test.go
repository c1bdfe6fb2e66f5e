package flows_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// crew is a crew's side that only notes what it was given.
type crew struct{ calls []string }

func (c *crew) note(call string) { c.calls = append(c.calls, call) }

func (c *crew) Group(t *flows.Turn)                        { c.note("group " + string(t.E.Kind)) }
func (c *crew) Press(*flows.Turn)                          { c.note("press") }
func (c *crew) Started(*flows.Turn) bool                   { return false }
func (c *crew) Heard(*flows.Turn) bool                     { return false }
func (c *crew) Follow(*flows.Turn, *flows.Job, *flows.Job) {}
func (c *crew) Commands() []string                         { return []string{"open"} }
func (c *crew) Due(t *flows.Turn)                          { c.note("due " + t.E.Timer.Name) }
func (c *crew) Failed(t *flows.Turn)                       { c.note("failed " + t.E.Lost.Job) }

// Command asks for the open jobs, and says how many there are.
func (c *crew) Command(t *flows.Turn) bool {
	if t.E.Command != "open" {
		return false
	}
	if t.E.Kind == flows.Found {
		c.note("found " + string(t.E.Finding.Kind) + " for /" + t.E.Command)
		return true
	}
	c.note("command")
	t.Do(flows.Lookup{Kind: flows.OpenJobs})
	return true
}

func deskWith(t *testing.T, c *crew) *flows.Desk {
	t.Helper()
	d, err := flows.New(&flows.County{}, c, menuAlone(), personAlone())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var member = flows.Person{ID: 7, Lang: words.EN, Member: true}

func privately(kind flows.EventKind) flows.Event {
	return flows.Event{Kind: kind, At: time.Unix(1, 0), From: member, Chat: flows.Chat{ID: 7, Kind: flows.Private}}
}

func TestWhatIsTheCrewsGoesToTheCrew(t *testing.T) {
	t.Parallel()
	inGroup := flows.Event{Kind: flows.Found, From: member, Chat: flows.Chat{ID: -1, Kind: flows.Leader}, Finding: flows.Finding{Kind: flows.LogLines}}
	due := privately(flows.Due)
	due.Timer.Name = "duty/late/1123-01"
	others := privately(flows.Due)
	others.Timer.Name = "menu/x"
	failed := privately(flows.Failed)
	failed.Lost.Job = "1123-01"
	for what, tt := range map[string]struct {
		event flows.Event
		want  []string
	}{
		"a finding asked for in a group": {inGroup, []string{"group found"}},
		"its own reminder":               {due, []string{"due duty/late/1123-01"}},
		"a flow's reminder":              {others, nil},
		"words that did not arrive":      {failed, []string{"failed 1123-01"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := &crew{}
			deskWith(t, c).Step(flows.State{}, tt.event)
			if !slices.Equal(c.calls, tt.want) {
				t.Errorf("the crew was given %q, want %q", c.calls, tt.want)
			}
		})
	}
}

func TestAMembersCommandIsAnsweredAfterItsLookup(t *testing.T) {
	t.Parallel()
	c := &crew{}
	d := deskWith(t, c)
	e := privately(flows.Command)
	e.Command = "open"
	state, effects := d.Step(flows.State{}, e)
	if len(effects) != 1 || effects[0] != (flows.Lookup{Kind: flows.OpenJobs}) {
		t.Fatalf("got %v, want the question and nothing said yet", effects)
	}
	e.Kind, e.Finding = flows.Found, flows.Finding{Kind: flows.OpenJobs, Answer: "found"}
	if _, effects = d.Step(state, e); len(effects) != 0 {
		t.Errorf("said beside the crew: %v", effects)
	}
	if want := []string{"command", "found open for /open"}; !slices.Equal(c.calls, want) {
		t.Errorf("the crew was given %q, want %q", c.calls, want)
	}
}

func TestAStrangerCannotTellACrewCommandFromAnUnknownOne(t *testing.T) {
	t.Parallel()
	c := &crew{}
	d := deskWith(t, c)
	answer := func(command string) flows.Effect {
		e := privately(flows.Command)
		e.From.Member, e.Command = false, command
		_, effects := d.Step(flows.State{}, e)
		if len(effects) != 1 {
			t.Fatalf("/%s is answered with %v, want one message", command, effects)
		}
		return effects[0]
	}
	if open, nonsense := answer("open").(flows.Say).Text, answer("nonsense").(flows.Say).Text; open != nonsense {
		t.Errorf("/open is answered %q, /nonsense %q", open, nonsense)
	}
	if c.calls != nil {
		t.Errorf("the crew was given %q", c.calls)
	}
}

func TestTheDeskKnowsTheCrewsCommands(t *testing.T) {
	t.Parallel()
	d := deskWith(t, &crew{})
	for command, want := range map[string]bool{"open": true, "start": false, "": false} {
		if got := d.ForCrew(command); got != want {
			t.Errorf("ForCrew(%q) = %t, want %t", command, got, want)
		}
	}
}

func TestTheTeamGoesThroughATurn(t *testing.T) {
	t.Parallel()
	team := &flows.Team{Rev: 3}
	d := deskWith(t, &crew{})
	e := privately(flows.Command)
	e.Command = "open"
	asked, _ := d.Step(flows.State{Team: team}, e)
	e.Kind, e.Finding.Kind = flows.Found, flows.OpenJobs
	answered, _ := d.Step(asked, e)
	if asked.Team != team || answered.Team != team {
		t.Errorf("got the team %p, then %p, want %p both times", asked.Team, answered.Team, team)
	}
	if fresh, _ := d.Step(flows.State{}, privately(flows.Due)); fresh.Team == nil {
		t.Error("a desk whose team never spoke has no team at all")
	}
}

// The least a desk needs: a menu, and a person to be led to.
func menuAlone() *flows.Flow {
	return &flows.Flow{Name: "menu", Start: "menu", Steps: []flows.Step{{ID: "menu"}}}
}

func personAlone() *flows.Flow {
	return &flows.Flow{Name: "contact", Start: "person", Steps: []flows.Step{{ID: "person"}}}
}
