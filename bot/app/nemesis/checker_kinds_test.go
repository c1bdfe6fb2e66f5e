package nemesis

import (
	"slices"
	"testing"
	"time"

	"powerdesk/bot/demo"
)

// moment is an instant of the invented histories, in seconds.
func moment(s float64) time.Time {
	return time.Date(2026, 11, 23, 19, 40, 0, 0, time.UTC).Add(time.Duration(s * float64(time.Second)))
}

const (
	wang, li, zhou, sun, passer = 5_000_000_001, 6_000_000_001, 6_000_000_002, 6_000_000_003, 7_000_000_001

	no = "1123-01"
)

// sends is a call that people can see.
func sends(at float64, seq int, chat int64, text, fault string) event {
	return event{At: moment(at), Kind: "call", Call: &demo.Call{
		Seq: seq, Method: "sendMessage", Chat: chat, Params: map[string]string{"text": text}, Fault: fault,
	}}
}

// good is a short evening on which every promise was kept.
func good() []event {
	return []event{
		{At: moment(0), Kind: "person", Who: wang, What: "resident", Secrets: []string{"王桂兰", "3号楼"}},
		{At: moment(0), Kind: "person", Who: li, What: "volunteer"},
		{At: moment(0), Kind: "person", Who: zhou, What: "volunteer"},
		{At: moment(0), Kind: "person", Who: sun, What: "volunteer"},
		{At: moment(0), Kind: "person", Who: passer, What: "stranger"},
		{At: moment(1), Kind: "act", Who: wang, What: "outage.summary.say", Text: "contact"},
		sends(2, 1, wang, sentence("zh", "outage.receipt.say")+no, ""),
		{At: moment(2), Kind: "heard", Who: wang, What: "outage.receipt.say", Job: no},
		sends(2, 2, dutyChat, "报修 "+no, ""),
		{At: moment(3), Kind: "press", Who: li, What: "claim", Job: no, ID: 1},
		{At: moment(3), Kind: "press", Who: zhou, What: "claim", Job: no, ID: 2},
		{At: moment(3), Kind: "press", Who: sun, What: "claim", Job: no, ID: 3},
		{At: moment(4), Kind: "toast", Who: li, What: "toast.claimed", Job: no, ID: 1},
		{At: moment(4), Kind: "toast", Who: zhou, What: "toast.claimed", Job: no, ID: 2},
		{At: moment(4), Kind: "toast", Who: sun, What: "toast.taken", Job: no, ID: 3},
		{At: moment(4), Kind: "press", Who: passer, What: "claim", Job: no, ID: 4},
		{At: moment(4), Kind: "toast", Who: passer, What: "toast.not_member", Job: no, ID: 4},
		sends(5, 3, wang, "报修单 "+no+sentence("zh", "news.arrived"), ""),
		sends(6, 4, wang, "报修单 "+no+sentence("zh", "news.restored"), ""),
		{At: moment(7), Kind: "act", Who: wang, What: "news.restored", Text: "来电了"},
		sends(8, 5, wang, "谢谢您", ""),
		{At: moment(9), Kind: "output", What: "log of replica 1", Text: "all is well"},
		{At: moment(9), Kind: "rest"},
		{
			At: moment(9), Kind: "job", Job: no, What: "closed", Chats: []int64{wang}, Holders: []int64{li, zhou},
			Entries: []entry{{moment(1), "opened", wang}, {moment(3.5), "claimed", li}, {moment(3.6), "claimed", zhou}},
		},
	}
}

// without takes events out of a history.
func without(h []event, drop func(event) bool) []event { return slices.DeleteFunc(h, drop) }

// job changes what the desk knows in the end.
func job(h []event, change func(*event)) []event {
	for i := range h {
		if h[i].Kind == "job" {
			change(&h[i])
		}
	}
	return h
}

// A checker that cannot fail proves nothing: each of these evenings breaks one
// promise, and no other.
func TestCheckerNoticesWhatIsBroken(t *testing.T) {
	t.Parallel()
	if found := check(good()); found != nil {
		t.Fatalf("a good evening counts as %v", found)
	}
	arrived := "报修单 " + no + sentence("zh", "news.arrived")
	for name, c := range map[string]struct {
		broken  string
		history []event
	}{
		"a received report that nobody knows of": {"I1", job(good(), func(e *event) { e.Chats = nil })},
		"a job without a card":                   {"I1", without(good(), func(e event) bool { return e.Kind == "call" && e.Call.Chat == dutyChat })},
		"a finished report without a receipt":    {"I1", without(good(), func(e event) bool { return e.Kind == "heard" })},
		"a job that is gone":                     {"I1", without(good(), func(e event) bool { return e.Kind == "job" || e.Kind == "toast" })},
		"three hold a job": {"I2", job(good(), func(e *event) {
			e.Entries = append(e.Entries, entry{moment(5), "claimed", sun})
		})},
		"one holds both places": {"I2", job(good(), func(e *event) { e.Holders = []int64{li, li} })},
		"one claims twice": {"I2", job(good(), func(e *event) {
			e.Entries = append(e.Entries[:2:2], entry{moment(3.7), "claimed", li}, entry{moment(3.8), "released", li}, entry{moment(3.9), "claimed", zhou})
		})},
		"told to hold it, and does not": {"I2", append(good(), event{At: moment(5), Kind: "toast", Who: sun, What: "toast.claimed", Job: no, ID: 3})},
		"refused before the winner pressed": {"I2", append(without(good(), func(e event) bool { return e.Kind == "press" && e.Who == zhou }),
			event{At: moment(4.5), Kind: "press", Who: zhou, What: "claim", Job: no, ID: 9})},
		"the same words twice for no reason": {"I3", append(good(), sends(8.5, 6, wang, arrived, ""))},
		"twice, and the fault was over before": {"I3", append(good(), sends(8.5, 6, wang, arrived, ""),
			event{At: moment(3), Kind: "fault", What: "way: cut", ID: 20}, event{At: moment(3.1), Kind: "heal", What: "way: cut", ID: 20})},
		"news that come before what they follow": {"I4", append(without(good(), func(e event) bool { return e.Kind == "call" && e.Call.Seq == 3 }),
			sends(8.5, 6, wang, arrived, ""))},
		"a call in the wait of a 429": {"I5", append(good(), event{At: moment(5), Kind: "early", What: "sendMessage", Early: time.Second})},
		"a poll in the wait of a 429, by the replica that took over": {"I5", append(good(),
			event{At: moment(4), Kind: "call", Call: &demo.Call{Method: "getUpdates", Code: 429, Error: "Too Many Requests", Fault: "refuse"}},
			event{At: moment(5), Kind: "death", What: "replica 1"},
			event{At: moment(6), Kind: "early", What: "getUpdates in the wait of method", Early: time.Second})},
		"a door in the group":      {"I7", append(good(), sends(5, 6, dutyChat, "在 3号楼", ""))},
		"a name in the log":        {"I7", append(good(), event{At: moment(5), Kind: "output", What: "log", Text: "err=王桂兰"})},
		"the token in the metrics": {"I8", append(good(), event{At: moment(5), Kind: "output", What: "metrics", Text: "bot" + secretToken})},
		"a stranger moves a job": {"I9", job(good(), func(e *event) {
			e.Entries = append(e.Entries, entry{moment(5), "arrived", passer})
		})},
		"a stranger is told more than no": {"I9", append(good(), event{At: moment(5), Kind: "toast", Who: passer, What: "toast.taken", Job: no, ID: 4})},
		"something waits for ever":        {"I10", append(without(good(), func(e event) bool { return e.Kind == "rest" }), event{At: moment(9), Kind: "rest", Waiting: 3})},
		"nobody looked what waits":        {"I10", without(good(), func(e event) bool { return e.Kind == "rest" })},
		"goroutines left behind":          {"I12", append(good(), event{At: moment(9), Kind: "output", What: "metrics of replica 1", Text: "go_goroutines 1201\n"})},
		"one report, two jobs":            {"I11", append(good(), event{At: moment(9), Kind: "job", Job: "1123-02", Chats: []int64{wang}})},
		"last words without an answer":    {"answered", append(good(), event{At: moment(9), Kind: "act", Who: wang, Text: "喂？"})},
		"somebody still waits":            {"answered", append(good(), event{At: moment(9), Kind: "stuck", Who: li, What: "claim", Job: no})},
	} {
		t.Run(name, func(t *testing.T) {
			found := check(c.history)
			if len(found) == 0 {
				t.Fatalf("nothing is broken, want %s", c.broken)
			}
			for _, b := range found {
				if b.Invariant != c.broken {
					t.Errorf("%s is broken: %s; want %s alone", b.Invariant, b.What, c.broken)
				}
			}
		})
	}
}

// What nobody could know is forgiven: an answer that was lost, and a process
// that died between a send and its acknowledgement.
func TestCheckerForgivesWhatNobodyCouldKnow(t *testing.T) {
	t.Parallel()
	arrived := "报修单 " + no + sentence("zh", "news.arrived")
	for name, more := range map[string][]event{
		"an answer that was lost": {sends(5.5, 6, wang, arrived+"。", "disconnect"), sends(5.6, 7, wang, arrived+"。", "")},
		"a process that died": {
			sends(8.5, 6, wang, arrived, ""), event{At: moment(5.1), Kind: "fault", What: "process: killed", ID: 20}, event{At: moment(5.2), Kind: "heal", ID: 20},
		},
		"a process that died at a failpoint": {sends(8.5, 6, wang, arrived, ""), event{At: moment(5.1), Kind: "death", What: "replica 1"}},
		"a call that was on the wire": {
			event{At: moment(5), Kind: "call", Call: &demo.Call{Method: "sendMessage", Chat: wang, Code: 429, Error: "Too Many Requests", Fault: "refuse"}},
			event{At: moment(5.1), Kind: "early", What: "sendMessage", Who: wang, Early: time.Second},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if found := check(append(good(), more...)); found != nil {
				t.Errorf("this counts as %v", found)
			}
		})
	}
}
