package app

import (
	"context"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows"
	"powerdesk/flows/words"
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

// bucket fills by itself.
type bucket struct {
	left float64
	at   time.Time
}

// take takes one out if there is one.
func (b *bucket) take(burst int, every time.Duration, now time.Time) bool {
	if gained := now.Sub(b.at); gained > 0 {
		b.left = min(float64(burst), b.left+float64(gained)/float64(every))
		b.at = now
	}
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// enters judges a turn by how many begin to talk. A danger is no part of the
// crowd.
func (p *pacer) enters(w *walker, e flows.Event, now time.Time) verdict {
	switch {
	case p.Crowd.Every == 0:
		return welcome
	case dangerous(e), w.inTalk(now, p.Crowd.Stay), p.door.take(p.Crowd.Burst, p.Crowd.Every, now):
		w.serve(now)
		return welcome
	case w.isTold(now, p.Crowd.Notice):
		return shutOut
	default:
		return crowded
	}
}

// inTalk, serve and isTold also know of nobody, for whom there is no room.
func (w *walker) inTalk(now time.Time, stay time.Duration) bool {
	return w != nil && !w.served.IsZero() && now.Sub(w.served) < stay
}

func (w *walker) serve(now time.Time) {
	if w != nil {
		w.served = now
	}
}

func (w *walker) isTold(now time.Time, notice time.Duration) bool {
	return w != nil && !w.shut.IsZero() && now.Sub(w.shut) < notice
}

// recognised lets somebody in whom the desk knows.
func (p *pacer) recognised(person int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.people[person].serve(p.clock.Now())
}

// shutsOut notes that somebody was asked to write again later. It says whether
// the log should have a word of it: once a minute is enough.
func (p *pacer) shutsOut(person int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	if w := p.people[person]; w != nil {
		w.shut = now
	}
	if !p.noted.IsZero() && now.Sub(p.noted) < time.Minute {
		return false
	}
	p.noted = now
	return true
}

// crowdOut asks somebody who is one too many to write again later, unless the
// desk knows them. It reports true when the event needs nothing more. The notice
// waits behind the answers of those who are in a talk.
func (a *App) crowdOut(ctx context.Context, e flows.Event) (bool, error) {
	if a.knows(ctx, e) {
		a.pace.recognised(e.From.ID)
		return false, nil
	}
	a.count.crowded.Inc()
	text := words.Say(e.From.Lang, "router.crowded", words.Args{
		"Hotline": a.County().Hotline, "Minutes": int(a.pace.Crowd.Notice / time.Minute),
	})
	err := a.commit(ctx, store.Change{
		Event: e.ID, Op: token(), At: e.At,
		Says: []flows.Say{{Chat: e.Chat.ID, Text: text, Class: flows.AnnounceClass}},
	}, nil)
	if err == nil && a.pace.shutsOut(e.From.ID) {
		a.log.Warn("too many begin to talk at once: whoever is new is asked to write again later, but for a danger")
	}
	return true, err
}

// knows says whether somebody has a claim to be heard while newcomers wait: the
// team, who is in the middle of a talk, whose fault is not over, and whose home is
// remembered. It asks Redis, but only for somebody who would else be turned away,
// and so costs no more than to handle the turn. Of a store that does not answer
// the turn itself must hear.
func (a *App) knows(ctx context.Context, e flows.Event) bool {
	if _, ok := a.County().Member(e.From.ID); ok || a.members.fresh(member{a.Chats().Duty, e.From.ID}) {
		return true
	}
	state, err := a.store.Load(ctx, store.Want{Chat: e.From.ID})
	if err != nil {
		return true
	}
	for _, j := range state.Jobs {
		if j.Live() {
			return true
		}
	}
	s := state.Session
	talking := s.Flow != "" && s.Flow != "menu" && a.clock.Now().Sub(s.At) < a.pace.Crowd.Stay
	return talking || s.Home.Place.Known()
}
