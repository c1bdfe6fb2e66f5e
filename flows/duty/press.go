package duty

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Press decides one press. The button proves nothing: the presser's membership
// comes with the event, and what they may do is read from the job.
func (Crew) Press(t *talk.Turn) {
	b := t.E.Press
	j := t.Jobs[b.Job]
	act, known := actions[b.Action]
	if b.Clerks && j != nil && j.Outage() {
		act, known = topUpActions[b.Action]
	}
	switch {
	case b.Clerks && !t.E.From.Clerk:
		toast(t, "not_clerk", nil, true)
	case !b.Clerks && !t.E.From.Member:
		toast(t, "not_member", nil, true)
	case j == nil || !known || !j.Outage() && b.Clerks != (j.Room() == job.Clerks), b.Clerks && j.Outage() && b.Epoch < j.TopUp.Clerk.Epoch: // of an earlier request
		toast(t, "old_button", nil, false)
	default:
		act(t, j)
	}
}

// toast answers the press with a sentence below "toast.".
func toast(t *talk.Turn, key string, args words.Args, alert bool) {
	t.Do(talk.Toast{Callback: t.E.Callback, Text: words.Plain(t.S.Lang, "toast."+key, args), Alert: alert})
}

// refuse says why nothing changed, and by whom it was taken.
func refuse(t *talk.Turn, j *job.Job, why job.Refusal) {
	toast(t, string(why), words.Args{"Crew": j.Crew(t.S.Lang), "No": j.No}, why != job.Already)
}

// actions are what a button may ask for. Buttons of a version that knew others
// are answered politely and change nothing.
var actions = map[string]func(*talk.Turn, *job.Job){
	"claim":  claim,
	"depart": open("eta"),
	"times":  open("eta"),
	"eta":    depart,
	"late":   picked(lates, late),
	"stay":   move(plain((*job.Job).Stay), "stays"),
	"arrive": move(plain((*job.Job).Arrive), "arrive"),
	"rest":   open("rest"),
	"wait":   open("wait"),
	"why":    picked(whys, func(t *talk.Turn, j *job.Job) { open("until/"+t.E.Press.Arg)(t, j) }),
	"until":  pause,
	"resume": move(plain((*job.Job).Resume), "resumed"),
	"help":   open("help"),
	"call":   summon,
	"false":  open("false"),
	"done":   done,
	"more":   open("more"),
	"cause":  cause,
	"end":    end,
	"later":  open("again"),
	"again":  comeAgain,
	"drop":   open("drop"),
	"reason": picked(reasons, release),
	"card":   open(""),
	"unmark": clearFalseReport,
}

// picked refuses a choice that no card offers.
func picked(codes []string, act func(*talk.Turn, *job.Job)) func(*talk.Turn, *job.Job) {
	return func(t *talk.Turn, j *job.Job) {
		if !slices.Contains(codes, t.E.Press.Arg) {
			toast(t, "old_button", nil, false)
			return
		}
		act(t, j)
	}
}

// actor says as whom the presser moves a job on: as a holder, or as a leader who
// holds it not, which the log will say.
func actor(t *talk.Turn, j *job.Job) (job.Actor, job.Refusal) {
	who := job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}
	why := j.May(who.ID, t.E.Press.Epoch)
	if c := j.Holder(who.ID); c != nil {
		who.Name = c.Name
	}
	if m, _ := t.Desk.County.Member(who.ID); m.Leader && why == job.NotYours {
		if who.Over = true; t.E.Press.Epoch < j.Epoch {
			return who, job.Outdated
		}
		return who, ""
	}
	return who, why
}

// step is what a press does to a job, with the choice it carries.
type step = func(j *job.Job, by job.Actor, arg string, at time.Time) job.Refusal

// plain is a step that needs no choice.
func plain(do func(*job.Job, job.Actor, time.Time) job.Refusal) step {
	return func(j *job.Job, by job.Actor, _ string, at time.Time) job.Refusal { return do(j, by, at) }
}

// move is a step of the crew that needs nothing but the press.
func move(do step, said string) func(*talk.Turn, *job.Job) {
	return func(t *talk.Turn, j *job.Job) {
		by, why := actor(t, j)
		if why == "" {
			why = do(j, by, t.E.Press.Arg, t.E.At)
		}
		if why != "" {
			refuse(t, j, why)
			return
		}
		toast(t, said, nil, false)
	}
}

// open redraws the pressed card with the buttons of a choice, or with its own
// again. Nothing of the job changes: the next change draws the card anew.
func open(menu string) func(*talk.Turn, *job.Job) {
	return func(t *talk.Turn, j *job.Job) {
		_, why := actor(t, j)
		if why == "" && j.State == job.Restored {
			why = job.Already
		}
		if why != "" {
			refuse(t, j, why)
			return
		}
		t.Do(talk.Toast{Callback: t.E.Callback})
		turn(t, j, menu)
	}
}

// opened is the choice that a press leaves open on the card it was made on: who
// comes later than they said may say why.
func opened(t *talk.Turn, j *job.Job, here bool) string {
	n := len(j.History)
	if t.E.Kind != talk.Press || t.E.Press.Job != j.No || !here || n == 0 {
		return ""
	}
	if last := j.History[n-1]; last.What == job.DidETA && last.Arg == "late" && last.At.Equal(t.E.At) {
		return "late"
	}
	return ""
}

func cutMenu(menu string) (name, of string) {
	name, of, _ = strings.Cut(menu, "/")
	return name, of
}

// depart sets out, or names a new time: in so many minutes, another one that is
// typed in private, or none that is known.
func depart(t *talk.Turn, j *job.Job) {
	switch arg := t.E.Press.Arg; {
	case !slices.Contains(etas, arg):
		toast(t, "old_button", nil, false)
	case arg == "exact":
		ask(t, j, "work/eta")
	default:
		var eta time.Time
		if minutes, err := strconv.Atoi(arg); err == nil {
			eta = t.E.At.Add(time.Duration(minutes) * time.Minute)
		}
		move(func(j *job.Job, by job.Actor, _ string, at time.Time) job.Refusal { return j.Depart(by, eta, at) }, "depart")(t, j)
	}
}

// ask goes on in the presser's private chat, where words can be typed. Who is in
// the middle of a talk there is not interrupted; who has never opened it is
// taken there.
func ask(t *talk.Turn, j *job.Job, ref string) {
	switch _, why := actor(t, j); {
	case why != "":
		refuse(t, j, why)
	case !t.S.Opened:
		t.Invite(j.No, ref)
	case !t.Resting():
		toast(t, "in_talk", nil, true)
	default:
		toast(t, "see_private", nil, false)
		t.Clear()
		t.S.Job = j.No
		t.Go(ref)
	}
}

// pause makes the job wait: "material.3h".
func pause(t *talk.Turn, j *job.Job) {
	why, until, _ := strings.Cut(t.E.Press.Arg, ".")
	if !slices.Contains(whys, why) || !slices.Contains(untils, until) {
		toast(t, "old_button", nil, false)
		return
	}
	at := t.E.At.Add(t.Desk.County.Ladders.Wait)
	if d, err := time.ParseDuration(until); err == nil {
		at = t.E.At.Add(d)
	} else if opening, ok := t.Desk.County.NextOpening(t.Desk.County.Office, t.E.At); ok && until == "morning" {
		at = opening
	}
	move(func(j *job.Job, by job.Actor, _ string, now time.Time) job.Refusal {
		return j.Rest(by, job.Wait{Why: why, Until: at}, now)
	}, "waits")(t, j)
}

// summon calls the squad, the station or the hall's clerk.
func summon(t *talk.Turn, j *job.Job) {
	whom := t.E.Press.Arg
	if !j.Outage() || whom != "hall" && !slices.Contains(helpers, whom) {
		toast(t, "old_button", nil, false)
		return
	}
	move(func(j *job.Job, by job.Actor, _ string, at time.Time) job.Refusal {
		if whom == "hall" && t.Desk.County.Chats.Hall != 0 {
			return j.AskTopUp(by, at)
		}
		return j.Summon(by, whom, at)
	}, "called")(t, j)
	if whom == "hall" && j.TopUp.Waits() {
		more(t, j, "work/account")
	}
}

// more asks in private for what is wanted but not needed, of who may be asked:
// who has the chat open and is in no talk there.
func more(t *talk.Turn, j *job.Job, ref string) {
	if t.S.Opened && t.Resting() {
		t.Clear()
		t.S.Job = j.No
		t.Go(ref)
	}
}

// called is the cause of a call back that was made.
const called = "called"

// done asks for the cause, or ends a call back, which has none.
func done(t *talk.Turn, j *job.Job) {
	switch {
	case j.Outage():
		open("cause")(t, j)
		return
	case len(j.Kind.Traits().Ends) > 0:
		open("end")(t, j)
		return
	}
	move(func(j *job.Job, by job.Actor, _ string, at time.Time) job.Refusal {
		return j.Restore(by, called, at)
	}, "restored_call")(t, j)
}

// cause ends the crew's work: the power is back, and this was why. What was done
// is asked in private; nobody needs to answer.
func cause(t *talk.Turn, j *job.Job) {
	arg := t.E.Press.Arg
	if !j.Outage() || !slices.Contains(Causes, arg) {
		toast(t, "old_button", nil, false)
		return
	}
	if c := j.Holder(t.E.From.ID); c != nil && slices.Contains(job.GridSide, arg) && !mayWorkOnGrid(t, j) && j.State != job.Restored {
		toast(t, "grid_side", nil, true)
		return
	}
	before := j.State
	move(func(j *job.Job, by job.Actor, arg string, at time.Time) job.Refusal {
		return j.Restore(by, arg, at)
	}, "restored")(t, j)
	if before != job.Restored && j.State == job.Restored {
		more(t, j, "work/done")
	}
}

// release gives the job back with its reason; a leader takes it from everybody
// who holds it.
func release(t *talk.Turn, j *job.Job) {
	move(func(j *job.Job, by job.Actor, reason string, at time.Time) (why job.Refusal) {
		if !by.Over {
			return j.Release(by.ID, by, reason, at)
		}
		why = job.Already
		for _, c := range j.Pair {
			if c.User != 0 {
				why = j.Release(c.User, by, "leader", at)
			}
		}
		return why
	}, "released")(t, j)
	if !j.Holds(t.E.From.ID) { // who is its clerk still is
		t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool { return no == j.No })
	}
}
