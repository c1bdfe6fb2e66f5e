package app

import (
	"cmp"
	"context"
	"slices"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// round is what the page leads a visitor through, step by step: a fault from the report
// to the resident's word on it, then a top-up while the hall is closed. A step is done
// when the desk says so, whichever way it was done.
var round = []string{
	"report", "claim", "pair", "depart", "arrive", "mend", "confirm", "rate",
	"night", "ask", "take", "pay", "light", "done",
}

// buttons are those that lead through a step, in their order, as keys of the words.
var buttons = map[string][]string{
	"report": {
		"outage.danger.no", "outage.household.none", "outage.neighbours.dark", "outage.summary.send", "outage.summary.share", "menu.menu.outage",
	},
	"claim":   {"button.claim"},
	"pair":    {"button.claim"},
	"depart":  {"eta.15", "button.depart"},
	"arrive":  {"button.arrive"},
	"mend":    {"cause.fuse", "button.done"},
	"confirm": {"report.back.yes"},
	"rate":    {"report.rating.good"},
	"ask": {
		"report.praise.skip", "topup.trouble.credit", "topup.shows.cut", "topup.kind.slot", "topup.bought.no", "topup.buy.clerk", "topup.risk.none",
		"topup.phone.share", "topup.account.unsure", "topup.wanted.unsure", "menu.menu.topup",
	},
	"take":  {"button.hall_take"},
	"pay":   {"button.hall_wrote.card", "button.hall_pay"},
	"light": {"topup.light_card.yes", "topup.light_meter.yes", "report.back.yes"},
}

// next says what the visitor may do next.
func (s *stage) next(ctx context.Context) (demo.Next, error) {
	s.mu.Lock()
	a := s.desk.App
	s.mu.Unlock()
	now := s.clock.Now()
	live, err := a.store.OpenJobs(ctx)
	if err != nil {
		return demo.Next{}, err
	}
	over, err := a.store.Facts(ctx, now.AddDate(0, 0, -daysAhead), now)
	if err != nil {
		return demo.Next{}, err
	}
	n := nextStep(live, over, s.telegram.Offers(labels("report.rating.good")...), a.County().Open(a.County().Hall, now))
	n.Press, n.Hours = s.labels(n.Step), hours(s.setting.County, now)
	return n, nil
}

// labels gives what stands on the buttons of a step, in every language.
func (s *stage) labels(step string) []string {
	all := labels(buttons[step]...)
	if step != "report" && step != "ask" {
		return all
	}
	home := s.setting.County.Towns[0]
	for _, l := range words.Langs {
		all = append(all, home.Name.In(l), home.Communities[0].Name.In(l))
	}
	return all
}

func labels(keys ...string) (all []string) {
	for _, key := range keys {
		for _, l := range words.Langs {
			all = append(all, words.Plain(l, key, nil))
		}
	}
	return all
}

// nextStep reads from the jobs in hand, and those that are over, how far the visitor is.
// Of several jobs that is furthest which is furthest in the round.
func nextStep(live []*job.Job, over []job.Fact, rating, hallOpen bool) demo.Next {
	var next []demo.Next
	for _, j := range live {
		if j.Outage() {
			next = append(next, stepOf(j))
		}
	}
	if len(next) > 0 {
		return slices.MaxFunc(next, func(a, b demo.Next) int { return cmp.Compare(slices.Index(round, a.Step), slices.Index(round, b.Step)) })
	}
	mended := slices.ContainsFunc(over, func(f job.Fact) bool {
		return f.Kind == job.Fault && f.Ended == job.Closed && !f.Clocks.Claim1.IsZero()
	})
	toppedUp := slices.ContainsFunc(over, func(f job.Fact) bool { return f.Kind == job.Credit && f.Ended == job.Closed })
	switch {
	case !mended:
		return demo.Next{Step: "report"}
	case toppedUp:
		return demo.Next{Step: "done"}
	case rating:
		return demo.Next{Step: "rate"}
	case hallOpen:
		return demo.Next{Step: "night"}
	}
	return demo.Next{Step: "ask"}
}

// stepOf gives the next step of a job, and whose it is.
func stepOf(j *job.Job) demo.Next {
	first, second := cmp.Or(j.Pair[0].User, j.Pair[1].User), int64(volunteerB)
	if first == second {
		second = volunteerA
	}
	switch {
	case j.TopUp.Waits() && j.TopUp.Clerk.User == 0:
		return demo.Next{Step: "take", Chat: hallChat, As: clerk}
	case j.TopUp.Waits():
		return demo.Next{Step: "pay", Chat: hallChat, As: j.TopUp.Clerk.User}
	case j.TopUp.State == job.TopUpWritten:
		return demo.Next{Step: "light"}
	case j.State == job.Restored:
		return demo.Next{Step: "confirm"}
	case first == 0:
		return demo.Next{Step: "claim", Chat: dutyChat, As: volunteerA}
	case j.Pair[0].User == 0 || j.Pair[1].User == 0:
		return demo.Next{Step: "pair", Chat: dutyChat, As: second}
	case j.State == job.Arrived:
		return demo.Next{Step: "mend", As: first}
	case j.State == job.OnTheWay:
		return demo.Next{Step: "arrive", As: first}
	}
	return demo.Next{Step: "depart", As: first}
}
