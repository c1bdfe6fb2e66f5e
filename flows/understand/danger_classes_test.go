package understand_test

import "testing"

// What people write of each class, in either language, and what only sounds like
// it. "fire" alarms, "fire?" asks, "" is no danger.
func TestDangerByClasses(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"fire": {
			"墙上插座烫手", "插头都烫得拿不住", "接线板软了 有股味", "空开那里滋啦滋啦的", "电闸里啪啪打火", "电表箱里直冒蓝光", "开关一按就呲火", "配电柜刺啦刺啦响", "插孔周围发黑了", "变压器那边轰一下冒火",
			"线头烧红了", "插排都化了", "充电器冒烟儿了", "电视后头有糊味", "电瓶车烧着了", "我家电褥子有股焦味", "保险盒那儿噼啪直响", "電閘冒煙", "插座裡有火花", "灯头那里呲呲响", "冰箱后面有股胶皮味", "着火了，快点",
			"总开关摸着滚烫", "电线皮都烧化了", "漏保那里有臭味", "闸刀上直打火花",
			"the outlet is too hot to touch", "my plug is boiling hot", "switch has melted", "breaker is sizzling", "there is a crackling sound in the fuse box", "the extension lead is scorched", "meter box smells funny", "wall socket sparked when I plugged in the iron",
			"consumer unit is fizzing", "plug has gone black and it stinks", "the cable's glowing", "flames in the meter cupboard", "transformer blew up", "smoke's coming off the tv", "the charger is smoking", "board is buzzing loudly and smelling",
		},
		"wire": {
			"线耷拉到地上了", "门口杆子歪了", "水泥杆让车撞断了", "风把线刮断了", "货车把电线刮下来了", "树倒在电线上", "电线挨着房顶了", "高压线断了一根在地里", "电缆叫铲车铲断了", "线杆眼看要倒", "房后头的线垂下来了 够着人", "耗子把电线皮啃了 露着铜",
			"电线杆被车撞歪", "村口那根杆斜得厉害", "电線斷了", "风筝缠在高压线上", "外头的线掉了一截", "裸线拖在路边", "麦地里躺着根电线",
			"a wire is lying on the floor outside", "pylon has toppled in the field", "the pole outside our gate is tilting badly", "a truck knocked the pole", "lines are dangling over the lane", "branch fell onto the power line", "overhead cable snapped", "cable is hanging off the house", "a lorry pulled the wires off the wall",
			"there are wires across the road", "an electric line has come down by the pond", "our pole cracked and bent over",
		},
		"shock": {
			"我爷爷叫电打了", "孩子让插座打了一下", "老婆洗衣服给电着了", "工人碰着高压线从杆上掉下来了", "牛被电死了", "俺家狗让电线电死了", "他手被吸住了 在插座上", "老头被电晕过去了", "我闺女挨电了", "邻居修电闸被弹出去了", "他摸着电线 晕倒了 叫不醒", "刚刚触了电", "拔插头的时候打了我一下", "我姥姥让洗衣机给电了", "圈里的羊电死了一只", "有人被電了",
			"my son got zapped by the socket", "she got a jolt from the kettle", "grandpa touched the wire and is unconscious", "someone was thrown back by the switch", "our cow was killed by the cable", "the boy's hand is stuck to the fridge", "my brother got a shock off the heater", "a man is electrocuted", "the drill kicked me",
			"the lad got a belt off the drill", "mum was knocked down by the electric pump",
		},
		"water": {
			"开关里往外淌水", "雨水流进电表箱了", "灯口往下滴水", "插座被水泡了", "家里淹了 电还开着", "配电箱让雨淋了", "楼上漏水漏到插座上", "洪水进院子了 电闸在水里", "電箱進水", "水都漫过插排了", "厨房积水泡着插线板",
			"rain is leaking into the meter box", "water dripping from the light", "the sockets are under water", "switch got wet", "water came out of the plug socket", "pipe burst and it's pouring into the fuse box", "the garage is flooded and the freezer is still on",
		},
		"tingle": {
			"一碰冰箱就麻", "水龙头带电", "铁门上有电", "洗澡的时候水麻人", "热水器壳子过电", "摸洗衣机酥酥麻麻的", "电饭锅外壳打手", "厨房水管一摸就麻手", "空调外壳带电", "抽油烟机漏电",
			"I feel a tingle from the tap", "the fridge door zaps", "our gate is live", "I think the tap is live", "the shower stings me", "the oven stings when touched", "the washing machine is electrified", "metal sink has current in it",
		},
		"fire?": {
			"变压器嗡嗡响得厉害", "屋里有股味", "电视烧了", "好像有烟", "插座会不会着火", "闻着有点不对味", "插头有点热", "怕插座烫坏了着火",
			"the breaker box is humming", "smells a bit odd in here", "is the socket meant to be hot?", "could the plug melt?", "switch is a bit warm",
		},
		"wire?":    {"电线老化了 皮都裂了", "怕线掉下来", "会不会把电线刮断", "杆子会倒吗", "线破皮了", "what if the pole falls", "the cable looks old and worn", "there's a wire here"},
		"shock?":   {"老人晕倒了", "小孩抓着电线玩", "会不会电着人", "孩子别触电了", "could somebody get electrocuted?", "he passed out", "the kids picked up the cable"},
		"water?":   {"厨房漏水", "顶棚滴水呢", "the roof is leaking", "water in my hallway"},
		"tingle?":  {"是不是漏电", "手有点麻", "铁皮上有电", "有点跑电"},
		"unknown?": {"救命啊", "快来人啊", "出事了", "外头砰的一声", "危险不危险", "要不要紧", "help!", "is it dangerous?", "I heard a loud bang", "emergency", "what is that strange noise"},
		"": {
			"没有人被电着", "插座没烫", "线没断", "杆子没倒 就是没电", "没见火星也没味", "火星倒没有", "没有线掉下来", "门口线没掉 杆也没歪", "表箱没进水", "没人触电也没着火", "没烟没火没味",
			"no wires down", "the socket isn't hot", "nobody got zapped", "no water near the switches", "nothing is sparking or smoking", "there are no sparks", "the pole didn't fall", "no one's been shocked",
			"手机烫得很", "水电费怎么交", "电话线路不通", "热水器不热了", "吃火锅呢停电了", "网线掉了", "宽带掉线了", "火车站后面", "保险丝断了", "闸掉下来了推不上去", "跳闸了推不上", "卡掉了找不到", "电线杆厂家属院", "水电家属院3号楼", "烟草局对面", "高压锅坏了", "灯泡坏了", "我家没电 冰箱里的肉化了", "邻居说来电了", "电动车没电了", "他打电话叫我", "有线电视没信号", "停电两个小时了", "大概几点来电 我好做饭", "充电着呢", "推上去又掉", "灯不着 电视也不着", "单元门有电子锁",
			"倒闸操作要多久", "热死人了快来电", "等得火大了", "空调开着了", "我家插座不行了", "没电打不了电话", "停电抽不上水", "门口那家有电", "断断续续的", "line is busy", "no hot water since the power went", "the phone line is down", "my phone is hot", "water heater stopped working", "water bill", "cable tv is off", "I live next door", "the switch is down", "the breaker is down again", "my plugs are dead", "my fridge is dead",
			"power cut since noon", "my phone is dying", "the transformer is down again", "the dog bites, mind the gate", "earth leakage switch tripped", "the washing machine is broken", "he knocked on the door", "my card is stuck in the meter", "house down the road", "the fan is slow",
		},
	} {
		namesDanger(t, want, texts)
	}
}
