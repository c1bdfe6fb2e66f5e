package outbox

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The timelines are in seconds: sends in, the instant of the next one out.
func TestMeterTimelines(t *testing.T) {
	t.Parallel()
	table := Limits(25)
	tests := []struct {
		name  string
		limit Limit
		sent  []float64
		next  float64 // 0 = at once
	}{
		{"private: nothing sent", table[1], nil, 0},
		{"private: a short burst passes", table[1], []float64{1, 1.1}, 0},
		{"private: the fourth waits for the first to be 3 s old", table[1], []float64{1, 1.1, 1.2}, 4},
		{"private: one a second goes on for ever", table[1], []float64{1, 2, 3, 4, 5, 6}, 7},
		{"group: seventeen pass", table[2], spread(16, 10, 0.1), 0},
		{"group: the eighteenth waits out the minute", table[2], spread(17, 10, 0.1), 70},
		{"group: dangers count, and push ordinary rows back", table[2], spread(20, 10, 0.1), 70.3},
		{"group: three a second apart every 12 s never wait", table[2], spread(15, 10, 4), 0},
		{"bot: the twenty-sixth waits a second", table[0], spread(25, 10, 0.01), 11},
		{"bot: old sends are forgotten", table[0], append(spread(25, 10, 0.01), 12), 11.01},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := metersFor([]Limit{tt.limit}, tt.limit.Scope)[0]
			for _, s := range tt.sent {
				m.spend(at(s))
			}
			want := time.Time{}
			if tt.next > 0 {
				want = at(tt.next)
			}
			if diff := cmp.Diff(want, m.next()); diff != "" {
				t.Errorf("next (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMeterRemembersNoMoreThanItsCount(t *testing.T) {
	t.Parallel()
	m := metersFor(Limits(25), Group)[0]
	for i := range 1000 {
		m.spend(at(float64(i)))
	}
	if got, want := len(m.times), 20; got != want {
		t.Errorf("%d instants remembered, want %d", got, want)
	}
	if m.idle(at(1058)) || !m.idle(at(1059)) {
		t.Error("idle before or after the minute that follows the last send")
	}
}

func TestRestampCountsFromTheAnswer(t *testing.T) {
	t.Parallel()
	m := metersFor(Limits(25), Private)[0]
	for _, s := range []float64{1, 2, 3} {
		m.spend(at(s))
		m.restamp(at(s + 0.5))
	}
	if got, want := m.next(), at(4.5); !got.Equal(want) {
		t.Errorf("next = %v, want %v: Telegram may have counted the first as late as its answer", got, want)
	}
}

func TestRateZeroLimitsNothing(t *testing.T) {
	t.Parallel()
	if got := Limits(0); got == nil || len(got) != 0 {
		t.Errorf("Limits(0) = %v, want an empty table that is not nil", got)
	}
}

// at is an instant, in seconds of the tests' clock.
func at(seconds float64) time.Time {
	return time.Unix(1_700_000_000, 0).Add(time.Duration(seconds * float64(time.Second)).Round(time.Millisecond))
}

// spread is n instants from first on, step apart.
func spread(n int, first, step float64) []float64 {
	ts := make([]float64, n)
	for i := range ts {
		ts[i] = first + float64(i)*step
	}
	return ts
}
