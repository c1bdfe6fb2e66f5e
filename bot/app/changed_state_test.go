package app

import (
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func TestWhatAStepLeftAloneIsNotWritten(t *testing.T) {
	t.Parallel()
	state := func() talk.State {
		return talk.State{
			Session: &talk.Session{Chat: resident}, Jobs: map[string]*job.Job{"1123-01": {No: "1123-01"}}, Team: &county.Team{Rev: 3},
		}
	}
	for what, edit := range map[string]func(*talk.State){
		"nothing":     func(*talk.State) {},
		"the session": func(s *talk.State) { s.Session.Opened = true },
		"the job":     func(s *talk.State) { s.Jobs["1123-01"].Danger = "fire" },
		"the team":    func(s *talk.State) { s.Team.Say(county.Presence{User: volunteerA, On: true, Until: evening}) },
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
