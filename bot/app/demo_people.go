package app

import (
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/county"
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

// demoTeam is everybody on the page but the residents.
var demoTeam = []int64{volunteerA, volunteerB, volunteerC, leader, clerk, engineer}

// useDemoRoster gives a county the people of the page instead of its own, so that the
// desk knows whom it talks to. One of the two volunteers whose phones lie on the
// table may do dangerous work and one may not: a visitor sees both answers. The
// same two are on duty day and night, so that at any hour the desk calls
// somebody whose phone is in sight.
func useDemoRoster(c *county.County) {
	c.Chats = county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}
	c.Roster = []county.Member{
		{ID: volunteerA, Name: "李强", Qualified: true}, {ID: volunteerB, Name: "周敏"}, {ID: volunteerC, Name: "孙伟"},
		{ID: leader, Name: "郑班长", Leader: true}, {ID: clerk, Name: "冯会计", Clerk: true},
		{ID: engineer, Name: "冯工", Squad: true, Qualified: true},
	}
	const morning, evening = 8 * 60, 20 * 60 // minutes after midnight
	everyDay := []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}
	pair := []string{"李强", "周敏"}
	c.Clerks = nil // the one clerk is always on duty
	c.Shifts = []county.Shift{{Days: everyDay, From: morning, To: evening, Who: pair}, {Days: everyDay, From: evening, To: morning, Who: pair}}
}

// addDemoPeople brings the people and groups of the page. The page lays the duty group
// first and the others in this order, each as seen by the first of its members.
func addDemoPeople(tg *demo.Telegram) {
	for _, p := range []demo.Person{
		{ID: resident, Name: "王桂兰", Language: "zh-hans", Phone: "+8613900000001", Role: "resident"},
		{ID: volunteerA, Name: "李强", Language: "zh-hans", Role: "volunteer"},
		{ID: volunteerB, Name: "周敏", Language: "zh-hans", Role: "volunteer"},
		{ID: volunteerC, Name: "孙伟", Language: "zh-hans", Role: "volunteer"},
		{ID: engineer, Name: "冯工", Language: "zh-hans", Role: "volunteer"},
		{ID: clerk, Name: "冯会计", Language: "zh-hans", Role: "clerk"},
		{ID: leader, Name: "郑班长", Language: "zh-hans", Role: "leader"},
	} {
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
