package duty

import (
	"cmp"
	"maps"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// tellGroups gives the duty group what must not be missed in a redrawn card, the
// leader what nobody else takes care of, and the hall what its clerk can mend.
func tellGroups(t *talk.Turn, before, j *job.Job, e job.Entry) {
	switch e.What {
	case job.DidOpen:
		if j.Danger != "" {
			callSquad(t, j, "squad.danger", talk.Danger)
		} else {
			tellFalseReports(t, j)
		}
	case job.DidStillDark:
		key := "group.still_dark"
		if j.Claims() == 0 {
			key = "group.still_dark_nobody"
		}
		tellDuty(t, j, talk.CardClass, key, nil)
	case job.DidComplete:
		if e.Arg == "danger" && before != nil && (before.Danger != j.Danger || before.Mended()) {
			tellDuty(t, j, talk.Danger, "group.danger", nil)
			callSquad(t, j, "squad.danger", talk.Danger)
			if j.TopUp.Waits() && !j.TopUp.Clerk.Chat { // else the clerk hears of it in private
				say(t, t.Desk.County.Chats.Hall, talk.Danger, words.Say(t.Desk.County.Lang, "crew.danger_hall", groupArgs(t, j, t.Desk.County.Lang)))
			}
		}
	case job.DidWorsen:
		tellDuty(t, j, talk.Danger, "group.worse", nil)
		if j.Short() {
			callSquad(t, j, "squad.danger", talk.Danger)
		}
	case job.DidCall:
		call(t, j, e.Arg)
	case job.DidComment:
		complaint(t, j, e)
	case job.DidRemind:
		tellLeader(t, j, e.Arg)
		askClerk(t, j, e)
	}
}

// groupArgs fill every sentence that is said to a group about a job: town and
// community, names of volunteers, and nothing of a resident.
func groupArgs(t *talk.Turn, j *job.Job, l words.Lang) words.Args {
	c := t.Desk.County
	place := c.PlaceName(j.Place, l)
	if place == "" {
		place = words.Plain(l, "group.somewhere", nil)
	}
	args := words.Args{
		"No": j.No, "Place": place, "Crew": j.Crew(l), "N": j.Claims(), "Of": j.Places(), "Hotline": c.Hotline,
		"Minutes": int(t.E.At.Sub(j.Clocks.Short) / time.Minute), "Duty": words.HTML(words.Say(l, "duty.nobody_now", nil)),
		"Kind": dangers(j, l), "Station": words.HTML(c.Hotline),
	}
	if on := onDutyFor(t, j); len(on) > 0 {
		args["Duty"] = mentions(on, l)
	}
	args["Clerk"], args["Hall"] = clerkNames(t, j, l), hallPhone(c, l)
	if s, ok := station(c, j.Place); ok {
		args["Station"] = words.HTML(words.Escape(s.Name.In(l) + " " + s.Phone))
	}
	return args
}

func tellDuty(t *talk.Turn, j *job.Job, class talk.Class, key string, more words.Args) {
	c := t.Desk.County
	args := groupArgs(t, j, c.Lang)
	maps.Copy(args, more)
	t.Do(talk.Say{Chat: group(t, j), Class: class, Text: words.Say(c.Lang, j.Phrase(key), args)})
}

// station gives the supply station that serves a place.
func station(c *county.County, p county.Place) (county.Station, bool) {
	town, _ := c.Town(p.Town)
	for _, s := range c.Stations {
		if s.ID == town.Station && s.ID != "" {
			return s, true
		}
	}
	return county.Station{}, false
}

// leaderChats is where leaders are reached: their group, else each in private,
// else the duty group, because somebody must read it.
func leaderChats(c *county.County) []int64 {
	if all := c.LeaderChats(); all != nil {
		return all
	}
	return []int64{c.Chats.Duty}
}

// tellLeader passes a rung on that is no longer the crew's matter alone. Each
// such message names a phone number.
func tellLeader(t *talk.Turn, j *job.Job, name string) {
	leader := rungOf(name).leader
	if leader == nil {
		return
	}
	key := leader(t, j)
	class := talk.CardClass
	if j.Danger != "" {
		class = talk.Danger
	}
	l := t.Desk.County.Lang
	for _, chat := range leaderChats(t.Desk.County) {
		t.Do(talk.Say{Chat: chat, Class: class, Protect: chat > 0, Text: words.Say(l, j.Phrase(key), groupArgs(t, j, l))})
	}
}

// call brings in who the crew asked for. The desk has no chat with a station and
// cannot phone: the group gets the number.
func call(t *talk.Turn, j *job.Job, whom string) {
	switch whom {
	case "squad":
		callSquad(t, j, "squad.called", talk.CardClass)
		tellDuty(t, j, talk.CardClass, "group.called.squad", words.Args{"Squad": mentions(squad(t.Desk.County), t.Desk.County.Lang)})
	case "station":
		tellDuty(t, j, talk.CardClass, "group.called.station", nil)
	case "hall":
		callHall(t, j)
	}
}

func squad(c *county.County) (all []county.Member) {
	for _, m := range c.Roster {
		if m.Squad {
			all = append(all, m)
		}
	}
	return all
}

// callSquad rings the squad in private.
func callSquad(t *talk.Turn, j *job.Job, key string, class talk.Class) {
	l := t.Desk.County.Lang
	for _, m := range squad(t.Desk.County) {
		if m.ID != 0 && m.ID != t.E.From.ID {
			t.Do(talk.Say{Chat: m.ID, Class: class, Protect: true, Text: words.Say(l, key, groupArgs(t, j, l))})
		}
	}
}

// callHall tells the leader that a crew stands before a meter without money, with
// the hall's phone: there is no group of the hall.
func callHall(t *talk.Turn, j *job.Job) {
	c := t.Desk.County
	for _, chat := range leaderChats(c) {
		say(t, chat, talk.CardClass, words.Say(c.Lang, "leader.hall", groupArgs(t, j, c.Lang)))
	}
}

// complaint gives the leaders, and nobody else, what a resident was not content with.
func complaint(t *talk.Turn, j *job.Job, e job.Entry) {
	c := t.Desk.County
	r := j.ReportOf(e.User)
	if r == nil {
		return
	}
	key := "group.comment"
	if r.Comment == "" {
		key = "group.comment_spoken"
	}
	crew := j.Crew(c.Lang)
	if crew == "" {
		crew = cmp.Or(j.TopUp.Clerk.Name, "—")
	}
	for _, chat := range c.LeaderChats() {
		t.Do(talk.Say{
			Chat: chat, Class: talk.CardClass, Media: r.Spoken, Protect: chat > 0,
			Text: words.Say(c.Lang, key, words.Args{"No": j.No, "Text": r.Comment, "Crew": crew}),
		})
	}
}
