package admission

import (
	"context"
	"time"

	"powerdesk/flows/talk"
)

// Crowd is how many people may begin to talk with the desk. The zero Crowd is no
// limit.
//
// What is scarce is not Redis, which takes hundreds of turns a second with one core
// for the desk (bot/app/benchmark), but Telegram, which takes 25 messages. Each turn is answered by one, and so is each turn that is
// turned away: what the limit saves is the rest of the talk. So it counts people
// who begin, and not turns, and whoever is in a talk finishes it at the pace of
// those who are in.
//
// It is no back-pressure. Telegram would keep what is not fetched, or answered 503,
// and bring it later; but it gives in order, and a danger would wait behind the
// crowd unread, where nobody can see it. So everything is read, and what is not
// taken is said not to be.
type Crowd struct {
	Burst  int           // so many at once
	Every  time.Duration // and then one each
	Stay   time.Duration // who was served within it is in a talk, and is no newcomer
	Notice time.Duration // whoever is asked to write again later is told so once in this time
}

// The numbers behind the limit of newcomers:
//
//	answerWithin   with so many in a talk as begin at once, nobody waits longer for an answer
//	turnsOfATalk   a report is twelve to twenty turns, each of them a message
//	stay           who looks at the meter, or calls a neighbour, is back by then
//	writeAgain     is what people are told; by then there is room for some five hundred more
const (
	answerWithin = 20 * time.Second
	turnsOfATalk = 15
	stay         = 30 * time.Minute
	writeAgain   = 5 * time.Minute
)

// crowdFor is the limit for a desk that sends so many messages a second: with 25,
// 500 at once, which is a whole town in the dark (RELIABILITY §5 E), and then a
// hundred a minute.
func crowdFor(sendRate int) Crowd {
	return Crowd{
		Burst: sendRate * int(answerWithin/time.Second), Every: turnsOfATalk * time.Second / time.Duration(sendRate),
		Stay: stay, Notice: writeAgain,
	}
}

// enters judges a turn by how many begin to talk. A danger is no part of the
// crowd.
func (c *Control) enters(p *person, e talk.Event, now time.Time) Verdict {
	switch {
	case c.Crowd.Every == 0:
		return Verdict{}
	case dangerous(e), p.inTalk(now, c.Crowd.Stay), c.newcomers.take(c.Crowd.Burst, c.Crowd.Every, now):
		p.served = now
		return Verdict{}
	default:
		return Verdict{Why: Crowded, told: !p.shut.IsZero() && now.Sub(p.shut) < c.Crowd.Notice}
	}
}

func (p *person) inTalk(now time.Time, stay time.Duration) bool {
	return !p.served.IsZero() && now.Sub(p.served) < stay
}

// knows says whether somebody has a claim to be heard while newcomers wait: the
// team, who is in the middle of a talk, whose fault is not over, and whose home is
// remembered. It asks Redis, but only for somebody who would else be turned away,
// and so costs no more than to handle the turn. Of a Redis that does not answer
// the turn itself must hear.
func (c *Control) knows(ctx context.Context, e talk.Event) bool {
	if _, ok := c.desk.County().Member(e.From.ID); ok || c.desk.InDutyGroup(e.From.ID) {
		return true
	}
	state, err := c.desk.Stored(ctx, e.From.ID)
	if err != nil {
		return true
	}
	for _, j := range state.Jobs {
		if j.Live() {
			return true
		}
	}
	s := state.Session
	talking := s.Flow != "" && s.Flow != "menu" && c.clock.Now().Sub(s.At) < c.Crowd.Stay
	return talking || s.Home.Place.Known()
}
