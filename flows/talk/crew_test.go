package talk_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// crew is a crew's side that only notes what it was given.
type crew struct{ calls []string }

func (c *crew) note(call string) { c.calls = append(c.calls, call) }

func (c *crew) Group(t *talk.Turn)                      { c.note("group " + string(t.E.Kind)) }
func (c *crew) Press(*talk.Turn)                        { c.note("press") }
func (c *crew) Started(*talk.Turn) bool                 { return false }
func (c *crew) Heard(*talk.Turn) bool                   { return false }
func (c *crew) NextWord(*talk.Turn, *job.Job) time.Time { return time.Time{} }

func (c *crew) Follow(*talk.Turn, *job.Job, *job.Job) {}
func (c *crew) commands() []talk.CommandRow {
	private, duty := []talk.ChatKind{talk.Private}, []talk.ChatKind{talk.Duty}
	return []talk.CommandRow{
		{Name: "open", Who: talk.ForCrew, In: private, Do: c.open},
		{Name: "grouped", Who: talk.ForCrew, In: duty, Do: func(*talk.Turn) { c.note("grouped") }},
	}
}
func (c *crew) Due(t *talk.Turn)       { c.note("due " + t.E.Timer.Name) }
func (c *crew) Delivered(t *talk.Turn) { c.note("delivered " + t.E.Lost.Job) }

func (c *crew) Failed(t *talk.Turn) { c.note("failed " + t.E.Lost.Job) }

// open asks for the open jobs, and says how many there are.
func (c *crew) open(t *talk.Turn) {
	if t.E.Kind == talk.Found {
		c.note("found " + string(t.E.Finding.Kind) + " for /" + t.E.Command)
		return
	}
	c.note("command")
	t.Do(talk.Lookup{Kind: talk.OpenJobs})
}

func deskWith(t *testing.T, c *crew) *talk.Desk {
	t.Helper()
	d, err := talk.New(&county.County{}, c, c.commands(), nil, menuAlone(), personAlone())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var member = talk.Person{ID: 7, Lang: words.EN, Member: true}

func privately(kind talk.EventKind) talk.Event {
	return talk.Event{Kind: kind, At: time.Unix(1, 0), From: member, Chat: talk.Chat{ID: 7, Kind: talk.Private}}
}

func TestWhatIsTheCrewsGoesToTheCrew(t *testing.T) {
	t.Parallel()
	inGroup := talk.Event{Kind: talk.Found, From: member, Chat: talk.Chat{ID: -1, Kind: talk.Leader}, Finding: talk.Finding{Kind: talk.LogLines}}
	due := privately(talk.Due)
	due.Timer.Name = "duty/late/1123-01"
	others := privately(talk.Due)
	others.Timer.Name = "menu/x"
	failed := privately(talk.Failed)
	failed.Lost.Job = "1123-01"
	for what, tt := range map[string]struct {
		event talk.Event
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
			deskWith(t, c).Step(talk.State{}, tt.event)
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
	e := privately(talk.Command)
	e.Command = "open"
	state, effects := d.Step(talk.State{}, e)
	if len(effects) != 1 || effects[0] != (talk.Lookup{Kind: talk.OpenJobs}) {
		t.Fatalf("got %v, want the question and nothing said yet", effects)
	}
	e.Kind, e.Finding = talk.Found, talk.Finding{Kind: talk.OpenJobs, Answer: "found"}
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
	answer := func(command string) talk.Effect {
		e := privately(talk.Command)
		e.From.Member, e.Command = false, command
		_, effects := d.Step(talk.State{}, e)
		if len(effects) != 1 {
			t.Fatalf("/%s is answered with %v, want one message", command, effects)
		}
		return effects[0]
	}
	if open, nonsense := answer("open").(talk.Say).Text, answer("nonsense").(talk.Say).Text; open != nonsense {
		t.Errorf("/open is answered %q, /nonsense %q", open, nonsense)
	}
	if c.calls != nil {
		t.Errorf("the crew was given %q", c.calls)
	}
}

func TestTheDeskKnowsTheCrewsCommands(t *testing.T) {
	t.Parallel()
	d := deskWith(t, &crew{})
	for command, want := range map[string]bool{"open": true, "grouped": false, "start": false, "": false} {
		if got := d.AsksMembership(command, member.ID); got != want {
			t.Errorf("AsksMembership(%q) = %t, want %t", command, got, want)
		}
	}
}

// grown is a crew that has learnt one command more: one row, and nothing else.
type grown struct{ crew }

func (g *grown) commands() []talk.CommandRow {
	return append(g.crew.commands(), talk.CommandRow{
		Name: "made_up", Who: talk.ForCrew, In: []talk.ChatKind{talk.Private, talk.Duty},
		Do: func(t *talk.Turn) { g.note("made up in " + string(t.E.Chat.Kind)) },
	})
}

func (g *grown) Group(t *talk.Turn) { t.Obey() }

func TestARowOfTheTableIsAllThatACommandNeeds(t *testing.T) {
	t.Parallel()
	g := &grown{}
	d, err := talk.New(&county.County{}, g, g.commands(), nil, menuAlone(), personAlone())
	if err != nil {
		t.Fatal(err)
	}
	e := privately(talk.Command)
	e.Command = "made_up"
	for _, chat := range []talk.Chat{e.Chat, {ID: -1, Kind: talk.Duty}, {ID: -2, Kind: talk.Leader}} {
		e.Chat = chat
		d.Step(talk.State{}, e)
	}
	if want := []string{"made up in private", "made up in duty"}; !slices.Equal(g.calls, want) {
		t.Errorf("the router came to %q, want %q", g.calls, want)
	}
	if !d.AsksMembership("made_up", member.ID) {
		t.Error("nobody would look up whether the writer is a member")
	}
	for chat, want := range map[talk.ChatKind]bool{talk.Private: true, talk.Duty: true, talk.Leader: false} {
		made := func(c talk.CommandRow) bool { return c.Name == "made_up" }
		if got := slices.ContainsFunc(d.Offered(chat, talk.ForCrew), made); got != want {
			t.Errorf("the menu of %s offers it: %t, want %t", chat, got, want)
		}
	}
}

func TestTheTeamGoesThroughATurn(t *testing.T) {
	t.Parallel()
	team := &county.Team{Rev: 3}
	d := deskWith(t, &crew{})
	e := privately(talk.Command)
	e.Command = "open"
	asked, _ := d.Step(talk.State{Team: team}, e)
	e.Kind, e.Finding.Kind = talk.Found, talk.OpenJobs
	answered, _ := d.Step(asked, e)
	if asked.Team != team || answered.Team != team {
		t.Errorf("got the team %p, then %p, want %p both times", asked.Team, answered.Team, team)
	}
	if fresh, _ := d.Step(talk.State{}, privately(talk.Due)); fresh.Team == nil {
		t.Error("a desk whose team never spoke has no team at all")
	}
}

// The least a desk needs: a menu, and a person to be led to.
func menuAlone() *talk.Flow {
	return &talk.Flow{Name: "menu", Start: "menu", Steps: []talk.Step{{ID: "menu"}}}
}

func personAlone() *talk.Flow {
	return &talk.Flow{Name: "contact", Start: "person", Steps: []talk.Step{{ID: "person"}}}
}
