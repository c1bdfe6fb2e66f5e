package app

import (
	"testing"

	"powerdesk/flows"
)

func TestWhatAStepLeftAloneIsNotWritten(t *testing.T) {
	t.Parallel()
	state := func() flows.State {
		return flows.State{
			Session: &flows.Session{Chat: resident}, Jobs: map[string]*flows.Job{"1123-01": {No: "1123-01"}}, Team: &flows.Team{Rev: 3},
		}
	}
	for what, edit := range map[string]func(*flows.State){
		"nothing":     func(*flows.State) {},
		"the session": func(s *flows.State) { s.Session.Opened = true },
		"the job":     func(s *flows.State) { s.Jobs["1123-01"].Danger = "fire" },
		"the team":    func(s *flows.State) { s.Team.Say(flows.Presence{User: volunteerA, On: true, Until: evening}) },
	} {
		before, err := prints(state())
		if err != nil {
			t.Fatal(err)
		}
		after := state()
		edit(&after)
		write, err := changed(before, after)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{"the session": write.Session != nil, "the job": len(write.Jobs) == 1, "the team": write.Team != nil}
		for name, written := range got {
			if written != (name == what) {
				t.Errorf("%s was changed: %s written is %t", what, name, written)
			}
		}
	}
}
