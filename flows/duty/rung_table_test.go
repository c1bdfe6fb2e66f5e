package duty

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// rungName finds the rungs that the ladders name: whole, or as the first of a pair.
var rungName = regexp.MustCompile(`(?:name: |again\(|pair\()"([a-z_.0-9]+)"`)

// The table has every rung that a ladder names, and no other: a name that is only
// in one of the two would be climbed and told to nobody.
func TestTheTableHasEveryRung(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, file := range []string{"ladder.go", "ladder_topup.go", "visit.go"} {
		raw, err := os.ReadFile(filepath.Join(".", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range rungName.FindAllStringSubmatch(string(raw), -1) {
			if strings.HasPrefix(m[0], "pair(") {
				named[m[1]+".1"], named[m[1]+".2"] = true, true
			} else {
				named[m[1]] = true
			}
		}
	}
	for name := range named {
		if _, known := rungTable[name]; !known {
			t.Errorf("a ladder climbs %q, which the table does not have", name)
		}
	}
	for name := range rungTable {
		if !named[name] {
			t.Errorf("no ladder climbs %q", name)
		}
	}
}

// Whatever is said because of a rung can be said of a job of every kind, in every
// state and with and without a danger, in both languages.
func TestWhatARungSaysHasWords(t *testing.T) {
	t.Parallel()
	for name, effect := range rungTable {
		for _, kind := range []job.Kind{job.Fault, job.Call, job.Credit, job.Question, job.Visit, "of tomorrow"} {
			for _, danger := range []string{"", "fire"} {
				j := &job.Job{Kind: kind, Danger: danger, State: job.Open}
				keys := []string{effect.clerk}
				if effect.asks != nil {
					key, answers := effect.asks(j)
					keys = append(keys, j.Phrase(key))
					for _, a := range answers {
						keys = append(keys, a.key)
					}
				}
				if effect.news != nil {
					keys = append(keys, j.Phrase(effect.news(j)))
				}
				for _, key := range keys {
					for _, l := range words.Langs {
						if key != "" && !words.Has(l, key) {
							t.Errorf("%s of a %s: no words for %s in %s", name, kind, key, l)
						}
					}
				}
			}
		}
	}
}

// A rung that nobody knows is told to the leader, and changes nothing.
func TestAnUnknownRungIsTheLeadersMatter(t *testing.T) {
	t.Parallel()
	effect := effectOf("of.tomorrow")
	if effect.does != nil || effect.leader == nil || effect.leader(&talk.Turn{}, &job.Job{}) != "leader.silent" {
		t.Errorf("an unknown rung does %+v", effect)
	}
}
