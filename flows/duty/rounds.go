package duty

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// The desk's own rounds are reminders. Some set themselves anew: who is on duty,
// morning and evening, and the countdown to the office's opening. A round that
// was missed while the desk stood still is made once, late.
const (
	bootRound    = "duty/boot"    // the desk has started
	postRound    = "duty/post"    // who is on duty
	openingRound = "duty/opening" // what must be done before the office opens
	movedRound   = "duty/moved"   // the group has a new id
	hallRound    = "duty/moved_hall"
	removedRound = "duty/removed" // the desk was put out of the group
	refusedRound = "duty/refused" // a chat takes nothing
	joinedRound  = "duty/joined/" // and a job's number: who joined is counted
)

// round makes one of the rounds and sets the next.
func round(t *talk.Turn) {
	c := t.Desk.County
	switch name := t.E.Timer.Name; {
	case name == postRound:
		post(t)
		t.Do(talk.Remind{Name: postRound, At: c.NextPost(t.E.At)})
	case name == removedRound:
		tellEachLeader(t, "leader.removed", nil)
	case name == refusedRound:
		refused(t)
	case strings.HasPrefix(name, joinedRound):
		count(t)
	case t.E.Kind != talk.Found: // the others look at what is open
		t.Do(talk.Lookup{Kind: talk.OpenJobs})
	case name == openingRound:
		countdown(t)
		t.Do(talk.Remind{Name: openingRound, At: nextCountdown(c, t.E.At)})
	case name == bootRound:
		boot(t)
	case name == movedRound:
		for _, j := range t.E.Finding.Jobs {
			if j.Room() == job.Crew {
				t.Do(card(t, j)) // the group is another chat now, so each is a new message
			}
		}
	case name == hallRound:
		for _, j := range atHall(t.E.Finding.Jobs) {
			if j.Room() == job.Clerks && !j.CreditAlone() {
				t.Do(card(t, j))
			} else {
				t.Do(topUpCard(t, j))
			}
		}
	}
}

// count brings the number of those who joined a job onto its card, and counts again
// as long as there are more.
func count(t *talk.Turn) {
	j := t.Jobs[t.E.Timer.Job]
	switch {
	case j == nil || !j.Live() && j.State != job.Withdrawn:
	case t.E.Kind != talk.Found:
		t.Do(talk.Lookup{Kind: talk.JoinedCount, Job: j.No})
	case t.E.Finding.N != j.Joined:
		j.Count(t.E.Finding.N, t.E.At)
		t.CountAgain(j.No)
	}
}

// refused tells the leaders which chat takes nothing, and Telegram's own words for
// why. Who it is that cannot be written to in private is told to nobody.
func refused(t *talk.Turn) {
	c, key, where := t.Desk.County, "leader.refused", "elsewhere"
	switch chat := t.E.Lost.Chat; chat {
	case c.Chats.Duty:
		where = "duty"
	case c.Chats.Hall:
		where = "hall"
	case c.Chats.Leader:
		where = "leader"
	default:
		if chat > 0 {
			key = "leader.refused_person"
		}
	}
	tellEachLeader(t, key, words.Args{
		"Where": words.HTML(words.Say(c.Lang, "leader.where."+where, nil)), "No": t.E.Lost.Job, "Said": cmp.Or(t.E.Text, "?"),
	})
}

// tellEachLeader tells the leaders in private what they cannot read in a group. It
// is told once, with what to do; what could not be sent waits.
func tellEachLeader(t *talk.Turn, key string, args words.Args) {
	c := t.Desk.County
	all := words.Args{"Hotline": c.Hotline}
	maps.Copy(all, args)
	for _, m := range c.Roster {
		if m.Leader && m.ID != 0 {
			say(t, m.ID, talk.Danger, words.Say(c.Lang, key, all))
		}
	}
}

// boot sets the rounds, unless they are set: one that was missed is still to be
// made. And it looks at every open job once more: its waits may have changed, and a job of an earlier desk has no
// reminder yet. Each is looked at by its own reminder, so that it is decided
// from the job as it is then.
func boot(t *talk.Turn) {
	c := t.Desk.County
	t.Do(talk.Remind{Name: postRound, At: c.NextPost(t.E.At), Keep: true})
	t.Do(talk.Remind{Name: openingRound, At: nextCountdown(c, t.E.At), Keep: true})
	for _, j := range t.E.Finding.Jobs {
		t.Do(talk.Remind{Name: reminder(j), At: t.E.At, Job: j.No})
	}
}

// post tells the group who is on duty now and who comes next, and warns of hours
// in which nobody would come.
func post(t *talk.Turn) {
	say(t, t.Desk.County.Chats.Duty, talk.AnnounceClass, dutyText(t, t.Desk.County.Lang, true))
	warnOfGap(t)
}

// dutyText says who is on duty, and who comes next. With ring their phones ring.
func dutyText(t *talk.Turn, l words.Lang, ring bool) string {
	c := t.Desk.County
	names := func(all []county.Member) words.HTML {
		if !ring {
			for i := range all {
				all[i].ID = 0
			}
		}
		return mentions(all, l)
	}
	text := words.Say(l, "duty.nobody", nil)
	if on := c.OnDuty(t.Team, t.E.At); len(on) > 0 {
		text = words.Say(l, "duty.now", words.Args{"Duty": names(on)})
	}
	if at, next := c.NextShift(t.Team, t.E.At); !at.IsZero() && len(next) > 0 {
		text += "\n" + words.Say(l, "duty.next", words.Args{"At": t.Desk.County.TimeInWords(l, at, t.E.At), "Duty": names(next)})
	}
	return text
}

// warnOfGap raises the alarm ahead of hours that fewer than two people cover
// (DOMAIN §1 row 49), in the group and to the leader.
func warnOfGap(t *talk.Turn) {
	c := t.Desk.County
	g, found := c.Gap(t.Team, t.E.At)
	if !found {
		return
	}
	key := "duty.gap"
	if g.N == 0 {
		key = "duty.gap_nobody"
	}
	text := words.Say(c.Lang, key, words.Args{
		"From": t.Desk.County.TimeInWords(c.Lang, g.From, t.E.At), "Until": t.Desk.County.TimeInWords(c.Lang, g.Until, t.E.At), "N": g.N,
	})
	say(t, c.Chats.Duty, talk.CardClass, text)
	for _, chat := range leaderChats(c) {
		if chat != c.Chats.Duty {
			say(t, chat, talk.CardClass, text)
		}
	}
}

func say(t *talk.Turn, chat int64, class talk.Class, text string) {
	if chat != 0 {
		t.Do(talk.Say{Chat: chat, Class: class, Protect: chat > 0, Text: text})
	}
}

// nextCountdown is the next instant at which the group is reminded of what must
// be finished before the office opens, or at which it opens.
func nextCountdown(c *county.County, now time.Time) (next time.Time) {
	opening, ok := c.NextOpening(c.Office, now)
	if !ok {
		return next
	}
	for _, before := range []time.Duration{c.Ladders.Opening[0], c.Ladders.Opening[1], 0} {
		if at := opening.Add(-before); at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// countdown lists the faults that were reported out of hours and are not mended:
// such work is to end before people come to work (DOMAIN §1 row 29). At the
// opening it goes to the leader as well.
func countdown(t *talk.Turn) {
	c := t.Desk.County
	opening, ok := t.E.At, true
	if !c.Open(c.Office, t.E.At) {
		opening, ok = c.NextOpening(c.Office, t.E.At)
	}
	late := slices.DeleteFunc(slices.Clone(t.E.Finding.Jobs), func(j *job.Job) bool { return !mustEnd(c, j, opening) })
	if !ok || len(late) == 0 {
		return
	}
	key, minutes := "duty.countdown", int(opening.Sub(t.E.At).Round(time.Minute)/time.Minute)
	if minutes == 0 {
		key = "duty.overdue"
	}
	text := words.Say(c.Lang, key, words.Args{"Minutes": minutes, "At": t.Desk.County.TimeInWords(c.Lang, opening, t.E.At)}) + "\n" + jobLines(t, late, c.Lang)
	say(t, c.Chats.Duty, talk.CardClass, text)
	if minutes > 0 {
		return
	}
	for _, chat := range leaderChats(c) {
		if chat != c.Chats.Duty {
			say(t, chat, talk.CardClass, text+"\n"+words.Say(c.Lang, "duty.overdue_phone", words.Args{"Hotline": c.Hotline}))
		}
	}
}

// mustEnd says whether a job is emergency work of the closed hours: a fault that
// was reported while the office was closed, long enough before the opening to be
// mended, and still dark.
func mustEnd(c *county.County, j *job.Job, opening time.Time) bool {
	at := j.Clocks.Reported
	dark := j.Live() && j.State != job.Restored && j.Outage() && j.Symptom != "dim"
	return dark && !c.Open(c.Office, at) && opening.Sub(at) >= c.Ladders.Opening[0]
}

// listed bounds a list: more than that nobody reads in a chat.
const listed = 25

// jobLines lists jobs, the oldest first.
func jobLines(t *talk.Turn, jobs []*job.Job, l words.Lang) string {
	var lines []string
	for i, j := range jobs {
		if i == listed {
			lines = append(lines, words.Say(l, "duty.more", words.Args{"N": len(jobs) - listed}))
			break
		}
		lines = append(lines, jobLine(t, j, l))
	}
	return strings.Join(lines, "\n")
}

// jobLine is a job in a list: number, place, trouble, how far it is.
func jobLine(t *talk.Turn, j *job.Job, l words.Lang) string {
	place := t.Desk.County.PlaceName(j.Place, l)
	symptom := words.Say(l, "symptom."+j.Symptom, nil)
	if j.Symptom == "danger" {
		symptom = string(dangers(j, l))
	}
	parts := []string{symptom, t.Desk.County.TimeInWords(l, j.Clocks.Reported, t.E.At), stateLine(t, j, l)}
	if j.Wait != (job.Wait{}) {
		parts = append(parts, words.Say(l, "card.waits", waitArgs(t, j, l)))
	}
	if place != "" {
		parts = append([]string{words.Escape(place)}, parts...)
	}
	return fmt.Sprintf("%s<b>%s</b> %s", marked(j), j.No, strings.Join(parts, " · "))
}

// marked heads a line whose job does not wait as others can.
func marked(j *job.Job) string {
	switch {
	case j.Danger != "":
		return "⚠️ "
	case j.Level == job.Urgent:
		return "🔴 "
	case len(j.Needs) > 0:
		return "💙 "
	}
	return ""
}
