package outage

import (
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
)

// unsureTwice sends people after the second "don't know".
func unsureTwice() []talk.Fork {
	return []talk.Fork{{Name: "unsure twice", If: doubtful, Then: "summary"}}
}

// spare keeps those from the switches who should not be at them: the
// vulnerable, whoever is unsure of danger, and who reports for somebody else
// and cannot see the meter.
func spare() []talk.Fork {
	return append([]talk.Fork{
		{Name: "vulnerable, or unsure of danger", If: careful, Then: "summary"},
		{Name: "for somebody else", If: forSomebody, Then: "summary"},
	}, unsureTwice()...)
}

// A switch is pushed once and never again, whichever way a resident comes back
// to it (DOMAIN §4 B1).
var pushedAlready = talk.Fork{
	Name: "pushed already", If: func(t *talk.Turn) bool { return t.Answer("pushed") != "" }, Then: "summary",
}

// pushed notes that a switch was pushed, and says something.
func pushed(key string) func(*talk.Turn) {
	return func(t *talk.Turn) {
		t.Fact("pushed")
		if key != "" {
			t.Tell(key, nil)
		}
	}
}

// triageSteps find out what a layperson can find out safely (DOMAIN §4 Q1–F1):
// neighbours, meter and card, main switch, one reset, the fuse untouched. Every
// "don't know" leads towards people; two of them send people.
func triageSteps() []talk.Step {
	steps := []talk.Step{
		{ID: "neighbours", Answers: []talk.Answer{
			{ID: "dark", Means: "neighbours=all", Then: "summary", Do: tell("outage.neighbours.dark_told"), Forks: []talk.Fork{
				{Name: "everything known", If: allKnown, Then: "send"},
			}},
			{ID: "me", Means: "neighbours=me", Then: "meter", Forks: spare()},
			{ID: "part", Means: "neighbours=part", Then: "part", Forks: append(spare(), pushedAlready)},
			{ID: "flicker", Means: "neighbours=flicker", Then: "flicker"},
			{ID: "unsure", Then: "meter", Forks: spare()},
		}},
		{ID: "part", Picture: "part", Once: true, Answers: []talk.Answer{
			{ID: "back", Then: "solved", Do: pushed("")},
			{ID: "trips", Then: "summary", Do: pushed("")},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "flicker", Answers: []talk.Answer{
			{ID: "bright", Then: "summary", Do: tell("outage.flicker.bright_told")},
			{ID: "dim", Then: "summary", Do: tell("outage.flicker.dim_told")},
			{ID: "motor", Then: "summary", Do: tell("outage.flicker.motor_told")},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "meter", Picture: "display", Hear: hearMeter, Leads: []string{"topup/says"}, Answers: []talk.Answer{
			{ID: "yes", Means: "yes no_credit meter=请购电 meter=拉闸 meter=yellow meter=0", Then: "card"},
			{ID: "no", Then: "switch"},
			{ID: "unsure", Then: "switch", Forks: unsureTwice()},
		}},
	}
	return each(append(append(steps, cardSteps()...), switchSteps()...), func(s *talk.Step) { s.Come = true })
}

// triage is every step whose answer is about what is wrong: they are open again
// when the resident wants to say it anew.
var triage = []string{
	"neighbours", "part", "flicker", "meter", "card", "insert", "remote", "shown", "push", "switch", "reset", "branches", "fuse",
}

// selfHelp is every step at which a resident does something.
var selfHelp = []string{"insert", "topup/insert", "topup/early", "topup/turn", "topup/first_insert", "topup/reserve", "remote", "topup/remote", "push", "topup/push", "reset", "branches", "part"}

// meterHere spares the question for the slot where all homes have the same meter.
func meterHere(t *talk.Turn) string { return t.Desk.County.MeterAt(t.S.Place) }

// hearMeter takes what a meter shows besides what its question asks: a code, a lamp, or
// words that say more than that the credit is used up. The guide knows what each means.
func hearMeter(t *talk.Turn) string {
	if t.Slot("code") != "" || t.E.Kind == talk.Text && (text.MeterTells(t.E.Text) || text.MeterLamp(t.E.Text)) {
		return "topup/says"
	}
	return ""
}

// cardSteps are what an empty card needs (DOMAIN §4 C1–C5). A card that was
// read while the home stays dark leads to the switch behind the meter, once; what
// else can be the matter is the guide's.
func cardSteps() []talk.Step {
	return []talk.Step{
		{ID: "card", Picture: "kind", Hear: hearMeter, Leads: []string{"topup/says"}, Known: meterHere, Answers: []talk.Answer{
			{ID: "slot", Then: "insert"},
			{ID: "slotless", Then: "remote"},
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "insert", Picture: "insert", Hear: hearMeter, Leads: []string{"topup/says"}, Answers: []talk.Answer{
			{ID: "back", Then: "solved"},
			{ID: "read", Then: "push", Forks: []talk.Fork{pushedAlready}},
			{ID: "unread", Then: "topup/code"},
			{ID: "empty", Means: "no_credit", Then: "topup/buy"},
		}},
		{ID: "remote", Picture: "remote", Hear: hearMeter, Leads: []string{"topup/says"}, Answers: []talk.Answer{
			{ID: "back", Then: "solved"},
			{ID: "still", Then: "topup/channel"},
			{ID: "unpaid", Means: "paid=no no_credit", Then: "topup/buy"},
		}},
		{ID: "push", Picture: "push", Hear: hearMeter, Leads: []string{"topup/says"}, Once: true, Answers: []talk.Answer{
			{ID: "back", Then: "solved", Do: pushed("")},
			{ID: "trips", Then: "summary", Do: pushed("outage.reset.trips_told")},
			{ID: "up", Then: "summary"},
			{ID: "unsure", Then: "summary"},
		}},
	}
}

// switchSteps are the main switch with its one reset, and the fuse that nobody
// touches (DOMAIN §4 B0–F1).
func switchSteps() []talk.Step {
	return []talk.Step{
		{ID: "switch", Picture: "switch", Answers: []talk.Answer{
			{ID: "up", Then: "fuse"},
			{ID: "down", Then: "reset", Forks: []talk.Fork{pushedAlready}},
			{ID: "unsure", Then: "fuse", Forks: unsureTwice()},
			{ID: "burning", Means: "danger_smell_heat", Then: "safety", Do: func(t *talk.Turn) { endanger(t, "fire") }, Forks: byPhone},
		}},
		{ID: "reset", Picture: "reset", Once: true, Answers: []talk.Answer{
			{ID: "stays", Means: "reset=stays light_back", Then: "branches", Do: pushed("")},
			{ID: "trips", Then: "summary", Do: pushed("outage.reset.trips_told")},
			{ID: "sealed", Means: "reset=sealed", Then: "summary", Do: tell("outage.reset.sealed_told")},
		}},
		{ID: "branches", Picture: "branches", Answers: []talk.Answer{
			{ID: "all", Means: "branches=all light_back", Then: "solved"},
			{ID: "visit", Means: "branches=one", Then: "summary"},
			{ID: "leave", Means: "branches=leave", Then: "solved"},
			{ID: "trips", Means: "branches=trips reset=trips", Then: "summary", Do: tell("outage.reset.trips_told")},
		}},
		{ID: "fuse", Picture: "fuse", Answers: []talk.Answer{
			{ID: "knife", Means: "yes", Then: "summary", Do: tell("outage.fuse.knife_told")},
			{ID: "no", Then: "summary"},
			{ID: "unsure", Then: "summary"},
		}},
	}
}
