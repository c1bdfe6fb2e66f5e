package web

import (
	"html"
	"time"
)

// Ids of the canned desk. Users and groups are numbered as Telegram does:
// a private chat has its user's id, a group's is negative.
const (
	deskBot    int64 = 7000000001
	grandma    int64 = 1001
	tom        int64 = 1002
	wangQiang  int64 = 2001
	zhaoMin    int64 = 2002
	liuYang    int64 = 2003
	clerkSun   int64 = 3001
	leaderZhou int64 = 4001
	dutyGroup  int64 = -1001000000001
	hallGroup  int64 = -1001000000002
	leadGroup  int64 = -1001000000003
)

func escape(text string) string { return html.EscapeString(text) }

// emptyDesk is a desk nobody has written to.
func emptyDesk() state {
	private := func(user int64, opened bool) *chat {
		return &chat{ID: user, Kind: "private", User: user, Opened: opened, Commands: []command{
			{"report", "报修 / Report a fault"}, {"status", "我的报修 / My reports"}, {"topup", "电卡充值 / Top up my card"}, {"language", "中文 / English"}, {"forget", "删除我的资料 / Erase my data"},
		}}
	}
	group := func(id int64, title string, members ...int64) *chat {
		return &chat{ID: id, Kind: "group", Title: title, Members: members, Opened: true, Commands: []command{{"open", "在办的活 / Open jobs"}, {"duty", "上班下班 / On and off duty"}}}
	}
	return state{
		Bot: bot{deskBot, "吴桥用电服务台", "wuqiao_power_bot"},
		People: []person{
			{grandma, "李奶奶", "resident", "zh"}, {tom, "Tom Baker", "resident", "en"},
			{wangQiang, "王强", "volunteer", "zh"}, {zhaoMin, "赵敏", "volunteer", "zh"}, {liuYang, "刘洋", "volunteer", "zh"},
			{clerkSun, "孙会计", "clerk", "zh"}, {leaderZhou, "周班长", "leader", "zh"},
		},
		Chats: []*chat{
			private(grandma, false), private(tom, false), private(wangQiang, true), private(zhaoMin, true), private(liuYang, false), private(leaderZhou, true),
			group(hallGroup, "服务大厅", clerkSun, leaderZhou),
			group(dutyGroup, "吴桥党员志愿服务队值班群", wangQiang, zhaoMin, leaderZhou),
			group(leadGroup, "班长群", leaderZhou),
		},
	}
}

// noonYesterday is a moment that the page calls yesterday at every hour: its
// phones are in China, wherever the test runs.
func noonYesterday() time.Time {
	now := time.Now().In(time.FixedZone("Asia/Shanghai", 8*60*60))
	return time.Date(now.Year(), now.Month(), now.Day()-1, 12, 0, 0, 0, now.Location())
}

// busyDesk is a desk in the middle of a job, with every kind of message in
// Chinese and English.
func busyDesk() state {
	s := emptyDesk()
	d := fakeDesk{now: s}
	at := noonYesterday()
	put := func(chatID, from int64, m message) int {
		at = at.Add(time.Minute)
		m.At, m.From, m.Bot = at, from, from == deskBot
		if m.Name = s.Bot.Name; !m.Bot {
			m.Name = d.who(from).Name
		}
		return d.sayLocked(chatID, m)
	}
	bySay := func(chatID, from int64, html string) int { return put(chatID, from, message{HTML: html}) }
	for _, user := range []int64{grandma, tom} {
		d.chat(user).Opened = true
	}

	bySay(grandma, grandma, "/start")
	bySay(grandma, deskBot, "您好,这里是<b>吴桥用电服务台</b>。\n家里没电、电卡充值、新装用电,都可以直接说。\n\n着火打 119,伤人打 120,急事打 95598。")
	at = time.Now().Add(-22 * time.Minute)
	bySay(grandma, grandma, "没电了")
	bySay(grandma, deskBot, "先问一句:有没有看到火花、冒烟、闻到焦味,电线掉下来,家里进水,或者有人触电?")
	bySay(grandma, grandma, "没有")
	put(grandma, deskBot, message{HTML: "请看一眼:邻居家、楼道里有灯吗?"})
	bySay(grandma, grandma, "只有我家没电")
	bySay(grandma, deskBot, "看看电表:有没有“请购电”“拉闸”几个字,或者黄灯亮着?\n<i>看不清就拍张照片发来。</i>")
	put(grandma, grandma, message{Kind: "photo", File: "/try/file/1", HTML: "黄灯亮着"})
	put(grandma, grandma, message{Kind: "voice"})
	put(grandma, grandma, message{Kind: "location", Lat: 37.6283, Lon: 116.3915})
	put(grandma, grandma, message{Kind: "contact", Phone: "+86 138 0317 0001", HTML: "<b>李桂花</b>"})
	put(grandma, grandma, message{Kind: "sticker"})
	put(grandma, deskBot, message{HTML: "报修单 <b>1123-07</b> 已收到,正在找两位队员。\n通常 <b>45</b> 分钟内到。急事打 95598。\n<blockquote>在等的时候:用手电,少点蜡烛;冰箱门别开。</blockquote>", Edited: true})
	bySay(grandma, deskBot, "队员 <b>王强</b> 和 <b>赵敏</b> 接了您的报修,正往您家去。")
	d.chat(grandma).Keyboard = &keyboard{Placeholder: "直接写也行", Persistent: true, Rows: [][]key{
		{{Text: "1 朝上"}, {Text: "2 朝下"}}, {{Text: "不知道"}, {Text: "☎ 找人帮忙"}}, {{Text: "📍 发送位置", Location: true}, {Text: "📞 发送电话", Contact: true}},
	}}

	bySay(tom, tom, "/start")
	bySay(tom, deskBot, "Hello, this is the <b>Wuqiao power desk</b>.\nNo power, card top-up, a new connection: just tell me.\n\nFire: call 119. Injury: 120. Urgent: 95598.")
	bySay(tom, tom, "no light in the whole house since 7 pm")
	bySay(tom, deskBot, "First: any sparks, smoke, burning smell, a fallen wire, water coming in, or someone shocked?")
	d.chat(tom).Keyboard = &keyboard{Rows: [][]key{{{Text: "Yes"}, {Text: "No"}, {Text: "Not sure"}}, {{Text: "☎ Talk to a person"}}}}

	at = time.Now().Add(-18 * time.Minute)
	put(dutyGroup, deskBot, message{Kind: "service", HTML: "周班长 把 吴桥用电服务台 加入了群组"})
	bySay(dutyGroup, wangQiang, "晚上好,今晚我和赵敏值班")
	bySay(dutyGroup, wangQiang, "有事喊一声")
	bySay(dutyGroup, zhaoMin, "在的 👍")
	card := put(dutyGroup, deskBot, message{HTML: "🔴 <b>1123-07 · 优先</b>\n桑园镇 · 翰林住宅小区\n只有一家没电,电表黄灯亮\n<u>已试过:</u>推过一次总开关,又跳\n老人独居 · 1 户报修 · 4 分钟前\n\n<b>已接单 1/2:</b>王强",
		Edited: true, Buttons: [][]button{{{Text: "✋ 我去", Data: "claim:1123-07"}, {Text: "🔍 详情", URL: "https://t.me/wuqiao_power_bot?start=job-1123-07"}}, {{Text: "↩ 放下", Data: "release:1123-07"}}}})
	put(dutyGroup, leaderZhou, message{HTML: "赵敏离得近,去一趟吧", ReplyTo: card})
	put(dutyGroup, deskBot, message{HTML: "⚡ <b>1123-08</b>\nTiecheng Town · feed mill\nThe <code>Err-12</code> code on the meter, <tg-spoiler>shop closed</tg-spoiler> <s>two</s> one motor waiting", Buttons: [][]button{{{Text: "✋ 我去 / Claim", Data: "claim:1123-08"}}}})

	for _, user := range []int64{wangQiang, zhaoMin} {
		bySay(user, user, "/start")
		put(user, deskBot, message{Kind: "location", Lat: 37.6283, Lon: 116.3915, Protected: true})
		put(user, deskBot, message{Protected: true, HTML: "<b>1123-07</b> 李奶奶\n翰林住宅小区 3 号楼 2 单元 301\n电话 13803170001\n单元门密码请打电话问。", Buttons: [][]button{
			{{Text: "🚗 出发", Data: "go:1123-07"}, {Text: "📍 到达", Data: "arrived:1123-07"}, {Text: "✅ 来电了", Data: "done:1123-07"}},
			{{Text: "🗺 路线", URL: "https://www.openstreetmap.org/?mlat=37.6283&mlon=116.3915"}, {Text: "🆘 请支援", Data: "help:1123-07"}}, {{Text: "↩ 放下", Data: "release:1123-07"}},
		}})
	}
	put(wangQiang, wangQiang, message{HTML: "5 分钟到"})
	// The longest choice on a card, above the keyboard of a question.
	put(wangQiang, deskBot, message{Protected: true, HTML: "<b>1123-08</b>", Buttons: [][]button{
		{{Text: "低压线路", Data: "cause:low"}, {Text: "高压线路", Data: "cause:high"}}, {{Text: "it needs a wider outage", Data: "why:window"}, {Text: "accident or weather", Data: "cause:external"}},
		{{Text: "✅ Power is back", Data: "done:1123-08"}, {Text: "🚫 False report", Data: "false:1123-08"}}, {{Text: "没查明", Data: "cause:unclear"}, {Text: "← 返回", Data: "card:1123-08"}},
	}})
	d.chat(wangQiang).Keyboard = &keyboard{Rows: [][]key{{{Text: "没什么要写"}}, {{Text: "🏠 主菜单"}, {Text: "☎ 找人帮忙"}}}}
	put(hallGroup, deskBot, message{HTML: "💳 <b>夜间充值 0042</b>\n于集镇 · 剩余 0 元 · 已拉闸\n希望充 100 元", Buttons: [][]button{{{Text: "接单", Data: "take:42"}, {Text: "已充值", Data: "paid:42"}, {Text: "不行", Data: "cannot:42"}}}})
	return s
}
