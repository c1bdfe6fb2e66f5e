package job_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
)

// The people of a job's life: two residents, three volunteers.
const (
	wang, liu     int64 = 1, 2
	li, zhou, sun int64 = 101, 102, 103
)

var eight = time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)

// reported is a job of two residents that nobody has claimed.
func reported() *job.Job {
	return &job.Job{
		No: "1123-01", Kind: job.Fault, State: job.Open, Symptom: "dark",
		Place:   county.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼", Words: "x", Pin: county.Pin{Lat: 1, Lon: 2}},
		Reports: []job.Report{{Chat: wang, Name: "王桂兰", Phone: "1"}, {Chat: liu, Name: "刘大爷", Phone: "2"}},
		Clocks:  job.Clocks{Reported: eight}, Meter: "Err-18",
		Notes: []job.Note{{Chat: wang, Text: "狗"}, {Chat: liu, Text: "门"}},
	}
}

// act is what somebody does to a job, by name.
// by is a volunteer who moves a job on.
func by(user int64) job.Actor { return job.Actor{ID: user, Name: "队员"} }

type act struct {
	name string
	do   func(*job.Job) job.Refusal
}

// perform does one act after another: the last has the wanted answer, and the
// others are not refused. Each that is done writes one line of history, and one
// that is refused changes nothing.
func perform(t *testing.T, j *job.Job, acts []act, want job.Refusal) {
	t.Helper()
	for i, a := range acts {
		before := j.Clone()
		why := a.do(j)
		last := i == len(acts)-1
		switch {
		case !last && why != "":
			t.Fatalf("%s, act %d, is refused: %s", a.name, i+1, why)
		case last && why != want:
			t.Errorf("%s = %q, want %q", a.name, why, want)
		case why != "" && !cmp.Equal(before, j):
			t.Errorf("%s is refused and changed the job:\n%s", a.name, cmp.Diff(before, j))
		case why == "" && a.name != "may" && len(j.History) != len(before.History)+1:
			t.Errorf("%s wrote %d entries of history, want one", a.name, len(j.History)-len(before.History))
		}
	}
}

func claim(user int64) act {
	return act{"claim", func(j *job.Job) job.Refusal { return j.Claim(job.Claim{User: user, At: eight}) }}
}

func release(user int64) act {
	return act{"release", func(j *job.Job) job.Refusal { return j.Release(user, by(user), "busy", eight) }}
}

func depart(user int64) act {
	return act{"depart", func(j *job.Job) job.Refusal { return j.Depart(by(user), time.Time{}, eight) }}
}

func arrive(user int64) act {
	return act{"arrive", func(j *job.Job) job.Refusal { return j.Arrive(by(user), eight) }}
}

func restore(user int64) act {
	return act{"restore", func(j *job.Job) job.Refusal { return j.Restore(by(user), "fuse", eight) }}
}

func confirm(chat int64) act {
	return act{"confirm", func(j *job.Job) job.Refusal { return j.Confirm(chat, eight) }}
}

func dark(chat int64, later time.Duration) act {
	return act{"still dark", func(j *job.Job) job.Refusal { return j.StillDark(chat, eight.Add(later)) }}
}

func withdraw(chat int64) act {
	return act{"withdraw", func(j *job.Job) job.Refusal { return j.Withdraw(chat, eight) }}
}

func rate(chat int64) act {
	return act{"rate", func(j *job.Job) job.Refusal { return j.Rate(chat, "good", eight) }}
}

func may(user int64, epoch int) act {
	return act{"may", func(j *job.Job) job.Refusal { return j.May(user, epoch) }}
}

// A danger that a holder finds after the work is where they are; one that a resident
// writes calls them back.
func TestADangerAfterTheWork(t *testing.T) {
	t.Parallel()
	for who, want := range map[int64]job.State{li: job.Arrived, wang: job.Claimed} {
		j := reported()
		perform(t, j, []act{claim(li), claim(zhou), arrive(li), restore(li)}, "")
		j.Endanger(by(who), "fire", eight)
		if j.State != want {
			t.Errorf("found by %d the job is %s, want %s", who, j.State, want)
		}
	}
}

// The last act of each life is refused, or moves the job on; those before it
// must not be refused.
func TestALifeOfAJob(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		acts  []act
		want  job.Refusal
		state job.State
	}{
		{"one claim is half a pair", []act{claim(li)}, "", job.Open},
		{"two make it", []act{claim(li), claim(zhou)}, "", job.Claimed},
		{"nobody is both", []act{claim(li), claim(li)}, job.Already, job.Open},
		{"there is no third", []act{claim(li), claim(zhou), claim(sun)}, job.Taken, job.Claimed},
		{"a place given back is free", []act{claim(li), claim(zhou), release(li), claim(sun)}, "", job.Claimed},
		{"only what is held is given back", []act{release(li)}, job.NotYours, job.Open},
		{"who is left never set out", []act{claim(li), claim(zhou), depart(li), release(li)}, "", job.Open},
		{"or had", []act{claim(li), claim(zhou), depart(li), depart(zhou), release(li)}, "", job.OnTheWay},
		{"or is at the door", []act{claim(li), claim(zhou), arrive(li), arrive(zhou), release(li)}, "", job.Arrived},
		{"who comes later has not set out", []act{claim(li), depart(li), claim(zhou), release(li)}, "", job.Open},
		{"the job is as far as the first", []act{claim(li), claim(zhou), depart(li), release(zhou)}, "", job.OnTheWay},
		{"nobody is on the way", []act{claim(li), depart(li), release(li)}, "", job.Open},
		{"on the way once", []act{claim(li), depart(li), depart(li)}, job.Already, job.OnTheWay},
		{"at the door without having set out", []act{claim(li), arrive(li)}, "", job.Arrived},
		{"at the door once", []act{claim(li), arrive(li), arrive(li)}, job.Already, job.Arrived},
		{"mended once", []act{claim(li), restore(li), restore(li)}, job.Already, job.Restored},
		{"what is mended is not claimed", []act{claim(li), restore(li), claim(zhou)}, job.Finished, job.Restored},
		{"nor given back", []act{claim(li), restore(li), release(li)}, job.Finished, job.Restored},
		{"the resident closes it", []act{claim(li), restore(li), confirm(wang)}, "", job.Closed},
		{"not before it is mended", []act{claim(li), confirm(wang)}, job.NotNow, job.Open},
		{"not a stranger", []act{claim(li), restore(li), confirm(sun)}, job.NotYours, job.Restored},
		{"once", []act{claim(li), restore(li), confirm(wang), confirm(wang)}, job.Already, job.Closed},
		{"the other resident too", []act{claim(li), restore(li), confirm(wang), confirm(liu)}, "", job.Closed},
		{"still dark opens it again", []act{claim(li), claim(zhou), restore(li), dark(wang, 0)}, "", job.Claimed},
		{"with one of the pair", []act{claim(li), restore(li), dark(wang, 0)}, "", job.Open},
		{"also a day after", []act{claim(li), restore(li), confirm(wang), dark(liu, 24*time.Hour)}, "", job.Open},
		{"not later", []act{claim(li), restore(li), confirm(wang), dark(liu, 25*time.Hour)}, job.Finished, job.Closed},
		{"not twice", []act{claim(li), restore(li), dark(wang, 0), dark(wang, 0)}, job.Already, job.Open},
		{"a button of before counts no more", []act{claim(li), restore(li), dark(wang, 0), may(li, 0)}, job.Outdated, job.Open},
		{"a button of now does", []act{claim(li), restore(li), dark(wang, 0), may(li, 1)}, "", job.Open},
		{"a button of an earlier claim does not", []act{claim(li), release(li), claim(li), may(li, 0)}, job.Outdated, job.Open},
		{"a partner's giving back changes nothing", []act{claim(li), claim(zhou), release(zhou), may(li, 0)}, "", job.Open},
		{"another's button", []act{claim(li), may(zhou, 0)}, job.NotYours, job.Open},
		{"one report taken back leaves the other", []act{withdraw(wang)}, "", job.Open},
		{"the last one ends the job", []act{withdraw(wang), withdraw(liu)}, "", job.Withdrawn},
		{"once", []act{withdraw(wang), withdraw(wang)}, job.Already, job.Open},
		{"what is over is not taken back", []act{claim(li), restore(li), confirm(wang), withdraw(liu)}, job.Finished, job.Closed},
		{"nor claimed", []act{withdraw(wang), withdraw(liu), claim(li)}, job.Finished, job.Withdrawn},
		{"nor moved on", []act{claim(li), withdraw(wang), withdraw(liu), may(li, 0)}, job.Finished, job.Withdrawn},
		{"nor dark", []act{withdraw(wang), withdraw(liu), dark(wang, 0)}, job.NotYours, job.Withdrawn},
		{"rated once", []act{claim(li), restore(li), confirm(wang), rate(wang), rate(wang)}, job.Already, job.Closed},
		{"by a resident", []act{rate(sun)}, job.NotYours, job.Open},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := reported()
			perform(t, j, tt.acts, tt.want)
			if j.State != tt.state {
				t.Errorf("the job is %s, want %s", j.State, tt.state)
			}
		})
	}
}

// A call back needs one volunteer, and nobody drives out.
func TestALifeOfACall(t *testing.T) {
	t.Parallel()
	j := reported()
	j.Kind, j.Symptom = job.Call, "talk"
	if why := claim(li).do(j); why != "" || j.State != job.Claimed {
		t.Errorf("claim = %q, the call is %s; want it claimed by one", why, j.State)
	}
	for _, a := range []act{claim(zhou), depart(li), arrive(li)} {
		if why := a.do(j); why == "" {
			t.Errorf("%s is not refused", a.name)
		}
	}
}

// The clocks are DOMAIN §8's: they start with the report and are not set back by
// a second crew.
func TestClocks(t *testing.T) {
	t.Parallel()
	j := reported()
	at := func(minutes int) time.Time { return eight.Add(time.Duration(minutes) * time.Minute) }
	j.Claim(job.Claim{User: li, At: at(1)})
	j.Claim(job.Claim{User: zhou, At: at(2)})
	j.Release(li, by(li), "busy", at(3))
	j.Claim(job.Claim{User: sun, At: at(4)})
	j.Depart(by(sun), time.Time{}, at(5))
	j.Arrive(by(sun), at(6))
	j.Restore(by(sun), "fuse", at(7))
	j.Confirm(wang, at(8))
	want := job.Clocks{
		Reported: eight, Claim1: at(1), Claim2: at(2), Depart: at(5), Arrive: at(6), Restore: at(7), Confirm: at(8), Close: at(8),
	}
	if diff := cmp.Diff(want, j.Clocks); diff != "" {
		t.Errorf("clocks (-want +got):\n%s", diff)
	}
	j.StillDark(wang, at(9))
	want.Restore, want.Confirm, want.Close, want.Reopen = time.Time{}, time.Time{}, time.Time{}, at(9)
	if diff := cmp.Diff(want, j.Clocks); diff != "" {
		t.Errorf("clocks of a reopened job (-want +got):\n%s", diff)
	}
}

// Forgetting waits until the job is over, and then takes what is that
// resident's: the others' stays.
func TestForget(t *testing.T) {
	t.Parallel()
	j := reported()
	j.Forget(wang, eight)
	if r := j.ReportOf(wang); r == nil || !r.Forget || r.Phone == "" {
		t.Fatalf("an open job keeps the report until it is over, got %+v", r)
	}
	claim(li).do(j)
	restore(li).do(j)
	confirm(liu).do(j)
	j.Paid = job.Payment{By: "村口小卖部", When: "today"}
	j.Forget(wang, eight)
	if j.ReportOf(wang) != nil || j.Reports[0].Name != "" || j.Reports[0].Phone != "" {
		t.Errorf("the report is still there: %+v", j.Reports[0])
	}
	if diff := cmp.Diff(county.Place{Town: "sangyuan", Community: "hanlin"}, j.Place); diff != "" || j.Meter != "" || j.Paid != (job.Payment{}) {
		t.Errorf("the door, the meter or the payment is still there: %s %s %v", diff, j.Meter, j.Paid)
	}
	if len(j.Notes) != 1 || j.Notes[0].Text != "门" || j.ReportOf(liu) == nil {
		t.Errorf("the other resident's words are %+v, want them kept", j.Notes)
	}
	if slices.ContainsFunc(j.History, func(e job.Entry) bool { return e.User == wang }) {
		t.Errorf("the history still names the chat")
	}
	j.Forget(wang, eight)
	j.Forget(sun, eight)
}

// The account's number is the resident's, whoever read it off the meter.
func TestForgetTakesTheAccountToo(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	raise(job.RaisedAsked).do(j)
	claim(li).do(j)
	j.Note(li, job.Note{At: eight, Text: "表号 5566778899"})
	j.Forget(wang, eight)
	if j.TopUp.Account == "" || len(j.Notes) != 3 {
		t.Fatalf("an open job keeps them until it is over")
	}
	restore(li).do(j)
	confirm(liu).do(j)
	j.Forget(wang, eight)
	if j.TopUp.Account != "" || len(j.Notes) != 1 || j.Notes[0].Chat != liu {
		t.Errorf("account %q, notes %+v", j.TopUp.Account, j.Notes)
	}
}

// A copy shares nothing that a step changes.
func TestACloneIsOnItsOwn(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	was := j.Clone()
	c := j.Clone()
	for _, a := range []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), claim(li)} {
		a.do(c)
	}
	c.Note(wang, job.Note{Text: "x"})
	c.Needs, c.Tried = append(c.Needs, "goods"), append(c.Tried, "push")
	c.Reports[0].Phone = "9"
	if diff := cmp.Diff(was, j); diff != "" {
		t.Errorf("the copy's steps changed the job:\n%s", diff)
	}
}
