package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
)

// What the file does not write is as DOMAIN §2.6 has it, whether one wait is
// missing or all.
func TestReadDeskDefaultLadders(t *testing.T) {
	t.Parallel()
	const minute, hour = time.Minute, time.Hour
	defaults := county.Ladders{
		Unclaimed: [3]time.Duration{3 * minute, 6 * minute, 10 * minute}, Danger: [3]time.Duration{minute, 2 * minute, 3 * minute},
		Again: 30 * minute,
		Idle:  [2]time.Duration{10 * minute, 20 * minute}, IdleDanger: [2]time.Duration{3 * minute, 6 * minute},
		Late: 80,
		ETA:  [2]time.Duration{5 * minute, 15 * minute}, Work: [2]time.Duration{2 * hour, 4 * hour},
		Unanswered: [2]time.Duration{30 * minute, 24 * hour}, Opening: [2]time.Duration{hour, 15 * minute},
		Clerk: [2]time.Duration{5 * minute, 10 * minute}, Paying: [2]time.Duration{10 * minute, 20 * minute},
		Light: [2]time.Duration{10 * minute, 25 * minute}, Question: 30 * minute,
		Wait: 2 * hour,
	}
	quick := defaults
	quick.Danger[0] = 30 * time.Second
	valid, _, _ := strings.Cut(read(t, "valid.yaml"), "ladders:")
	for _, tt := range []struct {
		name, text string
		want       county.Ladders
	}{
		{"no ladders", "", defaults},
		{"the word alone", "ladders:\n", defaults},
		{"an empty one", "ladders: {unclaimed: , late: }\n", defaults},
		{"one of them", "ladders:\n  danger:\n    - 30s\n    - 2m\n    - 3m\n", quick},
		{"as quick as the rest", "ladders: {danger: [3m, 6m, 10m], unclaimed: [3m, 6m, 10m]}\n", func() county.Ladders {
			l := defaults
			l.Danger = l.Unclaimed
			return l
		}()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, problems := config.ReadDesk("desk.yaml", []byte(valid+tt.text), today)
			if len(problems) > 0 {
				t.Errorf("problems:\n%s", problems)
			}
			if diff := cmp.Diff(tt.want, got.Ladders); diff != "" {
				t.Errorf("ladders (-want +got):\n%s", diff)
			}
		})
	}
}

// The sample writes every default down, so that the operator sees what there is
// to change.
func TestSampleLaddersAreTheDefaults(t *testing.T) {
	t.Parallel()
	valid, _, _ := strings.Cut(read(t, "valid.yaml"), "ladders:")
	defaults, _ := config.ReadDesk("desk.yaml", []byte(valid), today)
	if diff := cmp.Diff(defaults.Ladders, sample(t).Ladders); diff != "" {
		t.Errorf("ladders (-default +sample):\n%s", diff)
	}
	if diff := cmp.Diff(defaults.Posts, sample(t).Posts); diff != "" {
		t.Errorf("posts (-default +sample):\n%s", diff)
	}
}
