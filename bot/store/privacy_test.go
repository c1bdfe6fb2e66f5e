package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// scenario does all that a desk can do, so that every kind of key exists.
func scenario(t *testing.T, s *Store) {
	t.Helper()
	ctx := context.Background()
	c := opens().by("desk")
	c.State.Team = team()
	c.Says = []talk.Say{
		{Chat: wang, Text: "Received: " + job.Unnumbered},
		{Chat: duty, Slot: "job/" + job.Unnumbered, Text: "card", Class: talk.CardClass},
		{Chat: zhao, Text: "somebody else's"},
	}
	c.Reminds = []talk.Remind{{Name: "solved/42", At: time.Now().Add(time.Hour), Chat: wang}}
	c.Logs = []talk.Log{{At: noon, Job: job.Unnumbered, Who: "resident", What: "opened"}}
	c.Facts = []job.Fact{{At: noon}}
	c.Members = []talk.Member{{Set: "joined/1123-01", ID: "42 zh", At: noon}}
	c.Broadcasts = cast("news", "joined/1123-01").Broadcasts
	result := commit(t, s, c)
	ack(t, s, 900, result.Rows[1])
	check(t, s.Settle(ctx, "desk", Settlement{Tries: map[string]int{result.Rows[0].ID: 1}, Buried: []Burial{{result.Rows[2], "blocked"}}}))
	fire := says(duty, "fire")
	fire.Says[0].Class = talk.Danger
	commit(t, s, fire)
	check(t, s.Pause(ctx, "chat/42", time.Minute))
	check(t, s.Move(ctx, duty, duty-1))
	check(t, s.KeepFile(ctx, "insert@1", "AgAC"))
	if _, err := s.Pauses(ctx); err != nil {
		t.Fatal(err)
	}
	state := load(t, s, wang, result.No)
	if len(state.Jobs) != 1 {
		t.Fatalf("got %d jobs, want 1", len(state.Jobs))
	}
	for _, read := range []func() error{
		func() error { _, err := s.Lead(ctx, "desk", time.Minute); return err },
		func() error { _, err := s.Due(ctx, noon, 9); return err },
		func() error { _, err := s.Log(ctx, always, noon); return err },
		func() error { _, err := s.OpenJobs(ctx); return err },
		func() error { _, err := s.Backlog(ctx); return err },
		func() error { _, err := s.Moves(ctx); return err },
		func() error { _, err := s.File(ctx, "insert@1"); return err },
		func() error { return s.Ping(ctx) },
	} {
		check(t, read())
	}
}

func TestEveryKeyIsInTheTableAndEveryPersonalOneEnds(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		scenario(t, s)
		found := map[string]bool{}
		all := kinds(t, s)
		all[s.key("root")] = s.client.Type(context.Background(), s.key("root")).Val()
		for name, kind := range all {
			f, ok := familyOf(s, name)
			if !ok {
				t.Errorf("%s is not in the table", name)
				continue
			}
			found[f.name] = true
			same(t, "type of "+name, kind, f.kind)
			ttl := s.client.PTTL(context.Background(), name).Val()
			longest := f.keep
			if f.name == "timers" || f.name == "reminders" {
				longest += time.Hour // counted from the last reminder
			}
			if f.keep == 0 && ttl > 0 || f.keep > 0 && (ttl <= 0 || ttl > longest) {
				t.Errorf("%s lives %s, want at most %s (0: for ever)", name, ttl, longest)
			}
		}
		for _, f := range families(keep) {
			if !found[f.name] {
				t.Errorf("the scenario left no key %s: is it still used?", f.name)
			}
		}
	})
}

func TestWhatIsKeptForEverIsNotPersonal(t *testing.T) {
	t.Parallel()
	var forEver []string
	for _, f := range families(keep) {
		if f.keep == 0 {
			forEver = append(forEver, f.name)
		}
	}
	same(t, "kept for ever", forEver, []string{"root", "moved", "log:", "facts:"})
}

func TestAJobEndsSoonerOnceItIsClosedAndItsSlotsWithIt(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		ttl := func(name string) time.Duration {
			return s.client.PTTL(ctx, name).Val().Round(time.Hour)
		}
		c := opens().by("desk")
		c.Says = []talk.Say{{Chat: duty, Slot: "job/" + job.Unnumbered, Text: "open"}}
		result := commit(t, s, c)
		ack(t, s, 900, result.Rows...)
		same(t, "open job", ttl(s.key("job:", result.No)), openKeep)
		same(t, "its slot", ttl(s.key("slot:job/", result.No)), openKeep)

		c = shows(duty, "job/"+result.No, "closed").by("desk")
		c.State = load(t, s, 0, result.No)
		c.State.Jobs[result.No].State = job.Closed
		ack(t, s, 900, commit(t, s, c).Rows...)
		same(t, "closed job", ttl(s.key("job:", result.No)), keep.Job)
		same(t, "its slot", ttl(s.key("slot:job/", result.No)), keep.Job)
	})
}

func TestAllKeysOfADeskLieInOneSlotOfACluster(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server := start(t, "--cluster-enabled", "yes", "--cluster-require-full-coverage", "no", "--cluster-announce-ip", "127.0.0.1")
	raw := server.raw()
	defer raw.Close()
	s := open(t, "redis+cluster://127.0.0.1:"+server.port)
	// The cluster has the slot of the tag and no other.
	slot := raw.ClusterKeySlot(ctx, strings.Trim(strings.TrimPrefix(s.prefix, "pd:"), "{}:")).Val()
	check(t, raw.ClusterAddSlots(ctx, int(slot)).Err())
	for deadline := time.Now().Add(10 * time.Second); s.Ping(ctx) != nil || !strings.Contains(raw.ClusterInfo(ctx).Val(), "cluster_state:ok"); {
		if time.Now().After(deadline) {
			t.Fatalf("the cluster does not come up: %s", raw.ClusterInfo(ctx).Val())
		}
	}
	found(s)
	scenario(t, s)
	if got := raw.ClusterCountKeysInSlot(ctx, int(slot)).Val(); got == 0 || got != raw.DBSize(ctx).Val() {
		t.Errorf("%d keys in the slot of the desk, %d in all", got, raw.DBSize(ctx).Val())
	}
}
