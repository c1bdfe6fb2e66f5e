package app

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/bot/telegram"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// crowd is how many volunteers press Claim at once.
const crowd = 100

func TestOfAHundredClaimsTwoHold(t *testing.T) {
	t.Parallel()
	s := stageFor(t, sharedURL(t)).open()
	no := s.resident(words.ZH).reports()
	s.settled()
	s.halt()

	desks := s.pairOfDesks()
	presses, people := s.everybodyClaims()
	toasts := make([]demo.Toast, crowd)
	for i, press := range presses {
		toast, err := press.Wait(s.soon())
		if err != nil {
			t.Fatal(err)
		}
		toasts[i] = toast
	}

	s.desk = desks[0]
	stored := s.job(no, func(j *job.Job) bool { return j.State == job.Claimed && j.Pair[0].Chat && j.Pair[1].Chat })
	taken := sentence(t, words.ZH, "toast.taken")
	for i, toast := range toasts {
		switch holds := stored.Holder(people[i].id) != nil; {
		case holds && toast.URL == "":
			t.Errorf("%s holds the job and was told %q, want to be taken to the bot", people[i].name, toast.Text)
		case holds:
			people[i].reads("details.title")
		case !taken.MatchString(toast.Text) || !strings.Contains(toast.Text, stored.Pair[0].Name) || !strings.Contains(toast.Text, stored.Pair[1].Name):
			t.Errorf("%s came too late and was told %q, want the names of %s and %s", people[i].name, toast.Text, stored.Pair[0].Name, stored.Pair[1].Name)
		}
	}
	if stored.Claims() != 2 || stored.Pair[0].User == stored.Pair[1].User {
		t.Errorf("the pair is %v, want two people", stored.Pair)
	}
	if got := s.tg.Count("getChatMember"); got != crowd {
		t.Errorf("Telegram was asked %d times who is a member, want once for each of %d", got, crowd)
	}
	s.settled()
	s.transcript(dutyChat, "card.state.claimed")
}

// pairOfDesks is two replicas of one county. The one that leads polls; the
// claims that it is told of are dealt out to both, all at the same moment, as
// Telegram's servers would deal them to two webhooks.
func (s *scene) pairOfDesks() [2]*Running {
	s.Helper()
	var desks [2]*Running
	for i := range desks {
		desk, err := Build(s.setting)
		if err != nil {
			s.Fatal(err)
		}
		desks[i] = desk
	}
	ctx, stop := context.WithCancel(context.Background())
	leader, other := desks[0], desks[1]
	// Answering a press is not acting: whoever is told of it does.
	other.App.direct.tg, other.App.members.tg = leader.tg, leader.tg
	var working sync.WaitGroup
	barrier := make(chan struct{})
	claims := 0
	var mu sync.Mutex
	leader.handle = func(ctx context.Context, u telegram.Update) error {
		if u.Event.Kind != talk.Press {
			return leader.update(ctx, u)
		}
		mu.Lock()
		defer mu.Unlock()
		desk := desks[claims%len(desks)]
		working.Go(func() {
			<-barrier
			if err := desk.update(context.Background(), u); err != nil {
				s.Errorf("a claim failed: %v", err)
			}
		})
		if claims++; claims == crowd {
			close(barrier)
		}
		return nil
	}
	working.Go(func() { leader.Run(ctx) })
	s.Cleanup(func() {
		stop()
		working.Wait()
		other.Store.Close()
	})
	return desks
}

// everybodyClaims brings the volunteers, none of whom has opened the bot, and
// lets each press the card's button.
func (s *scene) everybodyClaims() (presses []*demo.Press, people []*person) {
	s.Helper()
	for i := range crowd {
		people = append(people, s.volunteer(fmt.Sprintf("队员%03d", i)))
	}
	card := s.sees("card.state.open")
	button, ok := card.Button(words.Plain(words.ZH, "button.claim", nil))
	if !ok {
		s.Fatalf("the card has no button to claim: %v", card.Buttons)
	}
	for _, p := range people {
		press, err := p.hands.Press(dutyChat, card.ID, button.Data)
		if err != nil {
			s.Fatal(err)
		}
		presses = append(presses, press)
	}
	return presses, people
}
