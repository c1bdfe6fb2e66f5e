package job

import (
	"slices"
	"time"

	"powerdesk/flows/county"
)

// Confirm closes the job: the resident has light.
func (j *Job) Confirm(chat int64, at time.Time) Refusal {
	report := j.ReportOf(chat)
	switch {
	case report == nil || report.Withdrawn:
		return NotYours
	case report.Answer == "yes":
		return Already
	case j.State != Restored && j.State != Closed && j.TopUp.Way == "": // credit may have worked late, when people were called already
		return NotNow
	}
	if report.Joined { // that one home has light closes nobody else's job
		report.Answer = "yes"
		return ""
	}
	cause := ""
	if j.Clocks.Restore.IsZero() || j.TopUp.Lit && j.TopUp.State == TopUpWritten { // the credit did it
		cause = "card"
		j.Cause, j.Clocks.Restore = cause, at
	}
	report.Answer = "yes"
	j.State = Closed
	j.Clocks.Confirm = at
	if j.Clocks.Close.IsZero() {
		j.Clocks.Close = at
	}
	j.Record(Entry{At: at, What: DidConfirm, User: chat, Arg: cause})
	return ""
}

// StillDark reopens the job with its old start time, first for the same pair,
// up to a day after it was closed.
func (j *Job) StillDark(chat int64, at time.Time) Refusal {
	report := j.ReportOf(chat)
	switch {
	case report == nil || report.Withdrawn:
		return NotYours
	case j.State == Withdrawn, j.State == Closed && at.Sub(j.Clocks.Close) > ReopenFor:
		return Finished
	case j.State != Restored && j.State != Closed:
		return Already
	}
	report.Answer, report.Rating = "no", ""
	j.open(at)
	j.Record(Entry{At: at, What: DidStillDark, User: chat})
	return ""
}

// open begins a mended job anew, first for the same pair: a "done" pressed late
// must not close it again. What the hall did has not held, and is for people to
// look at.
func (j *Job) open(at time.Time) {
	j.Epoch++
	for i := range j.Pair {
		if c := &j.Pair[i]; c.User != 0 {
			c.Epoch, c.State, c.ETA = j.Epoch, "", time.Time{}
		}
	}
	if j.CreditAlone() {
		j.Kind = j.Kind.Traits().Raised
	}
	j.settle()
	j.Cause, j.Property, j.Called, j.Wait = "", "", nil, Wait{}
	if j.TopUp.State != "" {
		j.TopUp.State, j.TopUp.Clerk = TopUpFailed, Claim{}
	}
	j.Clocks.Reopen = at
	j.Clocks.Restore, j.Clocks.Confirm, j.Clocks.Close = time.Time{}, time.Time{}, time.Time{}
}

// Withdraw takes one report back; the job ends with the last one.
func (j *Job) Withdraw(chat int64, at time.Time) Refusal {
	report := j.ReportOf(chat)
	switch {
	case report == nil:
		return NotYours
	case report.Withdrawn:
		return Already
	case !j.Live():
		return Finished
	}
	report.Withdrawn = true
	if report.Joined {
		return ""
	}
	j.endUnwanted(at)
	j.Record(Entry{At: at, What: DidWithdraw, User: chat})
	return ""
}

// endUnwanted ends a job that nobody waits for any more.
func (j *Job) endUnwanted(at time.Time) {
	stands := func(r Report) bool { return !r.Withdrawn && !r.Joined }
	if j.Joined == 0 && !slices.ContainsFunc(j.Reports, stands) {
		j.State = Withdrawn
		j.Clocks.Close = at
	}
}

// Rate keeps the resident's rating, once.
func (j *Job) Rate(chat int64, rating string, at time.Time) Refusal {
	report := j.ReportOf(chat)
	switch {
	case report == nil:
		return NotYours
	case report.Rating != "":
		return Already
	}
	report.Rating = rating
	if report.Joined {
		return ""
	}
	j.Record(Entry{At: at, What: DidRate, User: chat, Arg: rating})
	return ""
}

// Comment keeps the resident's free line beside the rating, written or spoken.
func (j *Job) Comment(chat int64, text string, spoken Attachment, at time.Time) Refusal {
	report := j.ReportOf(chat)
	if report == nil {
		return NotYours
	}
	report.Comment, report.Spoken = text, spoken
	j.Record(Entry{At: at, What: DidComment, User: chat})
	return ""
}

// Thank keeps the resident's word for everybody who helped.
func (j *Job) Thank(chat int64, text string, at time.Time) Refusal {
	report := j.ReportOf(chat)
	if report == nil {
		return NotYours
	}
	report.Comment = text
	j.Record(Entry{At: at, What: DidThank, User: chat})
	return ""
}

// Note keeps words or a picture with the job. What a job is opened with is part
// of its opening and no change of its own.
func (j *Job) Note(chat int64, n Note) {
	n.Chat = chat
	j.Notes = append(j.Notes, n)
	if j.No != "" {
		j.Record(Entry{At: n.At, What: DidNote, User: chat})
	}
}

// Forget erases what is personal in the resident's report: at once when the job
// is over, else when it ends, because the pair still needs the address.
func (j *Job) Forget(chat int64, at time.Time) {
	report := j.ReportOf(chat)
	if report == nil {
		return
	}
	if j.Live() || report.Joined {
		report.Forget = true
		return
	}
	// The address and the meter are those of the first report.
	if report == &j.Reports[0] {
		j.Place = county.Place{Town: j.Place.Town, Community: j.Place.Community}
		j.Meter, j.TopUp.Account, j.Paid = "", "", Payment{}
	}
	if report == &j.Reports[0] { // what the crew read off the meter for the clerk is the resident's, too
		j.Notes = slices.DeleteFunc(j.Notes, func(n Note) bool { return j.ReportOf(n.Chat) == nil })
	}
	*report = Report{Lang: report.Lang, At: report.At, Withdrawn: report.Withdrawn, Answer: report.Answer, Rating: report.Rating}
	j.Notes = slices.DeleteFunc(j.Notes, func(n Note) bool { return n.Chat == chat })
	for i := range j.History {
		if j.History[i].User == chat {
			j.History[i].User = 0
		}
	}
	j.Record(Entry{At: at, What: DidForget})
}

// ReopenFor is how long after closing "still dark" reopens the same job
// (PRODUCT R13).
const ReopenFor = 24 * time.Hour
