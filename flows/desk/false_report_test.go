package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// reports lets the resident of a play report the whole of a fault at home, and
// gives the number of the newest job.
func (p *play) reports(who talk.Person) string {
	p.t.Helper()
	for _, line := range []string{"/start", "⚡ 家里没电", "没有", "都没有", "桑园镇", "翰林住宅小区", "3号楼2单元201", "都没电", "13900000001", "不用"} {
		p.turn(event(who, line))
	}
	all := sortedKeys(p.jobs)
	return all[len(all)-1]
}

// foundFalse lets the resident report three faults, and the crew find each false.
func foundFalse(t *testing.T, c *county.County) *play {
	t.Helper()
	p := newPlay(t, words.ZH)
	*p.desk.County = *c
	for range 3 {
		no := p.reports(people["奶奶"])
		for _, label := range []string{"✋ 我去", "⋯ 更多", "🚫 误报", "🚫 确定是误报"} {
			p.turn(p.press(people["李强"], "job/"+no, label, 0))
		}
		p.turn(event(people["奶奶"], "💡 来电了"))
		p.later("49h")
	}
	return p
}

// hears gives whom a turn tells about false reports.
func hears(effects []talk.Effect) (chats []int64) {
	for _, e := range effects {
		if say, ok := e.(talk.Say); ok && strings.Contains(say.Text, "3 次记为误报") {
			chats = append(chats, say.Chat)
		}
	}
	return chats
}

// Leaders hear of many false reports: in their group, else each in private. Without
// either it is not said, least of all to the duty group.
func TestOnlyLeadersHearOfFalseReports(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		chat   int64
		roster []county.Member
		want   []int64
	}{
		"their group":        {leaderChat, roster, []int64{leaderChat}},
		"each in private":    {0, roster, []int64{106, 107}},
		"nobody is a leader": {0, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := countyIn(words.ZH)
			c.Chats.Leader, c.Roster, c.Shifts = tt.chat, tt.roster, nil
			p := foundFalse(t, c)
			var told []int64
			p.seen = func(_ talk.Event, _ talk.State, effects []talk.Effect) { told = append(told, hears(effects)...) }
			p.reports(people["奶奶"])
			if !slices.Equal(told, tt.want) {
				t.Errorf("it is told to %v, want %v", told, tt.want)
			}
		})
	}
}

// The leader does not hear of a danger, of false reports that have expired or were
// erased, nor of what a volunteer types for a caller.
func TestFalseReportsAreSilentWhereTheyDoNotCount(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*play){
		"a danger":        func(p *play) { p.turn(event(people["奶奶"], "着火了")) },
		"a month later":   func(p *play) { p.now = p.now.Add(30 * 24 * time.Hour); p.reports(people["奶奶"]) },
		"somebody else's": func(p *play) { p.reports(people["邻居"]) },
		"after the erasure": func(p *play) {
			p.turn(event(people["奶奶"], "/forget"))
			p.turn(event(people["奶奶"], "🗑 全部删掉"))
			p.reports(people["奶奶"])
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := foundFalse(t, countyIn(words.ZH))
			before := len(p.jobs)
			p.seen = func(_ talk.Event, _ talk.State, effects []talk.Effect) {
				if told := hears(effects); told != nil {
					t.Errorf("it is told to %v", told)
				}
			}
			do(p)
			if len(p.jobs) != before+1 {
				t.Errorf("there are %d jobs after %d", len(p.jobs), before)
			}
		})
	}
}

// A volunteer who has reported ten times for themselves still reports for
// callers, as often as the phone rings; for themselves it is enough.
func TestCallersAreNeverTooMany(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	li := people["李强"]
	for range 10 {
		p.reports(li)
		s := p.session(li.ID)
		j := p.job(s.Follows[len(s.Follows)-1])
		j.State, j.Clocks.Close = job.Withdrawn, p.now
		p.jobs[j.No] = p.encode(j)
	}
	for range 2 {
		p.turn(event(li, "/report_for 翰林小区3号楼 13900000002 没电"))
	}
	if len(p.jobs) != 12 {
		t.Errorf("there are %d jobs, want 12: two for callers", len(p.jobs))
	}
	if p.reports(li); len(p.jobs) != 12 {
		t.Errorf("there are %d jobs: the eleventh of their own was taken", len(p.jobs))
	}
}
