package report

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// What somebody who waits writes is answered and passed on (PRODUCT R11, R12): each
// question and each news once, until the crew has said something.

// Waits says whether somebody waits for a job, and does not write as one who is at work.
func Waits(t *talk.Turn) bool {
	return t.Waiting() != nil && (t.Subject() != nil || !t.Resting())
}

// Asked answers who asks when, who, why or where, with how far the job is.
func Asked(t *talk.Turn) {
	j := waited(t)
	if (t.Means() == understand.WhoComes || t.Holds("report.who")) && j.Drives() && j.State != job.Restored {
		who := "report.who"
		if j.Claims() == 0 {
			who = "report.who_nobody"
		}
		t.Tell(who, words.Args{"Crew": j.Crew(t.S.Lang)})
	}
	if t.Holds("report.why") && j.Outage() && j.State != job.Restored {
		t.Tell("report.why", nil)
	}
	passOn(t, j)
	show(t, j)
}

// Gone leads who writes that the light is back, or that nobody need come, to the job
// and its buttons: only they end it.
func Gone(t *talk.Turn) {
	j := waited(t)
	passOn(t, j)
	show(t, j)
	if t.Resting() && j.State != job.Restored {
		t.Tell("report.gone", nil)
	}
}

// Leaving says whether somebody who waits writes the very words of it.
func Leaving(t *talk.Turn) bool { return Waits(t) && t.Says("report.gone") }

// waited gives the job that a question is about: that of the talk, else a fault, which
// people wait for more than for a call.
func waited(t *talk.Turn) *job.Job {
	if j := t.Job(); j != nil && t.Waits(j) {
		return j
	}
	if j := t.Fault(); j != nil {
		return j
	}
	return t.Waiting()
}

// Wondering says whether somebody who waits asks why, or who stands at the door: such
// words hold names of faults and people and are taken for the question all the same.
func Wondering(t *talk.Turn) bool {
	return Waits(t) && (t.Holds("report.why") || t.Holds("report.who"))
}

// show puts the talk at the job, or tells of it beside another talk.
func show(t *talk.Turn, j *job.Job) {
	if t.Resting() {
		t.BeginOn("report/one", j.No)
		return
	}
	t.Reply(t.Word(j.Phrase("report.still_open"), words.Args{"No": j.No, "State": t.Progress(j) + t.Outlook(j)}))
}

// passOn keeps the words with the job and says whom they have reached. What is in doubt
// is kept anew: it may be something else.
func passOn(t *talk.Turn, j *job.Job) {
	if len(j.Notes) >= job.MaxKept {
		t.Tell("router.full", nil)
		return
	}
	what := string(t.Means())
	if t.Likely() < 0.5 {
		what = t.E.ID
	}
	key := "report.told"
	if !j.Pass(t.S.Chat, what, job.Note{At: t.E.At, Text: t.E.Text}) {
		key = "report.told_before"
	}
	readers := j.Readers()
	crew := strings.Join(readers, t.Word("and", nil))
	if crew == "" {
		key, crew = "report.kept", j.Crew(t.S.Lang)
		if crew != "" { // they have not opened the chat in which they read it
			key = "report.kept_theirs"
		}
	}
	t.Tell(j.Phrase(key), words.Args{"Crew": crew})
}

// known gives the fault about which somebody writes that it is still dark: one that
// waits, or one that was done within the last day.
func known(t *talk.Turn) *job.Job {
	if j := t.Fault(); j != nil {
		return j
	}
	return t.Newest(func(j *job.Job) bool { return j.Outage() && !j.ReportOf(t.S.Chat).Withdrawn && lately(t, j) })
}

// lately says whether a job was closed so short a time ago that it can be opened again.
func lately(t *talk.Turn, j *job.Job) bool {
	return j.State == job.Closed && t.E.At.Sub(j.Clocks.Close) <= job.ReopenFor
}

// Known says whether somebody has a fault that waits, or was done lately.
func Known(t *talk.Turn) bool { return known(t) != nil }

// Reopening says whether somebody whose fault was done lately writes what firmly means
// that it is dark again.
func Reopening(t *talk.Turn) bool {
	return t.Waiting() == nil && Known(t) && slices.Contains(Darkness, t.MeansToWaiting())
}

// Darkness is what is meant by who has no light, or none that stays, after a report.
var Darkness = []understand.Intent{understand.StillDark, understand.BackThenOut, understand.BackPartly}

// Dark takes the news that it is still dark, or dark again: to the crew that has the
// job, or, where it was done, to the button that opens it again. What is in doubt only
// leads to the buttons.
func Dark(t *talk.Turn) {
	j := known(t)
	if !j.Mended() {
		passOn(t, j)
		show(t, j)
		return
	}
	t.BeginOn("report/one", j.No)
	if t.Certain() {
		t.AnswerByWords()
	} else {
		t.Tell("router.not_sure", nil)
	}
}

// More keeps what somebody adds or puts right, and repeats what was understood of it. A
// number, a house or a place that is put right is put right in the report.
func More(t *talk.Turn) {
	j := t.Waiting()
	old, report := j.Place, j.ReportOf(t.S.Chat)
	phone := t.Slot("phone")
	if Numbered(t) {
		phone = text.Phone(t.E.Text)
	}
	understood := []string{}
	note := func(sign, value string) {
		if value != "" && value != "none" {
			understood = append(understood, sign+" "+words.Escape(value))
		}
	}
	right := t.Means() == understand.Correct && t.Certain() || Numbered(t)
	changed := false
	if phone != "" && phone != "none" && (right || report.Phone == "") && report.Phone != phone {
		report.Phone, changed = phone, true
	}
	if right && j.ReportOf(t.S.Chat) == &j.Reports[0] {
		if place, ok := t.PlaceMeant(); ok {
			j.Place = place
		}
		if building := t.Slot("building"); building != "" {
			j.Place.Detail = building
		}
		changed = changed || j.Place != old
	}
	note("📱", phone)
	if j.Place.Town != old.Town || j.Place.Community != old.Community {
		note("📍", t.Desk.County.PlaceName(j.Place, t.S.Lang))
	}
	note("🏠", t.Slot("building"))
	if changed {
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
	}
	t.Note()
	if len(understood) > 0 {
		t.Tell("report.understood", words.Args{"What": words.HTML(strings.Join(slices.Compact(understood), "\n"))})
	}
}

// Numbered says whether somebody who waits writes a phone number and nothing else.
func Numbered(t *talk.Turn) bool {
	number := text.Phone(t.E.Text)
	return Waits(t) && number != "" && text.Fold(t.E.Text) == number
}

// Complained takes a complaint to the leader with the job's number; who makes it is told
// so, and how far the job is.
func Complained(t *talk.Turn) {
	j := t.Waiting()
	j.Comment(t.S.Chat, t.E.Text, job.Attachment{}, t.E.At)
	t.Tell("report.complained", words.Args{"No": j.No})
	show(t, j)
}

// HasLeader says whether what is likely a complaint about a job that waits reaches a
// leader.
func HasLeader(t *talk.Turn) bool {
	return Waits(t) && t.Likely() >= 0.3 && t.Desk.County.LeaderChats() != nil
}
