package app

import (
	"errors"
	"strings"
	"testing"

	"powerdesk/flows/talk"
)

func TestWhoIsAMemberAndWhetherTelegramIsAsked(t *testing.T) {
	t.Parallel()
	open, other := from(talk.Command, privateChat), from(talk.Command, privateChat)
	open.Command, other.Command = "open", "start"
	inLeader := from(talk.Command, talk.Chat{ID: leaderChat, Kind: talk.Leader})
	inLeader.Command = "open"
	for what, tt := range map[string]struct {
		event  talk.Event
		member bool // with a Telegram that says yes
		asked  int
	}{
		"a press":                         {from(talk.Press, dutyGroup), true, 1},
		"a crew command in private":       {open, true, 1},
		"another command in private":      {other, false, 0},
		"words in private":                {from(talk.Text, privateChat), false, 0},
		"words in the duty group":         {from(talk.Text, dutyGroup), true, 0},
		"a command in the duty group":     {from(talk.Command, dutyGroup), true, 0},
		"who has left the duty group":     {from(talk.Departed, dutyGroup), false, 0},
		"a crew command in another group": {inLeader, false, 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.tg.member = true
			e := tt.event
			if ok, err := b.authenticate(t.Context(), &e); !ok || err != nil || e.From.Member != tt.member || e.From.Clerk || b.tg.asked != tt.asked {
				t.Errorf("%+v, error %v, asked %d times, want member %t, no clerk, asked %d", e.From, err, b.tg.asked, tt.member, tt.asked)
			}
			stranger := newBare(t)
			e = tt.event
			if ok, err := stranger.authenticate(t.Context(), &e); !ok || err != nil || e.From.Member && tt.asked > 0 {
				t.Errorf("a stranger is a member: %+v, error %v", e.From, err)
			}
		})
	}
}

// A button of the hall is for the hall's group, and being in it opens nothing
// else.
func TestTheHallsButtonsAreForTheHallsGroup(t *testing.T) {
	t.Parallel()
	press := from(talk.Press, privateChat)
	press.Press.Clerks = true
	for _, in := range []bool{true, false} {
		b := newBare(t)
		b.tg.member = in
		e := press
		if ok, err := b.authenticate(t.Context(), &e); !ok || err != nil || e.From.Member || e.From.Clerk != in || b.tg.group != hallChat {
			t.Errorf("%+v, %v, asked of %d; want clerk %t, asked of the hall's group", e.From, err, b.tg.group, in)
		}
	}
}

func TestAMembersPrivateCommandReachesTheCrew(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.tg.member = true
	e := from(talk.Command, privateChat)
	e.Command = "open"
	if err := b.Handle(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if got := b.crew.given(); len(got) != 1 || !got[0].From.Member {
		t.Errorf("the crew was given %+v, want the member's command", got)
	}
}

func TestACommandThatCannotBeCheckedIsNotLetInAndSaysSo(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.tg.err = errors.New("no answer")
	e := from(talk.Command, privateChat)
	e.Command = "open"
	if err := b.Handle(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if len(b.crew.given()) != 0 {
		t.Error("the crew was given the command")
	}
	if len(b.store.changes) != 1 || len(b.store.changes[0].Says) != 1 {
		t.Fatalf("stored %+v, want one answer", b.store.changes)
	}
	c := b.store.changes[0]
	if say := c.Says[0]; c.Event != e.ID || say.Chat != volunteerA || !strings.Contains(say.Text, "try again") {
		t.Errorf("event %q is answered %+v", c.Event, say)
	}
}

func TestTheJobThatACommandNamesIsLoaded(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"1123-01": "1123-01", " 1123-104 ": "1123-104", "1123-1": "", "01": "", "": "", "1123-01 x": "", "x1123-01": "", "1123-0１": "",
	} {
		for _, chat := range []talk.Chat{privateChat, dutyGroup} {
			e := from(talk.Command, chat)
			e.Command, e.Text = "job", written
			if got := wantedJob(e); got != want {
				t.Errorf("/job %q loads %q, want %q", written, got, want)
			}
			e.Command = "open"
			if got := wantedJob(e); got != "" {
				t.Errorf("/open %q loads %q", written, got)
			}
		}
	}
	lost := from(talk.Failed, privateChat)
	lost.Lost.Job = "1123-02"
	if got := wantedJob(lost); got != "1123-02" {
		t.Errorf("words about job 1123-02 that were lost load %q", got)
	}
}
