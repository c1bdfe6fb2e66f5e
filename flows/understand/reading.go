package understand

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
)

// Reading is what a sentence says.
type Reading struct {
	Intent Intent  // what it means; "" = nobody knows
	Answer string  // of an Answer: what it answers, as "key=value", where that is a choice
	Likely float64 // how likely that is, from 0 to 1
	Doubt  bool    // something in the sentence speaks against it: it settles nothing
	Slots  Slots   // what else it says
	Danger Peril

	Might map[string]float64 // how likely each intent, and each answer as "key=value", is; together 1
}

// Reader reads sentences. It knows the county's places.
type Reader struct{ County *county.County }

// Read reads a sentence typed where a screen stood: "first" where nothing was asked,
// "open-job" where only a job is open, else the question's step, as "outage/danger".
// A danger goes before everything else: what names one beyond doubt, or may.
func (r Reader) Read(screen, said string) Reading {
	read := Reading{Danger: Danger(said)}
	if (screen == "first" || screen == "open-job") && (!strings.ContainsFunc(said, meaningful) || gibberish(said)) {
		read.Intent, read.Likely, read.Slots = NotUnderstandable, 1, r.slots(screen, said, &read)
		return read
	}
	if (screen == "first" || screen == "open-job") && codeAlone.MatchString(strings.TrimSpace(Plain(said))) {
		read.Intent, read.Likely, read.Slots = MeterShows, 1, r.slots(screen, said, &read)
		return read
	}
	guesses := guessesAt(known(screen), said)
	best := guesses[0]
	switch p := read.Danger; {
	case p.Kind == "" && screen == "outage/kind": // the danger is out: its kind is the answer
	case p.Kind != "":
		best = danger(guesses, p)
	case p.Denied:
		best = harmless(guesses)
		if (best.intent == Yes || best.intent == No) && screen != "outage/danger" { // it answers what was not asked
			best = guess{label{intent: DangerDenied}, 1}
		}
	case best.intent.Danger() && best.likely >= suspected:
		read.Danger = Peril{Kind: best.intent.Kind(), Guessed: true}
	case best.intent == DangerUnclear && best.likely >= suspected:
		read.Danger = Peril{Kind: job.UnknownDanger, Guessed: true}
	case best.intent.Danger() || best.intent == DangerUnclear:
		best = harmless(guesses)
	}
	if screen == "outage/kind" && best.intent.Danger() {
		read.Danger = Peril{Kind: best.intent.Kind(), Sure: best.likely >= likely}
	}
	if best.likely < firm && read.Danger.Kind == "" && learned().takesWords(known(screen)) {
		best = guess{label{screen: screen, intent: Answer}, firm}
	}
	if best.likely >= surmised {
		read.Intent, read.Answer, read.Likely = best.intent, best.answer, best.likely
		read.Doubt = doubted(read.Intent, said)
	}
	read.Slots = r.slots(screen, said, &read)
	read.Might = make(map[string]float64)
	for _, g := range guesses {
		if g.likely > 0.01 {
			read.Might[cmp.Or(g.answer, string(g.intent))] += g.likely
		}
	}
	return read
}

// guessesAt lists what a sentence may mean at a screen, the likeliest first, without what
// it cannot mean for want of words. What beats a question wherever it is said does so on
// the word of the sentence alone: "it's back" is no yes to any question.
func guessesAt(screen, said string) []guess {
	s := canonical(Plain(said))
	guesses := possible(learned().guesses(screen, said), s)
	if strings.Contains(screen, "/") && (guesses[0].likely < plain || guesses[0].intent == Smalltalk) {
		for _, nothing := range []string{"open-job", "first"} {
			alone := possible(learned().guesses(nothing, said), s)[0]
			if slices.Contains(beating[nothing], alone.intent) && alone.likely >= plain && !doubted(alone.intent, said) {
				return append([]guess{alone}, guesses...)
			}
		}
	}
	return guesses
}

// beating are the intents that beat the question on a screen, by the screen without a
// question on which they are read.
var beating = map[string][]Intent{
	"open-job": {LightBack, BackThenOut, Withdraw, Human}, "first": {
		Smalltalk, NotUnderstandable, Greeting, NoCredit, PaidStillDark, LostCard, CardUnread, BuyWhere, PriceQuestion, Hours, ContactPoint, PlannedQuestion,
		NewConnection, MoveMeter, OtherUtility, Complain, WhenBack, WhoComes, Status, Help, Settings,
	},
}

// possible leaves out what lacks its words, and shares its likelihood among the others.
// What is hardly likely anyway is not looked into.
func possible(guesses []guess, canonical string) []guess {
	left := 0.0
	guesses = slices.DeleteFunc(guesses, func(g guess) bool {
		if g.likely > 0.02 && lacks(g.intent, canonical) {
			return true
		}
		left += g.likely
		return false
	})
	for i := range guesses {
		guesses[i].likely /= left
	}
	return guesses
}

// How likely a reading must be. Below surmised nobody knows; up to likely the desk asks
// whether it was meant; only what is firm ends, withdraws or rates something. bot/read
// prints what these cost.
const (
	surmised = 0.2
	likely   = 0.32
	firm     = 0.65
	plain    = 0.8
)

// Guessed says whether the desk asks first whether that was meant.
func (r Reading) Guessed() bool { return r.Likely < likely }

// Firm says whether a reading may end, withdraw or rate something.
func (r Reading) Firm() bool { return r.Likely >= firm && !r.Doubt }

// meaningful says whether a character may say something where nothing was asked: a letter
// or a picture, and no digit and no mark.
func meaningful(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.So, r) }

// suspected is how likely a danger must be, where no words of one are found, for the
// danger question to be asked.
const suspected = 0.7

// danger is what a named danger means: the likeliest intent of its kind.
func danger(guesses []guess, p Peril) guess {
	for _, g := range guesses {
		if g.intent.Kind() == p.Kind && p.Kind != "" && (p.Sure || g.likely >= suspected) {
			return guess{g.label, 1}
		}
	}
	return guess{label{intent: DangerUnclear}, 1}
}

// harmless is the likeliest meaning that is no danger.
func harmless(guesses []guess) guess {
	i := slices.IndexFunc(guesses, func(g guess) bool { return !g.intent.Danger() && g.intent != DangerUnclear })
	return guesses[i]
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
