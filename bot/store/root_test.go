package store

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestAScriptThatMeetsNoRootOrAnotherDoesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		root := s.key("root")
		for what, damage := range map[string]func() error{
			"has no desk": func() error { return s.client.Del(ctx, root).Err() },
			"schema 9":    func() error { return s.client.HSet(ctx, root, "schema", "9").Err() },
			"schema 0":    func() error { return s.client.HSet(ctx, root, "schema", "0").Err() },
			"pd:{else}":   func() error { return s.client.HSet(ctx, root, "desk", "pd:{else}:root").Err() },
		} {
			check(t, damage())
			_, err := s.Commit(ctx, opens())
			unavailable(t, "commit: "+what, err)
			if !strings.Contains(err.Error(), what) {
				t.Errorf("got %v, want a word of %q", err, what)
			}
			_, _, err = s.Load(ctx, Want{Chat: wang})
			unavailable(t, "load: "+what, err)
			same(t, "written", kinds(t, s), nil)
			check(t, s.client.Del(ctx, root).Err())
			found(s)
		}
	})
}

func TestWhoLeadsNoticesARedisThatWasEmptiedOrSetBack(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		var log bytes.Buffer
		s.log = slog.New(slog.NewTextHandler(&log, nil))
		heard := func(what string, want string) {
			t.Helper()
			log.Reset()
			lead(t, s, "a")
			if got := log.String(); (got != "") != (want != "") || !strings.Contains(got, want) {
				t.Errorf("%s: the log says %q, want %q", what, got, want)
			}
		}
		commit(t, s, opens().asNew())
		heard("nothing happened", "")
		check(t, s.client.HSet(ctx, s.key("root"), "given", 0).Err())
		heard("set back", "set back")
		check(t, s.client.Del(ctx, s.key("root")).Err())
		heard("emptied", "emptied")
		heard("afterwards", "")
		same(t, "the desk goes on", load(t, s, wang, "").Session.Rev, 0)
		_, err := s.Lead(ctx, "a", time.Minute)
		check(t, err)
	})
}

func TestTwoBotsDoNotShareADesk(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		as := func(bot string) *Store {
			other := *s
			other.scripts = scripts(families(keep), bot)
			return &other
		}
		lead(t, as("11"), "a")
		_, err := as("12").Commit(ctx, opens())
		unavailable(t, "commit of another bot", err)
		if _, err := as("12").Lead(ctx, "b", time.Minute); err == nil || !strings.Contains(err.Error(), "another bot") {
			t.Errorf("another bot leads with %v", err)
		}
		commit(t, as("11"), opens())
		load(t, as(""), wang, "") // as an export does
	})
}
