package app

import (
	"strings"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// The demo's groups and people. All are invented.
const (
	dutyChat   = -1001000000001
	hallChat   = -1001000000002
	leaderChat = -1001000000003
	resident   = 5_000_000_001
	volunteerA = 5_000_000_101
	volunteerB = 5_000_000_102
	volunteerC = 5_000_000_103
	leader     = 5_000_000_104
	clerk      = 5_000_000_105
	engineer   = 5_000_000_106
)

// demoChats are the groups.
var demoChats = county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}

// demoTeam is everybody on the page but the residents.
var demoTeam = []int64{volunteerA, volunteerB, volunteerC, leader, clerk, engineer}

// demoNames are what the people are called, by language.
var demoNames = map[int64]words.Text{
	resident:   {ZH: "王桂兰", EN: "Wang Guilan"},
	volunteerA: {ZH: "李强", EN: "Li Qiang"}, volunteerB: {ZH: "周敏", EN: "Zhou Min"}, volunteerC: {ZH: "孙伟", EN: "Sun Wei"},
	leader: {ZH: "郑班长", EN: "Mr Zheng"}, clerk: {ZH: "冯会计", EN: "Ms Feng"}, engineer: {ZH: "冯工", EN: "Mr Feng"},
}

// deskName is what the desk's own account is called.
func deskName(c *county.County, l words.Lang) string {
	return words.Text{ZH: c.Name.ZH + "供电服务台", EN: strings.TrimSuffix(c.Name.EN, " County") + " Power Desk"}.In(l)
}

// useDemoRoster gives a county the people of the page instead of its own, so that the
// desk knows whom it talks to, in its language. One of the two volunteers whose phones
// lie on the table may do dangerous work and one may not: a visitor sees both answers.
// The same two are on duty day and night, so that at any hour the desk calls
// somebody whose phone is in sight.
func useDemoRoster(c *county.County) {
	name := func(id int64) string { return demoNames[id].In(c.Lang) }
	c.Roster = []county.Member{
		{ID: volunteerA, Name: name(volunteerA), Qualified: true}, {ID: volunteerB, Name: name(volunteerB)}, {ID: volunteerC, Name: name(volunteerC)},
		{ID: leader, Name: name(leader), Leader: true}, {ID: clerk, Name: name(clerk), Clerk: true},
		{ID: engineer, Name: name(engineer), Squad: true, Qualified: true},
	}
	const morning, evening = 8 * 60, 20 * 60 // minutes after midnight
	everyDay := []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}
	pair := []string{name(volunteerA), name(volunteerB)}
	c.Clerks = nil // the one clerk is always on duty
	c.Shifts = []county.Shift{{Days: everyDay, From: morning, To: evening, Who: pair}, {Days: everyDay, From: evening, To: morning, Who: pair}}
}

// addDemoPeople brings the people and groups of the page. The page lays the duty group
// first and the others in this order, each as seen by the first of its members.
func addDemoPeople(tg *demo.Telegram) {
	for _, p := range []demo.Person{
		{ID: resident, Phone: "+8613900000001", Role: "resident"},
		{ID: volunteerA, Role: "volunteer"}, {ID: volunteerB, Role: "volunteer"}, {ID: volunteerC, Role: "volunteer"}, {ID: engineer, Role: "volunteer"},
		{ID: clerk, Role: "clerk"}, {ID: leader, Role: "leader"},
	} {
		p.Name, p.Language = demoNames[p.ID].ZH, "zh-hans"
		tg.AddPerson(p)
	}
	for _, g := range []demo.Group{
		{ID: dutyChat, Title: "值班群 Duty team", Members: map[int64]demo.Status{
			volunteerA: demo.Member, volunteerB: demo.Member, volunteerC: demo.Member, engineer: demo.Member, leader: demo.Creator,
		}},
		{ID: leaderChat, Title: "班长群 Leaders", Members: map[int64]demo.Status{leader: demo.Creator}},
		{ID: hallChat, Title: "营业厅 Hall", Members: map[int64]demo.Status{clerk: demo.Creator, leader: demo.Member}},
	} {
		g.Supergroup, g.Bot = true, demo.Administrator
		tg.AddGroup(g)
	}
}
