package job_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
)

// Two clerks, and a leader of theirs.
const (
	feng, kate int64 = 109, 110
	lead       int64 = 106
)

// overBy is a leader who acts for a clerk.
var overBy = job.Actor{ID: lead, Name: "值班长", Over: true}

func askHall() act {
	return act{"ask the hall", func(j *job.Job) job.Refusal { return j.AskTopUp(job.Actor{ID: wang}, eight) }}
}

func take(user int64) act {
	return act{"take", func(j *job.Job) job.Refusal {
		return j.TakeTopUp(job.Claim{User: user, Name: "职员", Chat: true, At: eight})
	}}
}

func payAs(a job.Actor) act {
	return act{"pay", func(j *job.Job) job.Refusal { return j.PayTopUp(a, "100", eight) }}
}

func pay(user int64) act { return payAs(by(user)) }

func write(user int64) act {
	return act{"write", func(j *job.Job) job.Refusal { return j.WriteTopUp(by(user), "card", eight) }}
}

func refuse(user int64) act {
	return act{"refuse", func(j *job.Job) job.Refusal { return j.RefuseTopUp(by(user), "system", eight) }}
}

func drop(a job.Actor) act {
	return act{"drop", func(j *job.Job) job.Refusal { return j.DropTopUp(a, "", eight) }}
}

func askBack(user int64) act {
	return act{"ask back", func(j *job.Job) job.Refusal { return j.AskBack(by(user), "account", eight) }}
}

func notYet(chat int64) act {
	return act{"later", func(j *job.Job) job.Refusal { return j.Later(chat, eight) }}
}

func raise(why string) act {
	return act{"raise", func(j *job.Job) job.Refusal { return j.Raise(job.Actor{ID: wang}, why, eight) }}
}

// hallAlone is a request of two residents that no clerk has taken.
func hallAlone() *job.Job {
	j := reported()
	j.Kind, j.Symptom = job.Credit, "card"
	j.TopUp.Account = "5566778899"
	askHall().do(j)
	return j
}

// Every step in every state of the hall's part. As in a job's life the last act is
// refused, or moves it on; those before it must not be refused.
func TestALifeOfATopUp(t *testing.T) {
	t.Parallel()
	asked := job.TopUpAsked
	for _, tt := range []struct {
		name  string
		acts  []act
		want  job.Refusal
		state job.TopUpState
		job   job.State
	}{
		{"asked once", []act{askHall()}, job.Already, asked, job.Open},
		{"nobody pays what nobody took", []act{pay(feng)}, job.NotYours, asked, job.Open},
		{"nor writes", []act{write(feng)}, job.NotYours, asked, job.Open},
		{"nor refuses", []act{refuse(feng)}, job.NotYours, asked, job.Open},
		{"nor asks", []act{askBack(feng)}, job.NotYours, asked, job.Open},
		{"a leader does", []act{payAs(overBy)}, "", job.TopUpPaid, job.Open},
		{"nobody drops what nobody took", []act{drop(overBy)}, job.NotNow, asked, job.Open},
		{"one takes it", []act{take(feng)}, "", asked, job.Open},
		{"once", []act{take(feng), take(feng)}, job.Already, asked, job.Open},
		{"never two", []act{take(feng), take(kate)}, job.Taken, asked, job.Open},
		{"given back, another may", []act{take(feng), drop(by(feng)), take(kate)}, "", asked, job.Open},
		{"given back by the desk", []act{take(feng), drop(job.ByDesk)}, "", asked, job.Open},
		{"not by another clerk", []act{take(feng), drop(by(kate))}, job.NotYours, asked, job.Open},
		{"another clerk does not pay", []act{take(feng), pay(kate)}, job.NotYours, asked, job.Open},
		{"first paid, then written", []act{take(feng), write(feng)}, job.NotNow, asked, job.Open},
		{"paid", []act{take(feng), pay(feng)}, "", job.TopUpPaid, job.Open},
		{"paid once", []act{take(feng), pay(feng), pay(feng)}, job.Already, job.TopUpPaid, job.Open},
		{"paid, and given back", []act{take(feng), pay(feng), drop(by(feng)), take(kate), write(kate)}, "", job.TopUpWritten, job.Open},
		{"paid, and it cannot be written", []act{take(feng), pay(feng), refuse(feng)}, "", job.TopUpRefused, job.Open},
		{"asked back", []act{take(feng), pay(feng), askBack(feng)}, "", job.TopUpPaid, job.Open},
		{"written", []act{take(feng), pay(feng), write(feng)}, "", job.TopUpWritten, job.Open},
		{"written once", []act{take(feng), pay(feng), write(feng), write(feng)}, job.Already, job.TopUpWritten, job.Open},
		{"what is written is not refused", []act{take(feng), pay(feng), write(feng), refuse(feng)}, job.NotNow, job.TopUpWritten, job.Open},
		{"nor dropped", []act{take(feng), pay(feng), write(feng), drop(by(feng))}, job.NotNow, job.TopUpWritten, job.Open},
		{"nor taken", []act{take(feng), pay(feng), write(feng), take(kate)}, job.Finished, job.TopUpWritten, job.Open},
		{"nor asked about", []act{take(feng), pay(feng), write(feng), askBack(feng)}, job.NotNow, job.TopUpWritten, job.Open},
		{"nor asked for again", []act{take(feng), pay(feng), write(feng), askHall()}, job.Already, job.TopUpWritten, job.Open},
		{"the card is on its way", []act{take(feng), pay(feng), write(feng), notYet(wang)}, "", job.TopUpWritten, job.Open},
		{"not before it is written", []act{take(feng), notYet(wang)}, job.NotNow, asked, job.Open},
		{"no light before it is written", []act{take(feng), pay(feng), confirm(wang)}, job.NotNow, job.TopUpPaid, job.Open},
		{"light ends it", []act{take(feng), pay(feng), write(feng), confirm(wang)}, "", job.TopUpWritten, job.Closed},
		{"of a stranger it does not", []act{take(feng), pay(feng), write(feng), confirm(sun)}, job.NotYours, job.TopUpWritten, job.Open},
		{"out again: people go", []act{take(feng), pay(feng), write(feng), confirm(wang), dark(wang, time.Hour)}, "", job.TopUpFailed, job.Open},
		{"an open request is not out again", []act{take(feng), pay(feng), write(feng), dark(wang, 0)}, job.Already, job.TopUpWritten, job.Open},
		{"dark: people go", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark)}, "", job.TopUpFailed, job.Open},
		{"once", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), raise(job.RaisedDark)}, job.Already, job.TopUpFailed, job.Open},
		{"what failed is nobody's in the hall", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), pay(feng)}, job.NotYours, job.TopUpFailed, job.Open},
		{"the crew asks anew", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), askHall()}, "", asked, job.Open},
		{"light that comes late ends it too", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), confirm(wang)}, "", job.TopUpFailed, job.Closed},
		{"not once it is asked for anew", []act{take(feng), pay(feng), write(feng), raise(job.RaisedDark), askHall(), confirm(wang)}, job.NotNow, asked, job.Open},
		{"nor when nothing was written", []act{take(feng), refuse(feng), raise(job.RaisedRefused), confirm(wang)}, job.NotNow, job.TopUpFailed, job.Open},
		{"people wanted besides: the clerk goes on", []act{take(feng), raise(job.RaisedAsked), pay(feng)}, "", job.TopUpPaid, job.Open},
		{"refused: people go", []act{take(feng), refuse(feng), raise(job.RaisedRefused)}, "", job.TopUpFailed, job.Open},
		{"what is refused is over for the clerk", []act{take(feng), refuse(feng), pay(feng)}, job.Already, job.TopUpRefused, job.Open},
		{"nobody claims what the hall has alone", []act{claim(li)}, job.Taken, asked, job.Open},
		{"raised, they do", []act{raise(job.RaisedAsked), claim(li), claim(zhou)}, "", asked, job.Claimed},
		{"a crew that gives back leaves the clerk", []act{raise(job.RaisedAsked), take(feng), claim(li), release(li), pay(feng)}, "", job.TopUpPaid, job.Open},
		{"mended by the crew: the hall has no part", []act{raise(job.RaisedAsked), take(feng), claim(li), restore(li), pay(feng)}, job.Finished, asked, job.Restored},
		{"nor may it be asked", []act{raise(job.RaisedAsked), claim(li), restore(li), askHall()}, job.NotNow, asked, job.Restored},
		{"nor taken", []act{raise(job.RaisedAsked), claim(li), restore(li), take(feng)}, job.Finished, asked, job.Restored},
		{"one report taken back leaves it", []act{take(feng), withdraw(wang), pay(feng)}, "", job.TopUpPaid, job.Open},
		{"with the last it ends", []act{take(feng), withdraw(wang), withdraw(liu), pay(feng)}, job.Finished, asked, job.Withdrawn},
		{"and is not raised", []act{withdraw(wang), withdraw(liu), raise(job.RaisedAsked)}, job.Finished, asked, job.Withdrawn},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := hallAlone()
			perform(t, j, tt.acts, tt.want)
			if j.TopUp.State != tt.state || j.State != tt.job {
				t.Errorf("the hall's part is %s and the job %s, want %s and %s", j.TopUp.State, j.State, tt.state, tt.job)
			}
		})
	}
}

// What the hall has alone calls nobody of the crew, and waits count from when it
// was handed over.
func TestAJobOfTheHallIsNotShortOfPeople(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	if j.Short() || !j.Clocks.Short.IsZero() {
		t.Errorf("the hall has it alone, and it lacks people since %v", j.Clocks.Short)
	}
	j.Wait = job.Wait{Why: "material", Until: eight}
	later := eight.Add(time.Hour)
	if why := j.Raise(job.ByDesk, job.RaisedAsked, later); why != "" {
		t.Fatalf("raise = %q", why)
	}
	if !j.Short() || !j.Clocks.Short.Equal(later) || !j.Clocks.Reported.Equal(eight) || j.Wait != (job.Wait{}) || j.Kind != job.Fault {
		t.Errorf("handed over: short %v since %v, reported %v, %+v", j.Short(), j.Clocks.Short, j.Clocks.Reported, j.Wait)
	}
	q := reported()
	q.Kind, q.Symptom = job.Question, "question"
	if !q.Short() {
		t.Errorf("a question in the hall lacks somebody who answers it")
	}
	claim(feng).do(q)
	if why := q.Raise(job.ByDesk, job.RaisedUnheard, later); why != "" || q.Kind != job.Call || q.Claims() != 0 || q.State != job.Open || !q.Short() {
		t.Errorf("a question handed over (%q) is %s and held by %d", why, q.State, q.Claims())
	}
}

// A danger is the crew's, whoever had the job; the clerk keeps the request.
func TestADangerIsTheCrews(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	take(feng).do(j)
	j.Endanger(job.Actor{ID: wang}, "fire", eight)
	if j.Kind != job.Fault || !j.Short() || j.Danger != "fire" || j.Level != job.Urgent || j.TopUp.Clerk.User != feng || !j.Attended() {
		t.Errorf("in danger it is %+v", j)
	}
	if last := j.History[len(j.History)-1]; last.What != job.DidComplete || last.Arg != "danger" {
		t.Errorf("the history says %+v", last)
	}
	if why := pay(feng).do(j); why != "" {
		t.Errorf("the clerk goes on with the credit, got %q", why)
	}
	crew := reported()
	claim(li).do(crew)
	crew.Endanger(job.Actor{ID: wang}, "wire", eight)
	if crew.Claims() != 1 {
		t.Errorf("a crew's job keeps its crew")
	}
}

// Credit ends a job under its own cause, and the crew's word stands where there
// was one.
func TestWhatTheCreditEndsIsOfTheCard(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	for _, a := range []act{take(feng), pay(feng), write(feng), confirm(wang)} {
		a.do(j)
	}
	if j.Cause != "card" || !j.Clocks.Restore.Equal(eight) || j.History[len(j.History)-1].Arg != "card" {
		t.Errorf("cause %q, restored %v, %+v", j.Cause, j.Clocks.Restore, j.History[len(j.History)-1])
	}
	j = hallAlone()
	for _, a := range []act{raise(job.RaisedAsked), take(feng), pay(feng), write(feng), claim(li), restore(li), confirm(wang)} {
		a.do(j)
	}
	if j.Cause != "fuse" || j.History[len(j.History)-1].Arg != "" {
		t.Errorf("the crew said fuse, and the cause is %q", j.Cause)
	}
}

// A clerk's question stands until somebody answers it, and ends with the request.
func TestAClerksQuestion(t *testing.T) {
	t.Parallel()
	j := hallAlone()
	take(feng).do(j)
	askBack(feng).do(j)
	if j.Asked() != "account" {
		t.Errorf("asked %q", j.Asked())
	}
	j.Note(wang, job.Note{At: eight, Text: "5566"})
	if j.Asked() != "" {
		t.Errorf("answered, and still asked %q", j.Asked())
	}
	askBack(feng).do(j)
	refuse(feng).do(j)
	if j.Asked() != "" {
		t.Errorf("refused, and still asked %q", j.Asked())
	}
}

// Whoever leaves the hall's group holds nothing of the hall, whatever the state;
// a place of the crew is not the hall's.
func TestWhoLeavesTheHallHoldsNothing(t *testing.T) {
	t.Parallel()
	for _, acts := range [][]act{
		{take(feng)},
		{take(feng), pay(feng)},
		{take(feng), pay(feng), write(feng)},
		{take(feng), refuse(feng)},
		{take(feng), pay(feng), write(feng), confirm(wang)},
		{raise(job.RaisedAsked), take(feng), claim(li), restore(li)},
	} {
		j := hallAlone()
		for _, a := range acts {
			a.do(j)
		}
		state, waits := j.State, j.Live() && j.State != job.Restored && j.TopUp.Waits()
		j.LeaveClerks(feng, eight)
		last := j.History[len(j.History)-1]
		if j.Holds(feng) || j.State != state || last.What != job.DidDrop || (last.Arg == job.Left) != waits {
			t.Errorf("after %d acts: holds %v, %s, %+v", len(acts), j.Holds(feng), j.State, last)
		}
		known := len(j.History)
		if j.LeaveClerks(feng, eight); len(j.History) != known {
			t.Errorf("who holds nothing leaves nothing behind")
		}
	}
	q := reported()
	q.Kind, q.Symptom = job.Question, "question"
	claim(feng).do(q)
	if q.LeaveClerks(feng, eight); q.Claims() != 0 || !q.Short() {
		t.Errorf("the question is still held")
	}
	crew := reported()
	claim(feng).do(crew)
	if crew.LeaveClerks(feng, eight); crew.Claims() != 1 {
		t.Errorf("a place of the crew was given back with the hall")
	}
}
