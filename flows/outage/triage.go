package outage

import "powerdesk/flows"

// triageSteps find out what a layperson can find out safely (DOMAIN §4 Q1–F1):
// neighbours, meter and card, main switch, one reset, the fuse untouched. Every
// "don't know" leads towards people; two of them send people.
func triageSteps() []flows.Step {
	send := []flows.Fork{{Name: "twice unsure", If: doubtful, Then: "summary"}}
	spare := append([]flows.Fork{{Name: "vulnerable or unsure of danger", If: careful, Then: "summary"}}, send...)
	steps := []flows.Step{
		{ID: "neighbours", Answers: []flows.Answer{
			{ID: "dark", Then: "summary", Do: tell("outage.neighbours.dark_told"), Forks: []flows.Fork{
				{Name: "everything known", If: allKnown, Then: "send"},
			}},
			{ID: "me", Then: "meter", Forks: spare},
			{ID: "part", Then: "part", Forks: spare},
			{ID: "flicker", Then: "flicker"},
			{ID: "unsure", Then: "meter", Forks: spare},
		}},
		{ID: "part", Answers: []flows.Answer{
			{ID: "back", Then: "solved"},
			{ID: "trips", Then: "summary"},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "flicker", Answers: []flows.Answer{
			{ID: "bright", Then: "summary", Do: tell("outage.flicker.bright_told")},
			{ID: "dim", Then: "summary", Do: tell("outage.flicker.dim_told")},
			{ID: "motor", Then: "summary", Do: tell("outage.flicker.motor_told")},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "meter", Answers: []flows.Answer{
			{ID: "yes", Then: "card"},
			{ID: "no", Then: "switch"},
			{ID: "unsure", Then: "switch", Forks: send},
		}},
	}
	return each(append(append(steps, cardSteps(send)...), switchSteps(send)...), func(s *flows.Step) {
		s.Come = true
	})
}

// cardSteps are what an empty card needs (DOMAIN §4 C1–C5). A card that was
// read while the home stays dark leads to the switch behind the meter, once.
func cardSteps(send []flows.Fork) []flows.Step {
	return []flows.Step{
		{ID: "card", Answers: []flows.Answer{
			{ID: "slot", Then: "insert"},
			{ID: "slotless", Then: "remote"},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "insert", Answers: []flows.Answer{
			{ID: "back", Then: "solved"},
			{ID: "read", Then: "push"},
			{ID: "unread", Then: "display"},
			{ID: "empty", Then: "topup/buy"},
		}},
		{ID: "remote", Answers: []flows.Answer{
			{ID: "back", Then: "solved"},
			{ID: "still", Then: "summary"},
			{ID: "unpaid", Then: "topup/buy"},
		}},
		{ID: "display", Free: true, Hear: hearDisplay, Leads: []string{"summary"}, Answers: []flows.Answer{
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "push", Answers: []flows.Answer{
			{ID: "back", Then: "solved"},
			{ID: "trips", Then: "summary", Do: tell("outage.reset.trips_told")},
			{ID: "up", Then: "summary"},
			{ID: "unsure", Then: "summary"},
		}},
	}
}

// hearDisplay keeps what the meter shows, as words or as a picture.
func hearDisplay(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Text:
		t.Keep("display", t.E.Text)
		return "summary"
	case flows.Attach:
		return "summary"
	}
	return ""
}

// switchSteps are the main switch with its one reset, and the fuse that nobody
// touches (DOMAIN §4 B0–F1).
func switchSteps(send []flows.Fork) []flows.Step {
	return []flows.Step{
		{ID: "switch", Answers: []flows.Answer{
			{ID: "up", Then: "fuse"},
			{ID: "down", Then: "reset"},
			{ID: "unsure", Then: "fuse", Forks: send},
			{ID: "burning", Then: "place", Do: func(t *flows.Turn) { endanger(t, "fire") }, Forks: []flows.Fork{
				{Name: "place known", If: func(t *flows.Turn) bool { return t.S.Place != (flows.Place{}) }, Then: "danger_phone"},
			}},
		}},
		{ID: "reset", Answers: []flows.Answer{
			{ID: "stays", Then: "branches"},
			{ID: "trips", Then: "summary", Do: tell("outage.reset.trips_told")},
			{ID: "sealed", Then: "summary", Do: tell("outage.reset.sealed_told")},
		}},
		{ID: "branches", Answers: []flows.Answer{
			{ID: "all", Then: "solved"},
			{ID: "visit", Then: "summary"},
			{ID: "leave", Then: "solved"},
			{ID: "trips", Then: "summary", Do: tell("outage.reset.trips_told")},
		}},
		{ID: "fuse", Answers: []flows.Answer{
			{ID: "knife", Then: "summary", Do: tell("outage.fuse.knife_told")},
			{ID: "no", Then: "summary"},
			{ID: "unsure", Then: "summary"},
		}},
	}
}

func each(steps []flows.Step, change func(*flows.Step)) []flows.Step {
	for i := range steps {
		change(&steps[i])
	}
	return steps
}
