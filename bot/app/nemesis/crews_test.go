package nemesis

import (
	"context"
	"strings"
	"sync"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// toastPatience is how long a volunteer looks at a button before they press it
// again.
const toastPatience = 12 * time.Second

var toasts = recognise(words.ZH, "toast.try_again", "toast.not_member", "toast.taken", "toast.already_yours", "toast.already", "toast.finished",
	"toast.not_yours", "toast.outdated", "toast.claimed", "toast.depart", "toast.arrive", "toast.restored", "toast.released", "toast.guard_first",
	"toast.guarding", "toast.in_talk", "toast.not_now")

// volunteer is a member of the duty group, or a stranger who claims to be one.
type volunteer struct {
	*world
	id    int64
	hands demo.Actor
}

// press presses a button until it is answered, and gives what the answer says.
// The button may be on a screen that nobody has refreshed.
func (v volunteer) press(ctx context.Context, b talk.Button) string {
	for {
		id := v.history.press(v.id, b.Action, b.Job)
		press, err := v.hands.PressForged(dutyChat, 1, b.Data())
		if err != nil {
			panic(err) // the stand-in lets everybody press
		}
		waiting, cancel := context.WithTimeout(ctx, toastPatience)
		toast, err := press.Wait(waiting)
		cancel()
		if ctx.Err() != nil {
			v.history.add(event{Kind: "stuck", Who: v.id, What: b.Action, Job: b.Job})
			return ""
		}
		if err != nil {
			continue // no answer: press again
		}
		says := toasts.name(toast.Text)
		v.history.add(event{Kind: "toast", Who: v.id, ID: id, What: says, Job: b.Job, Text: toast.Text})
		if says != "toast.try_again" {
			return says
		}
		select { // as it says: in a moment
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// opens lets the volunteer be written to.
func (v volunteer) opens(ctx context.Context) {
	id, err := v.hands.Start("")
	if err != nil {
		panic(err)
	}
	v.history.add(event{Kind: "act", Who: v.id, Text: "/start", ID: id})
	v.reads(ctx, "menu.menu.say", "")
}

// reads waits until the volunteer's chat says a sentence, about a job.
func (v volunteer) reads(ctx context.Context, key, job string) {
	says := sentence(words.ZH, key)
	_, err := v.tg.Await(ctx, v.id, 0, func(m demo.Message) bool {
		return m.Bot && strings.Contains(m.Text, says) && strings.Contains(m.Text, job)
	})
	if err != nil {
		v.history.add(event{Kind: "stuck", Who: v.id, What: key, Job: job})
		return
	}
	v.history.add(event{Kind: "heard", Who: v.id, What: key, Job: job})
}

// claims presses Claim until it is decided who goes.
func (v volunteer) claims(ctx context.Context, b talk.Button) (holds bool) {
	says := v.press(ctx, b)
	if says == "toast.guard_first" {
		says = v.press(ctx, b)
	}
	return says == "toast.claimed" || says == "toast.already_yours"
}

// crew sends three volunteers to a job, who all want it; and sometimes somebody
// who has no business there. Whole says whether they work on it to the end.
func (w *world) crew(job string, whole bool) {
	team, stranger, drops := w.team()
	w.load.Go(func() {
		ctx := w.evening
		claim := talk.Button{Job: job, Action: "claim"}
		for _, v := range team {
			v.opens(ctx)
		}
		var holders []volunteer
		var late volunteer
		var mu sync.Mutex
		var claiming sync.WaitGroup
		for _, v := range team {
			claiming.Go(func() {
				holds := v.claims(ctx, claim)
				mu.Lock()
				defer mu.Unlock()
				if holds {
					holders = append(holders, v)
				} else {
					late = v
				}
			})
		}
		if stranger != nil {
			claiming.Go(func() { stranger.press(ctx, claim) })
		}
		claiming.Wait()
		if whole && len(holders) == 2 && ctx.Err() == nil {
			w.work(ctx, job, holders, late, drops)
		}
	})
}

// work takes a claimed job to its end. Sometimes one of the two gives it back
// and the third goes instead.
func (w *world) work(ctx context.Context, job string, holders []volunteer, late volunteer, drops bool) {
	epoch := 0
	for _, v := range holders {
		v.reads(ctx, "details.title", job)
	}
	if drops {
		holders[1].press(ctx, talk.Button{Job: job, Action: "reason", Arg: "far"})
		epoch = 1
		if late.claims(ctx, talk.Button{Job: job, Action: "claim", Epoch: epoch}) {
			late.reads(ctx, "details.title", job)
		}
	}
	for _, b := range []talk.Button{{Action: "eta", Arg: "15"}, {Action: "arrive"}, {Action: "cause", Arg: "fuse"}} {
		b.Job, b.Epoch = job, epoch
		holders[0].press(ctx, b)
	}
}
