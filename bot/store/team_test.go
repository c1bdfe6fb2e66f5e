package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"powerdesk/flows/county"
)

func TestTheTeamIsOneForTheDeskWhoeverIsLoaded(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		c.State.Team = team()
		commit(t, s, c)
		for _, chat := range []int64{wang, zhao, 0} {
			got := load(t, s, chat, "").Team
			same(t, "said", got.Said, team().Said)
			same(t, "revision", got.Rev, 1)
		}
	})
}

func TestOfTwoWhoSpeakOfTheirDutyAtOnceOneIsToldToReadAgain(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		first, second := change(), change()
		first.State.Team, second.State.Team = load(t, s, wang, "").Team, load(t, s, zhao, "").Team
		first.State.Team.Say(county.Presence{User: wang, On: true, From: noon, Until: noon.Add(time.Hour)})
		second.State.Team.Say(county.Presence{User: zhao, On: true, From: noon, Until: noon.Add(time.Hour)})
		commit(t, s, first)
		if _, err := s.Commit(context.Background(), second); !errors.Is(err, ErrConflict) {
			t.Fatalf("got %v, want ErrConflict", err)
		}
		second.State.Team = load(t, s, zhao, "").Team
		second.State.Team.Say(county.Presence{User: zhao, On: true, From: noon, Until: noon.Add(time.Hour)})
		commit(t, s, second)
		same(t, "voices heard", len(load(t, s, 0, "").Team.Said), 2)
	})
}

func TestAChangeWithoutATeamLeavesItAlone(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		c.State.Team = team()
		commit(t, s, c)
		commit(t, s, opens())
		same(t, "revision", load(t, s, 0, "").Team.Rev, 1)
	})
}

func TestEveryWordOfTheTeamRenewsItsLife(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		c := change()
		c.State.Team = team()
		commit(t, s, c)
		check(t, s.client.PExpire(ctx, s.key("team"), time.Minute).Err())
		c = change()
		c.State.Team = load(t, s, 0, "").Team
		commit(t, s, c)
		same(t, "life", s.client.PTTL(ctx, s.key("team")).Val().Round(time.Hour), openKeep)
	})
}

func TestAnUnreadableTeamIsNamedNotQuoted(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		check(t, s.client.Set(ctx, s.key("team"), `1 {"said":"secret"}`, time.Hour).Err())
		_, _, err := s.Load(ctx, Want{Chat: wang})
		named(t, err, s.key("team"))
		if !errors.Is(err, ErrUnreadable) {
			t.Errorf("got %v, want ErrUnreadable", err)
		}
	})
}
