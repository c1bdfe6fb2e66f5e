package desk_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Who leaves one of two groups keeps what they hold in the other.
func TestLeavingOneGroupOfTwo(t *testing.T) {
	t.Parallel()
	both := people["赵队"]
	leaves := func(p *play, kind talk.ChatKind, chat int64) *job.Job {
		p.turn(talk.Event{Kind: talk.Departed, From: both, Chat: talk.Chat{ID: chat, Kind: kind}})
		return p.job("1123-01")
	}
	holding := func() *play {
		p := topUpNight(t, "货怕坏、活在赶")
		p.perform(deed{0, "赵队", "claim", ""})
		e := talk.Event{Kind: talk.Press, From: both, Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c"}
		e.Press = talk.Button{Job: "1123-01", Clerks: true, Action: "take"}
		p.turn(e)
		return p
	}
	p := holding()
	if j := leaves(p, talk.Duty, dutyChat); j.Holder(both.ID) != nil || j.TopUp.Clerk.User != both.ID {
		t.Errorf("who left the duty group holds %+v and %+v", j.Pair, j.TopUp.Clerk)
	}
	if s := p.session(both.ID); len(s.Holds) != 1 {
		t.Errorf("their private chat belongs to %v", s.Holds)
	}
	if j := leaves(holding(), talk.Hall, hallChat); j.Holder(both.ID) == nil || j.TopUp.Clerk.User != 0 {
		t.Errorf("who left the hall holds %+v and %+v", j.Pair, j.TopUp.Clerk)
	}
}

// Who holds a request that has ended still holds it, whatever button of the crew they
// press: what is opened again must find nobody who has left.
func TestAClerkLeavesARequestThatHasEnded(t *testing.T) {
	t.Parallel()
	p := topUpNight(t, "货怕坏、活在赶")
	both := people["赵队"]
	hall, duty := talk.Chat{ID: hallChat, Kind: talk.Hall}, talk.Chat{ID: dutyChat, Kind: talk.Duty}
	for _, b := range []talk.Button{{Action: "take", Clerks: true}, {Action: "paid", Arg: "100", Clerks: true}, {Action: "wrote", Arg: "card", Clerks: true}, {Action: "reason", Arg: "busy"}} {
		e := talk.Event{Kind: talk.Press, From: both, Chat: duty, Press: b, Callback: "c"}
		if b.Clerks {
			e.Chat = hall
		}
		e.Press.Job, e.Press.Epoch = "1123-01", p.job("1123-01").Epoch
		p.turn(e)
	}
	p.turn(talk.Event{Kind: talk.Departed, From: both, Chat: hall})
	if j := p.job("1123-01"); j.TopUp.State != job.TopUpWritten || j.TopUp.Clerk.User != 0 {
		t.Errorf("who left the hall holds %+v", j.TopUp)
	}
}

// Who leaves the duty group keeps the question that they answer in the hall.
func TestAQuestionIsTheHalls(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.now = p.now.Add(14 * time.Hour)
	p.says("☎ 找人帮忙", "💳 电卡、充值的事", "13900000001", "卡丢了怎么补")
	e := talk.Event{Kind: talk.Press, From: people["赵队"], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}, Callback: "c"}
	e.Press = talk.Button{Job: "1124-01", Clerks: true, Action: "claim"}
	p.turn(e)
	p.turn(talk.Event{Kind: talk.Departed, From: people["赵队"], Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}})
	if j := p.job("1124-01"); j.Holder(106) == nil {
		t.Errorf("the question was given back with the duty group: %+v", j.Pair)
	}
	p.turn(talk.Event{Kind: talk.Departed, From: people["赵队"], Chat: talk.Chat{ID: hallChat, Kind: talk.Hall}})
	if j := p.job("1124-01"); j.Claims() != 0 {
		t.Errorf("the question is held by who left the hall: %+v", j.Pair)
	}
}
