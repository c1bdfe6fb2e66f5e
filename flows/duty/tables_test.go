package duty

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Every ladder and every family that a kind names is there, and none is there that
// no kind names: it would never be climbed or pressed.
func TestKindsNameWhatTheTablesHave(t *testing.T) {
	t.Parallel()
	ladders, moves := map[string]bool{}, map[string]bool{}
	for _, r := range rungs {
		ladders[r.ladder] = false
	}
	for name := range families {
		moves[name] = false
	}
	for _, kind := range job.Kinds() {
		for _, name := range kind.Traits().Ladders {
			if _, known := ladders[name]; !known {
				t.Errorf("a %s climbs %q, which the table does not have", kind, name)
			}
			ladders[name] = true
		}
		for _, name := range kind.Traits().Moves {
			if _, known := moves[name]; !known {
				t.Errorf("a %s has the moves %q, which the table does not have", kind, name)
			}
			moves[name] = true
		}
	}
	for _, named := range []map[string]bool{ladders, moves} {
		for name, used := range named {
			if !used {
				t.Errorf("no kind has %q", name)
			}
		}
	}
}

// Every rung is climbed, and every move made, in the table of all kinds that real
// presses draw.
func TestEveryRungAndMoveIsPlayed(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../desk/testdata/kinds")
	if err != nil {
		t.Fatal(err)
	}
	played := string(raw)
	for _, r := range rungs {
		if !strings.Contains(played, " "+r.name+":") && !strings.Contains(played, " "+r.name+",") {
			t.Errorf("no kind, in no state, climbs %q", r.name)
		}
	}
	for name, family := range families {
		for _, m := range family {
			pressed := regexp.MustCompile(`(?m)(^ +|: |› )` + m.action + `( [^:]*)?: `)
			if m.in != inAsked && m.in != back.in && !pressed.MatchString(played) {
				t.Errorf("no kind, in no state, offers %q of %q", m.action, name)
			}
		}
	}
}

// A rung is whole: what it names is there, it reaches somebody or changes the job,
// and a ladder never falls back from the leader to the crew.
func TestRungsAreWhole(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, r := range rungs {
		if names[r.name] {
			t.Errorf("two rungs are called %q", r.name)
		}
		names[r.name] = true
	}
	for _, r := range rungs {
		for _, other := range append(slices.Clone(r.unless), r.behind) {
			if other != "" && !names[other] {
				t.Errorf("%s names %q, which is no rung", r.name, other)
			}
		}
		if r.since == nil || r.after == nil {
			t.Errorf("%s has no instant", r.name)
		}
		if r.does == nil && r.asks == "" && r.clerk == "" && r.leader == nil && r.news == nil {
			t.Errorf("%s does nothing and tells nobody", r.name)
		}
		if r.behind != "" && rungOf(r.behind).ladder != r.ladder {
			t.Errorf("%s follows a rung of another ladder", r.name)
		}
	}
}

// Whatever is said because of a rung, and on every button, and to every presser, has
// words for a job of every kind, with and without a danger, in both languages.
func TestTheTablesHaveWords(t *testing.T) {
	t.Parallel()
	c := &county.County{Urgent: county.UrgentTopUp{Amounts: []int{100}}}
	has := func(of string, keys ...string) {
		for _, key := range keys {
			for _, l := range words.Langs {
				if key != "" && !words.Has(l, key) {
					t.Errorf("%s: no words for %s in %s", of, key, l)
				}
			}
		}
	}
	for _, kind := range append(job.Kinds(), "of tomorrow") {
		for _, danger := range []string{"", "fire"} {
			j := &job.Job{Kind: kind, Danger: danger, State: job.Open}
			for _, r := range rungs {
				if !slices.Contains(kind.Traits().Ladders, r.ladder) {
					continue
				}
				has(r.name, r.clerk)
				if r.asks != "" {
					has(r.name, j.Phrase("crew."+r.asks))
				}
				if r.news != nil {
					has(r.name, j.Phrase(r.news(j)))
				}
			}
			for _, m := range movesOf(j, j.Room() == job.Clerks) {
				m.while = nil
				ofs := []string{""}
				if m.in == "until" {
					ofs = whys
				}
				for _, of := range ofs {
					for _, it := range m.items(c, j, nil, of) {
						has(m.action, j.Phrase(it.key))
					}
				}
				if m.does != nil {
					has(m.action, "toast."+m.said)
				}
			}
		}
	}
	for _, why := range []job.Refusal{
		job.Taken, job.Already, job.Finished, job.NotYours, job.Outdated, job.NotNow, job.Guarding, guardFirst, gridSide, "see_private",
	} {
		has("crew", "toast."+string(why))
	}
	for _, why := range []job.Refusal{job.Taken, job.Already, job.Finished, job.NotYours, job.NotNow, "see_private"} {
		has("clerk", "toast.topup."+string(why))
	}
}

// A move that is chosen and opens nothing does something, and only one that is
// typed may do neither.
func TestMovesAreWhole(t *testing.T) {
	t.Parallel()
	for name, family := range families {
		for _, m := range family {
			if m.does != nil && m.opens != "" {
				t.Errorf("%s/%s opens a choice and does something as well", name, m.action)
			}
			if m.opens == "" && m.does == nil && m.typed == "" && m.action != back.action {
				t.Errorf("%s/%s does nothing", name, m.action)
			}
			if m.opens != "" && !slices.ContainsFunc(family, func(o move) bool { return o.in == m.opens }) {
				t.Errorf("%s/%s opens %q, which is empty", name, m.action, m.opens)
			}
		}
	}
}

// Who acknowledges a rung is not asked again before its whole wait has gone by anew.
func TestAnAcknowledgementBeginsTheWaitAnew(t *testing.T) {
	t.Parallel()
	begun := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	waits := county.Ladders{
		Idle: [2]time.Duration{10 * time.Minute, 20 * time.Minute}, Work: [2]time.Duration{time.Hour, 2 * time.Hour},
		Paying: [2]time.Duration{10 * time.Minute, 20 * time.Minute}, Light: [2]time.Duration{10 * time.Minute, 25 * time.Minute},
	}
	for _, r := range rungs {
		for _, what := range r.ack {
			if r.behind != "" {
				continue // it follows the first
			}
			j := &job.Job{
				Kind: job.Fault, State: job.Arrived, Clocks: job.Clocks{Reported: begun, Arrive: begun},
				Pair: [2]job.Claim{{User: 1, At: begun}}, TopUp: job.TopUp{State: job.TopUpWritten, Way: "card", Clerk: job.Claim{User: 1}},
				History: []job.Entry{{At: begun, What: job.DidWrite}, {At: begun.Add(5 * time.Minute), What: what, User: 1}},
			}
			l := ladder{t: &talk.Turn{Desk: &talk.Desk{County: &county.County{Ladders: waits}}}, j: j, waits: waits}
			if got, want := l.instant(&r, &j.Pair[0]), begun.Add(5*time.Minute+r.after(l)); !got.Equal(want) {
				t.Errorf("%s, acknowledged by %q, is due at %v, want %v", r.name, what, got, want)
			}
		}
	}
}

// A rung that nobody knows is told to the leader, and changes nothing.
func TestAnUnknownRungIsTheLeadersMatter(t *testing.T) {
	t.Parallel()
	r := rungOf("of.tomorrow")
	if r.does != nil || r.leader == nil || r.leader(&talk.Turn{}, &job.Job{}) != "leader.silent" {
		t.Errorf("an unknown rung does %+v", r)
	}
}

// What one person does is not said to be two people's.
func TestOnePersonIsNotTwo(t *testing.T) {
	t.Parallel()
	two := map[words.Lang][]string{words.ZH: {"两位", "/2"}, words.EN: {"two ", "both", "/2"}}
	for _, kind := range job.Kinds() {
		if kind.Traits().People != 1 {
			continue
		}
		j := &job.Job{Kind: kind}
		for _, l := range words.Langs {
			for _, key := range []string{"card.state.open", "card.state.claimed", "toast.claimed", "toast.not_yours", "toast.ended", "news.claimed_alone"} {
				said := words.Say(l, j.Phrase(key), words.Args{"No": "1123-01", "Crew": "A", "Name": "A", "N": 1, "Of": 1, "Hotline": "95598"})
				for _, word := range two[l] {
					if strings.Contains(said, word) {
						t.Errorf("of a %s, which takes one person, is said %q", kind, said)
					}
				}
			}
		}
	}
}
