package understand_test

import (
	"testing"

	"powerdesk/flows/understand"
)

// What people write when there is a danger, when there is none, and when it has
// to be asked. "fire" alarms, "fire?" asks, "" is no danger.
func TestDanger(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"fire": {
			"着火了", "家里着火了!!", "电表冒烟了", "没电了 冒烟", "没电了,插座冒烟", "刚才还好好的,现在开关冒火花", "屋里一股焦糊味", "闻到糊味了", "有烧焦的味道,是电线烧焦了",
			"电线烧着了", "开关箱里噼里啪啦冒花", "变压器爆炸了", "灯泡炸了", "插座也冒烟了", "电表又冒烟", "着火了怎么办", "不是没电,是着火了", "没有停电但是冒烟",
			"从电表箱往外冒火", "有股烟从墙里出来", "就是一股胶皮味", "好像着火了", "主要是插座冒烟", "一会儿就冒烟", "电表特别烫,冒着烟", "失火了快来", "不知道怎么回事突然冒烟了",
			"fire!", "FIRE", "help, fire", "火！救命", "着火了救命", "There is a fire in the kitchen", "the meter is on fire", "smoke coming out of the socket", "no power and smoke coming out", "no light, burning smell",
			"I see sparks at the meter", "It smells like burning", "my socket is smoking", "the fuse box exploded", "Sparks!!", "no power smoke coming from the box",
			"not only that, there is smoke everywhere", "the cable caught fire", "flames out of the transformer",
		},
		"wire": {
			"电线掉下来了", "门口电线断了", "大风把电线刮断了,电线掉路上", "电线也掉了", "电线杆倒了", "线掉地上了", "电缆断了一根", "一根电线垂下来", "电线搭在铁皮上",
			"a wire fell on the road", "there is a wire down", "power line is down", "a pole fell over", "hanging wire behind the house", "Broken wire in the yard",
		},
		"shock": {
			"有人触电了", "孩子触电", "老人触电", "不小心触电了", "我被电了一下", "摸水龙头被电到", "他被电击了", "我爸让电打了", "人电晕了", "刚才手上过电了",
			"my father got shocked", "somebody got an electric shock", "he was electrocuted", "the tap shocked me", "I got a shock from the fridge",
		},
		"water": {
			"家里进水了", "配电箱进水", "下大雨,屋里进水没电了", "插座泡水了", "地下室被淹了", "电表也进水了", "水都漫到插座,插座湿了",
			"water is coming in", "the basement is flooded", "flooding in our street and no power", "water in the fuse box, water in the box",
		},
		"tingle": {
			"洗衣机麻手", "摸冰箱手麻", "热水器漏电", "一摸就发麻", "水龙头带电", "冰箱外壳带电", "摸着电麻",
			"the washing machine tingles", "the tap zaps me", "tingling when I touch the fridge",
		},
		"fire?":    {"有火", "屋里有烟", "闻到一股怪味", "外面放炮一样响", "smoke", "会着火吗", "怕着火", "担心着火", "会不会着火", "是不是冒烟了", "着火了吗", "小心着火", "有没有冒烟", "could it catch fire?", "is it sparking?", "I am afraid of sparks", "what if it is on fire", "can it catch fire?"},
		"wire?":    {"老断线", "something about a wire"},
		"water?":   {"water leak in the wall"},
		"shock?":   {"I had a shock", "会触电吗", "小心触电", "别触电", "怕触电"},
		"tingle?":  {"怕漏电", "是不是漏电", "怀疑漏电", "会不会漏电"},
		"unknown?": {"救命"},
		"": {
			// Said only to deny it.
			"没有着火", "没冒烟", "没有冒烟也没有焦味", "没看见冒烟", "没闻到焦糊味", "没人触电", "没有人触电", "不漏电", "没有火花", "没有冒烟、着火", "没进水", "没有火",
			"no smoke", "no smoke or fire", "no sign of fire", "there is no burning smell", "I don't see any sparks", "nothing is burning", "nobody got shocked", "no one was shocked",
			"not on fire", "without sparks", "no flooding here", "it isn't smoking",
			// Only looks like it.
			"火车站旁边", "在火锅店楼上", "麻烦您派人来看看", "麻烦快一点", "接触不良吧", "漏电保护器跳了", "漏电开关推不上去", "煤气灶打不着火", "别着急,不上火", "脑子糊涂了",
			"我抽烟去了,回来就没电", "灭火器在门口", "消防队对面", "网断线了", "网线断了", "电话线断了", "他被电话吵醒", "没电了", "停电了", "电表请购电", "开关跳闸了",
			"油烟机不转了", "芝麻街12号", "我着急", "电饭锅插着呢", "烟酒店隔壁", "冰箱里的肉化了", "灯忽明忽暗", "家里没电,冰箱里有药",
			"next to the fire station", "near the fire department", "the smoke detector has no power", "no power", "the lights went out", "wireless is down", "phone line is down",
			"I was shocked at the bill", "spark plug", "my card does not work", "the light is dim", "hello",
		},
	} {
		namesDanger(t, want, texts)
	}
}

// "没有冒烟" answers the danger question; "家里没电" does not.
func TestDeniesDanger(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"没有冒烟": true, "没有着火,就是没电": true, "no smoke": true, "no sparks, nothing is burning": true,
		"家里没电": false, "着火了": false, "没有冒烟但是有焦味": false, "没有冒烟,但是电线掉了": false, "会着火吗": false, "麻烦您": false, "": false,
	} {
		if got := deniesDanger(text); got != want {
			t.Errorf("DeniesDanger(%q) = %v, want %v", text, got, want)
		}
	}
}

// namesDanger tells of every text in which another danger than want is read. "fire" =
// beyond doubt, "fire?" = in doubt.
func namesDanger(t *testing.T, want string, texts []string) {
	t.Helper()
	for _, text := range texts {
		p := understand.Danger(text)
		kind := p.Kind
		if kind != "" && !p.Sure {
			kind += "?"
		}
		if kind != want {
			t.Errorf("danger(%q) = %q, want %q", text, kind, want)
		}
	}
}

func deniesDanger(said string) bool {
	p := understand.Danger(said)
	return p.Kind == "" && p.Denied
}
