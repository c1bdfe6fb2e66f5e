package duty

import (
	"slices"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// move is one thing that a button asks for. Which families of moves a card has
// stands with the kind of its job (job.Traits.Moves). From which state a move leads
// to which, the job itself decides, and refuses a late press; who is told of it
// follows from the entry that it leaves in the job's history (Follow).
type move struct {
	action string                                              // what the button says to the desk
	in     string                                              // the choice it stands in; "" = the card itself
	label  string                                              // the key of its words; after one that ends in a dot comes what is chosen
	while  func(*job.Job) bool                                 // when it is drawn; nil = always
	own    func(*job.Job, *job.Claim) bool                     // when it is drawn on a holder's own card as well
	codes  func(*county.County, *job.Job) []string             // what it may choose; nil = nothing
	by     func(*talk.Turn, *job.Job) (job.Actor, job.Refusal) // as whom the presser moves the job on, if they may; nil = as who holds it, or a leader
	does   step                                                // what it does to the job; nil = it only opens a choice
	opens  string                                              // the choice that it opens; "" = the card itself
	takes  bool                                                // with it the presser takes the job
	typed  string                                              // the step that asks in private for what the choice "exact" stands for
	said   string                                              // what the presser hears: a key below toast.*
	closes bool                                                // the choice it was picked from is closed: nothing else of the card changes by it
	to     []string                                            // the desk's questions below which it stands as an answer, too (rung.asks)
	asks   func(*job.Job) string                               // the step that asks the presser more, in private; nobody has to answer
}

// step is what a move does to a job, with what was chosen.
type step func(t *talk.Turn, j *job.Job, by job.Actor, arg string) job.Refusal

// Two choices that nobody opens.
const (
	inAsked = "asked" // stands below a question of the desk's only
	inAfter = "after" // stands on the card when the work is done
)

// families are all moves, in the order of their buttons.
var families = map[string][]move{
	"claim": {
		{action: "claim", label: "button.claim", while: (*job.Job).Short, by: anyone, does: claim, takes: true, said: "claimed"},
		{action: "resume", label: "button.resume", while: resting, does: plain((*job.Job).Resume), said: "resumed"},
	},
	"drive": {
		{action: "depart", label: "button.depart", while: notSetOut, opens: "eta"},
		{action: "arrive", label: "button.arrive", while: driving, does: plain((*job.Job).Arrive), said: "arrive", to: []string{"idle", "eta"}},
		{action: "arrive", label: "button.arrive_too", while: onOwnOnly, own: behind, does: plain((*job.Job).Arrive), said: "arrive"},
		{action: "times", label: "button.eta", while: both(driving, whole), opens: "eta"},
		{action: "times", in: "rest", label: "button.eta", while: both(onTheWay, (*job.Job).Short), opens: "eta"},
		{action: "eta", in: "eta", label: "eta.", codes: these(etas...), does: depart, typed: "work/eta", said: "depart", to: []string{"idle", "late", "eta"}},
		{action: "late", in: "late", label: "late.", codes: these(lates...), does: picked((*job.Job).Late), said: "noted", closes: true},
	},
	"wait": {
		{action: "wait", in: "rest", label: "button.wait", while: both(claimed, goingOn), opens: "wait"},
		{action: "why", in: "wait", label: "wait.", codes: these(whys...), opens: "until"},
		{action: "until", in: "until", label: "until.", codes: these(pauses()...), does: pause, said: "waits"},
	},
	"help": {
		{action: "help", in: "rest", label: "button.help", opens: "help"},
		{action: "call", in: "help", label: "button.call.", while: uncalled("squad"), codes: these("squad"), does: picked((*job.Job).Summon), said: "called"},
		{action: "call", in: "help", label: "button.call.", while: uncalled("station"), codes: these("station"), does: picked((*job.Job).Summon), said: "called"},
	},
	"mend": {
		{action: "done", label: "button.done", while: claimed, opens: "cause"},
		{action: "cause", in: "cause", label: "cause.", codes: these(Causes[:firstCauses]...), does: restore, said: "restored", asks: whatWasDone},
		{action: "more", in: "cause", label: "button.more", opens: "more"},
		{action: "cause", in: "more", label: "cause.", codes: these(Causes[firstCauses:]...), does: restore, said: "restored", asks: whatWasDone},
		{action: "call", in: "rest", label: "button.hall", while: hallFree, codes: these("hall"), does: askHall, said: "called", asks: whichAccount},
		{action: "false", in: "rest", label: "button.false", opens: "false"},
		{action: "cause", in: "false", label: "button.false_sure", codes: these(job.CauseFalse), does: restore, said: "restored", asks: whatWasDone},
		{action: "unmark", in: inAfter, label: "button.unmark", while: markedFalse, by: former, does: plain((*job.Job).ClearFalseReport), said: "unmarked"},
	},
	"answer": {
		{action: "done", label: "button.done", while: claimed, does: calledBack, said: "restored_call", to: []string{"idle"}},
	},
	"end": {
		{action: "done", label: "button.done", while: claimed, opens: "end"},
		{action: "end", in: "end", label: "button.end.", codes: ends, does: picked((*job.Job).End), said: "ended"},
		{action: "later", in: "end", label: "button.later", while: safe, opens: "again"},
		{action: "again", in: "again", label: "button.again.", codes: these(again...), does: comeAgain, said: "again"},
	},
	"drop": {
		{action: "stay", in: inAsked, label: "button.stay", does: plain((*job.Job).Stay), said: "stays", to: []string{"idle"}},
		{action: "reason", in: inAsked, label: "button.drop", codes: these("busy"), does: release, said: "released", to: []string{"idle"}},
		{action: "rest", label: "button.rest", opens: "rest"},
		{action: "drop", in: "rest", label: "button.drop", while: claimed, opens: "drop"},
		{action: "reason", in: "drop", label: "reason.", codes: these(reasons...), does: release, said: "released"},
		back,
	},
	"credit": {
		{action: "pay", label: "button.hall_pay", while: both(taken, unpaid), by: clerk, opens: "pay"},
		{action: "wrote", label: "button.hall_wrote.", while: both(taken, paidFor), codes: these(ways...), by: clerk, does: picked((*job.Job).WriteTopUp), said: "topup_wrote"},
		{action: "refuse", label: "button.hall_refuse", while: both(taken, unpaid), by: clerk, opens: "refuse"},
		{action: "ask", label: "button.hall_ask", while: taken, by: clerk, opens: "ask"},
		{action: "refuse", label: "button.hall_refuse", while: both(taken, paidFor), by: clerk, opens: "refuse"},
		{action: "drop", label: "button.drop", while: both(taken, unpaid), by: clerk, does: picked((*job.Job).DropTopUp), said: "released"},
		{action: "paid", in: "pay", label: "yuan", codes: amounts, by: clerk, does: picked((*job.Job).PayTopUp), said: "topup_paid"},
		{action: "paid", in: "pay", label: "button.hall_exact", codes: these(exact), by: clerk, typed: "work/amount"},
		{action: "refused", in: "refuse", label: "refusal.", codes: these(refusals...), by: clerk, does: picked((*job.Job).RefuseTopUp), said: "topup_refused"},
		{action: "asks", in: "ask", label: "button.hall_asks.", codes: these(asks...), by: clerk, does: picked((*job.Job).AskBack), said: "topup_asked", closes: true},
		{action: "take", label: "button.hall_take", while: untaken, by: anyone, does: take, takes: true, said: "topup.yours"},
		{action: back.action, in: back.in, label: back.label, by: clerk},
	},
}

// back closes an opened choice.
var back = move{action: "card", in: "back", label: "button.back"}

// Causes are the codes of DOMAIN §2.4, the three small matters first: they are
// 80 % of a duty log.
var Causes = []string{
	"switch", "card", "fuse", "meter", "service", "low_line", "high_line", "transformer",
	"internal", "planned", "external", "not_power", job.CauseFalse, "unclear",
}

// firstCauses is how many causes stand on the card before "more": with it and
// "back" a card has at most five rows of which four are work.
const firstCauses = 3

// exact is the choice that is typed.
const exact = "exact"

// What else a button may choose.
var (
	reasons  = []string{"busy", "far", "skill"}                     // why a volunteer gives a job back
	etas     = []string{"15", "30", "60", exact, "unknown"}         // minutes until the crew is there
	lates    = []string{"road", "other_job", "material", "weather"} // why it is later than it said
	whys     = []string{"material", "window", "access", "weather"}  // why a job has to wait
	untils   = []string{"1h", "3h", "morning", "unknown"}           // until when
	again    = []string{"1", "3", "7"}                              // in how many days the crew comes again
	refusals = []string{"account", "card", "system", "limit"}       // why a clerk cannot
	asks     = []string{"account", "display", "photo", "call"}      // what they want to know
	ways     = []string{"card", "meter"}                            // where the credit is written
)

func these(codes ...string) func(*county.County, *job.Job) []string {
	return func(*county.County, *job.Job) []string { return codes }
}

// pauses are why and until when a job waits, in one: "material.3h".
func pauses() (all []string) {
	for _, why := range whys {
		for _, until := range untils {
			all = append(all, why+"."+until)
		}
	}
	return all
}

func ends(_ *county.County, j *job.Job) []string { return j.Kind.Traits().Ends }

// plain is a step that needs no choice; picked is one that takes it as it is.
func plain(do func(*job.Job, job.Actor, time.Time) job.Refusal) step {
	return func(t *talk.Turn, j *job.Job, by job.Actor, _ string) job.Refusal { return do(j, by, t.E.At) }
}

func picked(do func(*job.Job, job.Actor, string, time.Time) job.Refusal) step {
	return func(t *talk.Turn, j *job.Job, by job.Actor, arg string) job.Refusal { return do(j, by, arg, t.E.At) }
}

// When a button stands on a card.

func both(a, b func(*job.Job) bool) func(*job.Job) bool {
	return func(j *job.Job) bool { return a(j) && b(j) }
}

func claimed(j *job.Job) bool  { return j.Claims() > 0 }
func whole(j *job.Job) bool    { return !j.Short() }
func goingOn(j *job.Job) bool  { return j.Wait == (job.Wait{}) }
func resting(j *job.Job) bool  { return claimed(j) && !goingOn(j) }
func onTheWay(j *job.Job) bool { return j.State == job.OnTheWay }
func driving(j *job.Job) bool  { return onTheWay(j) && goingOn(j) }
func notSetOut(j *job.Job) bool {
	return claimed(j) && goingOn(j) && (j.State == job.Open || j.State == job.Claimed)
}

// onOwnOnly: it is drawn on a holder's own card alone.
func onOwnOnly(*job.Job) bool { return false }

// behind: the partner is at the door, and who holds this card has not said so.
func behind(j *job.Job, c *job.Claim) bool {
	return j.State == job.Arrived && goingOn(j) && c.State != job.Arrived
}

func safe(j *job.Job) bool    { return j.Danger == "" }
func taken(j *job.Job) bool   { return j.TopUp.Clerk.User != 0 }
func untaken(j *job.Job) bool { return !taken(j) }
func unpaid(j *job.Job) bool  { return j.TopUp.State == job.TopUpAsked }
func paidFor(j *job.Job) bool { return j.TopUp.State == job.TopUpPaid }

func markedFalse(j *job.Job) bool { return j.Cause == job.CauseFalse && j.State != job.Withdrawn }

func uncalled(whom string) func(*job.Job) bool {
	return func(j *job.Job) bool { return !slices.Contains(j.Called, whom) }
}

// hallFree: a hall that could not help, or whose credit did not, may be asked again.
func hallFree(j *job.Job) bool {
	return j.TopUp.State == job.TopUpRefused || j.TopUp.State == job.TopUpFailed || uncalled("hall")(j)
}

// movesOf gives what the card of a job has; with ofClerk, that of its credit, which
// is a piece of work of its own. Nothing, when the side has no such card.
func movesOf(j *job.Job, ofClerk bool) []move {
	kind := j.Kind
	switch {
	case ofClerk && j.Outage():
		kind = job.Credit
	case ofClerk != (j.Room() == job.Clerks):
		return nil
	}
	if !kind.Known() {
		kind = job.Fault
	}
	return movesOfKinds[j.Danger != ""][kind]
}

// movesOfKinds are the moves of every kind, without and with a danger: then help can
// be called at whatever kind of work it was found.
var movesOfKinds = func() map[bool]map[job.Kind][]move {
	all := map[bool]map[job.Kind][]move{false: {}, true: {}}
	for _, kind := range job.Kinds() {
		for _, name := range kind.Traits().Moves {
			if name == "drop" && !slices.Contains(kind.Traits().Moves, "help") {
				all[true][kind] = append(all[true][kind], families["help"]...)
			}
			for danger := range all {
				all[danger][kind] = append(all[danger][kind], families[name]...)
			}
		}
	}
	return all
}()
