package desk_test

import (
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// The chats of the desk in the talks.
const dutyChat, hallChat, leaderChat, foreignChat = -100, -200, -300, -999

// shanghai is the desk's zone without the system's zone files: UTC+8, no
// daylight saving.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// monday is when the talks begin: an evening, the hall is closed.
var monday = time.Date(2026, 11, 23, 19, 40, 0, 0, shanghai)

// countyIn is a small Wuqiao for the talks: two towns, a village name that both
// have, invented people.
func countyIn(lang words.Lang) *county.County {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	office := county.Hours{Days: week, Spans: []county.Span{{From: 8 * 60, To: 12 * 60}, {From: 14 * 60, To: 18 * 60}}}
	return &county.County{
		Key: "wuqiao", Lang: lang, Zone: shanghai, Hotline: "95598", Promise: "0317-555 0100",
		Name:  words.Text{ZH: "吴桥县", EN: "Wuqiao County"},
		Chats: county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat},
		Towns: []county.Town{
			{ID: "sangyuan", Name: words.Text{ZH: "桑园镇", EN: "Sangyuan Town"}, Area: county.Urban, Station: "sangyuan", Communities: []county.Community{
				{ID: "hanlin", Name: words.Text{ZH: "翰林住宅小区", EN: "Hanlin Estate"}, Aliases: []string{"翰林小区"}, Pin: county.Pin{Lat: 37.633, Lon: 116.391}},
				{ID: "dongguan", Name: words.Text{ZH: "东关村", EN: "Dongguan Village"}, Area: county.Rural, Pin: county.Pin{Lat: 37.64, Lon: 116.43}},
				{ID: "zhang-s", Name: words.Text{ZH: "张庄村", EN: "Zhangzhuang Village"}, Area: county.Rural},
			}},
			{ID: "tiecheng", Name: words.Text{ZH: "铁城镇", EN: "Tiecheng Town"}, Area: county.Rural, Communities: []county.Community{
				{ID: "xiaowang", Name: words.Text{ZH: "小王庄", EN: "Xiaowang Village"}, Pin: county.Pin{Lat: 37.55, Lon: 116.45}},
				{ID: "zhang-t", Name: words.Text{ZH: "张庄村", EN: "Zhangzhuang Village"}, Pin: county.Pin{Lat: 37.56, Lon: 116.5}},
			}},
		},
		Points: []county.Point{{
			ID: "hanlin", Town: "sangyuan", Name: words.Text{ZH: "翰林小区联系点", EN: "Hanlin contact point"}, Communities: []string{"hanlin"},
			Who: "赵明", Phone: "0317-555 0111", Hours: office, Address: words.Text{ZH: "小区东门物业旁", EN: "beside the east gate"},
			Duties:   words.Text{ZH: "教插卡、代报修", EN: "card lessons, reports for you"},
			Promises: words.Text{ZH: "有求必应", EN: "every request gets an answer"},
		}},
		Stations: []county.Station{{ID: "sangyuan", Name: words.Text{ZH: "桑园供电所", EN: "Sangyuan supply station"}, Phone: "0317-555 0120"}},
		Promises: map[county.Area]county.Arrival{county.Urban: {Minutes: 45}, county.Rural: {Minutes: 90}},
		Office:   office, Hall: office,
		Holidays: []county.Holiday{{Date: "2026-11-26", Name: words.Text{ZH: "节日", EN: "Holiday"}}},
		Outlets: []county.Outlet{{
			Name: words.Text{ZH: "供电营业厅", EN: "Service hall"}, Address: words.Text{ZH: "桑园镇", EN: "Sangyuan"}, Hours: office,
		}},
		Answers: []county.Answer{
			{
				ID: "water", About: []string{"other_utility", "buy_where"}, Said: []string{"自来水", "水费", "停水", "water"},
				Text: words.Text{ZH: "水归自来水公司管。", EN: "Water is the water company's."}, Who: words.Text{ZH: "县自来水公司", EN: "County water company"}, Phone: "0317-555 0300",
			},
			{
				ID: "street-light", About: []string{"other_utility"}, Said: []string{"路灯", "street light"},
				Text: words.Text{ZH: "路灯打 12345。", EN: "Street lights: call 12345."},
			},
			{ID: "price", About: []string{"price_question"}, Hall: true, Text: words.Text{ZH: "电价和账单，营业厅说得准。", EN: "Ask the hall about prices and bills."}},
			{ID: "hours", About: []string{"hours"}, Hall: true, Text: words.Text{ZH: "营业厅的时间：", EN: "The hall's hours:"}},
			{ID: "buy", About: []string{"buy_where"}, Hall: true, Text: words.Text{ZH: "充值去营业厅，带上电卡。", EN: "Top up at the hall, with your card."}},
		},
		Roster: roster, Shifts: shifts(lang), Clerks: clerks(lang), Posts: []int{8 * 60, 20 * 60},
		Ladders: county.Ladders{
			Unclaimed: [3]time.Duration{3 * time.Minute, 6 * time.Minute, 10 * time.Minute}, Again: 30 * time.Minute,
			Danger: [3]time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute},
			Idle:   [2]time.Duration{10 * time.Minute, 20 * time.Minute}, IdleDanger: [2]time.Duration{3 * time.Minute, 6 * time.Minute},
			Late: 80, ETA: [2]time.Duration{5 * time.Minute, 15 * time.Minute}, Work: [2]time.Duration{2 * time.Hour, 4 * time.Hour},
			Unanswered: [2]time.Duration{30 * time.Minute, 24 * time.Hour}, Opening: [2]time.Duration{time.Hour, 15 * time.Minute},
			Wait: 2 * time.Hour, Question: 30 * time.Minute,
			Clerk: [2]time.Duration{5 * time.Minute, 10 * time.Minute}, Paying: [2]time.Duration{10 * time.Minute, 20 * time.Minute},
			Light: [2]time.Duration{10 * time.Minute, 25 * time.Minute},
		},
		Urgent: county.UrgentTopUp{Limit: 1, Amounts: []int{50, 100, 200}},
		Timers: county.Timers{Stale: 24 * time.Hour, Solved: 12 * time.Hour, Claim: time.Minute},
		Keep:   county.Keep{Session: 180 * 24 * time.Hour, Job: 90 * 24 * time.Hour, FalseReport: 30 * 24 * time.Hour},
	}
}

// roster is the team of the talks: of those who may do dangerous work one speaks
// Chinese and one English, and each language has a leader.
var roster = []county.Member{
	{ID: 101, Name: "李强", Qualified: true}, {ID: 102, Name: "周敏"}, {ID: 103, Name: "孙伟"},
	{ID: 104, Name: "Ben", Qualified: true}, {ID: 105, Name: "Cora"},
	{ID: 106, Name: "赵队", Leader: true}, {ID: 107, Name: "Lena", Leader: true},
	{ID: 108, Name: "冯工", Squad: true, Qualified: true},
	{ID: 109, Name: "冯会计", Clerk: true}, {ID: 110, Name: "Kate", Clerk: true},
}

// shifts put the same two on duty day and night.
func shifts(lang words.Lang) []county.Shift {
	who := []string{"李强", "周敏"}
	if lang == words.EN {
		who = []string{"Ben", "Cora"}
	}
	week := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	return []county.Shift{{Days: week, From: 8 * 60, To: 20 * 60, Who: who}, {Days: week, From: 20 * 60, To: 8 * 60, Who: who}}
}

// clerks put one clerk on duty in the hall, every night.
func clerks(lang words.Lang) []county.Shift {
	who := []string{"冯会计"}
	if lang == words.EN {
		who = []string{"Kate"}
	}
	return []county.Shift{{Days: []time.Weekday{0, 1, 2, 3, 4, 5, 6}, From: 18 * 60, To: 8 * 60, Who: who}}
}
