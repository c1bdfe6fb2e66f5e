package store

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
			Session: &talk.Session{Chat: wang}, Jobs: map[string]*job.Job{"1123-01": {No: "1123-01"}}, Team: &county.Team{Rev: 3},
		}
	}
	for what, edit := range map[string]func(*talk.State){
		"nothing":     func(*talk.State) {},
		"the session": func(s *talk.State) { s.Session.Opened = true },
		"the job":     func(s *talk.State) { s.Jobs["1123-01"].Danger = "fire" },
		"the team":    func(s *talk.State) { s.Team.Say(county.Presence{User: wang, On: true, Until: noon}) },
	} {
		before, err := Encode(state())
		check(t, err)
		after := state()
		edit(&after)
		bodies, err := Encode(after)
		check(t, err)
		write := bodies.Changed(before, after)
		got := map[string]bool{"the session": write.Session != nil, "the job": len(write.Jobs) == 1, "the team": write.Team != nil}
		for name, written := range got {
			if written != (name == what) {
				t.Errorf("%s was changed: %s written is %t", what, name, written)
			}
		}
	}
}
