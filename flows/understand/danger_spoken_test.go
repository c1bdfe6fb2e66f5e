package understand_test

import "testing"

// The same dangers as they are spoken at home, dictated with the wrong characters,
// and written by learners: for each kind the wordings that the lists did not hold
// when somebody set out to break them, and what only resembles those.
func TestDangerAsItIsSpoken(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"fire": {
			"着活了着活了快来", "墙根那个插做冒言了", "灶屋电线燎起来了", "楼道电井往外涌黑烟", "插排着啦！！", "插口刺花了", "插板摸着烙手", "插座眼儿熏得漆黑", "漏保热得能煎鸡蛋", "开关后面胡味特别大", "闸刀摸上去热辣辣的", "开关里头跟炒豆子似的响",
			"hallway's black with smoke", "a fire behind the telly", "it is fireing in the switch", "electric smell of burn in my room", "the flex smells of burnt rubber", "socket is singed",
		},
		"shock": {
			"给电得直哭", "处电了 快叫人", "老李出电了", "毛驴让地埋线给电死了", "叫电拿住了", "插电水壶 手上挨了一家伙", "大姨被抽油烟机打了个趔趄", "猪圈里两头猪都给电挺了", "俺爹摸电门 抽过去了",
			"he can't let go of the cable", "our lad's had a nasty belt off the toaster", "I just got bit by the light switch", "buffalo died due to current from the stay wire", "current laga to my son", "electricity catch my wife hand", "I got a right wallop off the cooker switch",
		},
		"wire": {
			"电现掉了在路中间", "彩钢瓦刮到高压线上挂着呢", "大车把线给扽下来了", "电线离房檐不到一拃", "裸铜线吊在人行道上头",
			"kite string wrapped round the 11kv line", "a cable on the street with the end open", "the line is so low I can touch",
		},
		"water": {
			"开关里头往外冒水", "暖气崩了 水喷到配电箱上", "地下车库积水 充电桩还亮着", "插座叫孩子泼了一杯水", "水流插线板上了", "雨潲进电表箱了",
			"rain's getting in round the meter box", "basement filling up and the panel's down there", "juice spilled into the power strip", "upstairs overflowed their bath into our sockets",
		},
		"tingle": {
			"冰柜把手蜇手", "洗衣机楼电", "铁门摸着一哆嗦一哆嗦的 有电", "冲凉的时候感觉水里有电", "铁栅栏电手", "碰电脑主机扎一下",
			"fridge gives me a buzz every time I touch it", "the radiator nips me", "I touch the metal door and my hand feels electricity in it", "my kettle tickles me with electricity", "the tap bites me",
		},
		"unknown?": {"我能靠近那根杆子不", "赶紧的 出大乱子了", "有怪声", "oh god please hurry something's wrong", "do I need to evacuate?"},
		"": {
			"气得我冒火 三个钟头了", "炉子打火打不着", "火烧云真好看", "这电费炸裂了", "焦庄村焦大爷家", "烟墩路12号", "让电工来", "被电话吵醒", "充电手环坏了", "手电手感好", "空调没电 热得要命", "灯光发黄", "水管崩了 没水",
			"I'm burning candles here", "my dinner is burnt", "the boss will fire me", "what a shocking way to treat customers", "pipe smoking uncle at flat 3", "I am on fire today haha", "something's wrong with my card", "a flashing red light on my meter", "dying of boredom", "all wires are ok",
		},
	} {
		namesDanger(t, want, texts)
	}
}
