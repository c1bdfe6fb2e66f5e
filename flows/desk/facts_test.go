package desk_test

import (
	"strings"
	"testing"

	"powerdesk/flows/talk"
)

// What is kept of a job knows how it was rated, which is after it ended; and one that
// ended too soon is one job.
func TestAJobThatIsOpenedAgainCountsOnce(t *testing.T) {
	t.Parallel()
	p := credited(t, "没有")
	p.pace = 3e9
	p.says("/status", "来电了", "🙁 不满意")
	if len(p.facts) != 1 || p.facts[0].Rating != "poor" {
		t.Errorf("kept is %+v, want one job and its rating", p.facts)
	}
	p.says("/status", "还是没电")
	if j := p.job("1123-01"); !j.Live() {
		t.Fatalf("the job is %s", j.State)
	}
	if said := p.in(talk.Duty, dutyChat, "李强", "/stats"); !strings.Contains(said, "报修 1 单") {
		t.Errorf("/stats says\n%s", said)
	}
}
