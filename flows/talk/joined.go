package talk

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// Thousands may wait for one job. The report of its opener stands in the job; that
// of everybody who joined stands in their own session, and their chat in a set of
// the job's: to join writes nothing that anybody else writes.

// JoinedSet names the set of those who joined a job, each as Joiner names them.
func JoinedSet(no string) string { return "joined/" + no }

// Joiner names a person in a set: the chat, and the language in which to write there.
func Joiner(chat int64, l words.Lang) string { return fmt.Sprint(chat, " ", l) }

// ParseJoiner reads what Joiner wrote; chat 0 is nobody.
func ParseJoiner(id string) (chat int64, l words.Lang) {
	digits, lang, _ := strings.Cut(id, " ")
	chat, _ = strconv.ParseInt(digits, 10, 64)
	return chat, words.Lang(lang)
}

// countSoon and countLater are when who joined is counted for the card, the first
// time and from then on: a card redrawn for each would spend the group's messages.
const (
	countSoon  = 5 * time.Second
	countLater = time.Minute
)

// Join makes this person one of those who wait for a job that others reported.
func (t *Turn) Join(no string) {
	if _, joined := t.S.Joined[no]; joined || no == "" || slices.Contains(t.S.Follows, no) {
		return
	}
	if t.S.Joined == nil {
		t.S.Joined = map[string]job.Report{}
	}
	t.S.Joined[no] = job.Report{Chat: t.S.Chat, Lang: t.S.Lang, At: t.E.At, Joined: true}
	t.S.Follows = append(t.S.Follows, no)
	t.Do(Member{Set: JoinedSet(no), ID: Joiner(t.S.Chat, t.S.Lang), At: t.E.At})
	t.Do(Remind{Name: "duty/joined/" + no, At: t.E.At.Add(countSoon), Job: no, Keep: true})
}

// CountAgain asks for the next count of who joined a job.
func (t *Turn) CountAgain(no string) {
	t.Do(Remind{Name: "duty/joined/" + no, At: t.E.At.Add(countLater), Job: no, Keep: true})
}

// lend puts what this person reported by joining into the jobs, so that all that is
// decided for a reporter is decided for them. Of a job that is kept no longer it gives
// the member that must leave its set.
func lend(s *Session, jobs map[string]*job.Job) (left []Member) {
	for _, no := range slices.Sorted(maps.Keys(s.Joined)) {
		j, r := jobs[no], s.Joined[no]
		switch {
		case j == nil:
			left = append(left, Member{Set: JoinedSet(no), ID: Joiner(s.Chat, r.Lang), Gone: true})
			delete(s.Joined, no)
		case j.ReportOf(s.Chat) == nil:
			j.Reports = append(j.Reports, r)
		}
	}
	return left
}

// memberBy names the person as the set has them by a report; "" = not at all. Who
// wants nothing any more, or has asked to be forgotten, is in it no longer.
func (t *Turn) memberBy(r job.Report) string {
	if r.Withdrawn || r.Forget {
		return ""
	}
	return Joiner(t.S.Chat, r.Lang)
}

// takeBack takes those reports out again, as the event has left them, and the set
// follows: also into another language.
func (t *Turn) takeBack() {
	for _, no := range slices.Sorted(maps.Keys(t.S.Joined)) {
		j := t.Jobs[no]
		if j == nil {
			continue
		}
		i := slices.IndexFunc(j.Reports, func(r job.Report) bool { return r.Joined })
		if i < 0 {
			continue
		}
		was, now := t.S.Joined[no], j.Reports[i]
		j.Reports = slices.Delete(j.Reports, i, i+1)
		t.S.Joined[no] = now
		left, joins := t.memberBy(was), t.memberBy(now)
		if left != joins {
			t.CountAgain(no)
		}
		if left != joins && left != "" {
			t.Do(Member{Set: JoinedSet(no), ID: left, Gone: true})
		}
		if left != joins && joins != "" {
			t.Do(Member{Set: JoinedSet(no), ID: joins, At: now.At})
		}
		if now.Forget {
			delete(t.S.Joined, no)
		}
	}
}
