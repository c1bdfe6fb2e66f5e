package understand

import (
	"powerdesk/flows/county"
)

// Reading is what a sentence says.
type Reading struct {
	Intent Intent // what it means; "" = nobody knows
	Answer string // of an Answer: what it answers, as "key=value", where that is a choice
	Likely float64
	Doubt  bool  // the desk asks whether that is meant, and does nothing before
	Slots  Slots // what else it says
	Danger Peril
}

// Reader reads sentences. It knows the county's places.
type Reader struct{ County *county.County }

// Read reads a sentence typed where a screen stood: "first" where nothing was asked,
// "open-job" where only a job is open, "restored" and "rating" for the questions of
// a mended job, else the question's step, as "outage/danger".
func (r Reader) Read(screen, said string) Reading {
	read := Reading{Danger: Danger(said)}
	g := learned().guesses(screen, said)[0]
	read.Intent, read.Answer, read.Likely = g.intent, g.answer, g.likely
	read.Slots = r.slots(screen, said, &read)
	return read
}

// Alarm is the kind of danger at which the crew is alerted at once, "" for none.
func (r Reading) Alarm() string {
	if r.Danger.Sure {
		return r.Danger.Kind
	}
	return ""
}

// Asks says whether the danger question is asked.
func (r Reading) Asks() bool { return r.Danger.Kind != "" && !r.Danger.Sure }
