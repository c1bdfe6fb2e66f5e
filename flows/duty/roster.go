package duty

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// A volunteer says /on or /off, for so many hours or until the next change of
// shifts, but never for longer than a day.
const (
	usualShift   = 12 * time.Hour
	longestShift = 24
)

// shiftEnd is until when a word about one's duty counts when no hours are said:
// until the shift changes, and for who says no before their shift, until the end
// of that.
func shiftEnd(t *talk.Turn, on bool) time.Time {
	c := t.Desk.County
	end, _ := c.NextShift(t.Team, t.E.At)
	isOn := func(m county.Member) bool { return m.ID == t.E.From.ID }
	if !end.IsZero() && !on && !slices.ContainsFunc(c.OnDuty(t.Team, t.E.At), isOn) {
		end, _ = c.NextShift(t.Team, end)
	}
	if end.IsZero() {
		end = t.E.At.Add(usualShift)
	}
	return end
}

// spoken is until when a word about one's duty counts: for the hours that were
// said, else as usual. What is no number of hours is answered, and false.
func spoken(t *talk.Turn, usual time.Time) (until time.Time, ok bool) {
	hours := strings.TrimSpace(t.E.Text)
	if hours == "" {
		return usual, true
	}
	n, err := strconv.Atoi(hours)
	if err != nil || n < 1 || n > longestShift {
		answer(t, words.Say(lang(t), "duty.hours", words.Args{"Command": t.E.Command}))
		return usual, false
	}
	return t.E.At.Add(time.Duration(n) * time.Hour), true
}

// presence notes what a volunteer says of their duty, and tells the group: who
// counted on them must know.
func presence(t *talk.Turn, on bool) {
	c := t.Desk.County
	until, ok := spoken(t, shiftEnd(t, on))
	if !ok {
		return
	}
	name := t.E.From.Name
	if m, known := c.Member(t.E.From.ID); known {
		name = m.Name
	}
	until = until.Truncate(time.Minute)
	t.Team.Say(county.Presence{User: t.E.From.ID, Name: name, Lang: t.S.Lang, On: on, From: t.E.At.Truncate(time.Minute), Until: until})
	what, key := "off_duty", "duty.off"
	if on {
		what, key = "on_duty", "duty.on"
	}
	t.Do(talk.Log{At: t.E.At, Who: name, What: what})
	text := func(l words.Lang) string {
		return words.Say(l, key, words.Args{"Name": name, "Until": t.Desk.County.TimeInWords(l, until, t.E.At)}) + "\n" + dutyText(t, l, false)
	}
	reply := text(lang(t))
	if _, known := c.Member(t.E.From.ID); !known && t.E.Chat.Kind == talk.Private {
		reply += "\n" + words.Say(lang(t), "duty.unlisted", words.Args{"ID": t.E.From.ID})
	}
	answer(t, reply)
	if t.E.Chat.Kind != talk.Duty {
		say(t, c.Chats.Duty, talk.AnnounceClass, text(c.Lang))
	}
	if !on {
		warnOfGap(t)
	}
}
