package web

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// The hint is the desk's word: it stays through whatever happens until the desk names
// another step, and leads to the phone, the viewer and the button that are meant.
func TestTheHintStaysUntilItsStepIsDone(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	const hint = `document.querySelector('[data-at="hint"]')`
	p.desk.setNext(next{Step: "claim", Chat: dutyGroup, As: zhaoMin, Press: []string{"elsewhere", "✋ 我去 / Claim"}})
	p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: "喂"})
	p.waitFor(hint+`.innerText.includes('值班群（赵敏看） → 按 ✋ 我去 / Claim')`, "the hint names the phone and the button on it")
	before := p.text(`[data-at="hint"]`)

	for i := range 3 { // what is said elsewhere, and even a press, is not the step
		p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: fmt.Sprint("喂", i)})
	}
	p.click(phone(dutyGroup, wangQiang) + ` [data-press="claim:1123-08"]`)
	p.waitActs(1)
	p.waitFor(`document.querySelectorAll('section[data-chat="1001"] [data-message]').length > 3`, "all of it has come")
	time.Sleep(400 * time.Millisecond) // longer than the page waits before it asks
	if got := p.text(`[data-at="hint"]`); got != before {
		t.Errorf("the hint went on to %q, want %q until the step is done", got, before)
	}

	p.click(`[data-at="hint"] [data-go]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s[data-active]')`, phone(dutyGroup, zhaoMin)), "the hint leads to the group as its volunteer sees it")

	p.desk.setNext(next{Step: "depart", As: zhaoMin, Press: []string{"nowhere to be seen"}})
	p.desk.say(dutyGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "2/2"})
	p.waitFor(hint+`.dataset.step === 'depart' && `+hint+`.innerText.includes('赵敏的手机')`, "the hint goes on when the desk does")
	if got := eval[bool](p, hint+`.querySelector('[data-press-next]') !== null`); got {
		t.Error("the hint names a button that is not there")
	}

	p.click(`[data-at="hint-close"]`)
	p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: "喂"})
	p.waitFor(hint+`.hidden`, "a hint that was closed stays closed")
}

// The clock shows the desk's time, offers what the desk offers, earliest first, and
// what it is set to is told to the desk.
func TestTheClockIsTheDesks(t *testing.T) {
	t.Parallel()
	p := open(t, emptyDesk, desktop)
	china := time.FixedZone("China", 8*60*60)
	hours := map[string]time.Time{
		"day": time.Date(2026, 3, 3, 10, 0, 0, 0, china), "evening": time.Date(2026, 3, 2, 19, 30, 0, 0, china), "night": time.Date(2026, 3, 2, 22, 30, 0, 0, china),
	}
	p.desk.setNext(next{Step: "night", Hours: hours})
	p.click(`[data-at="clock"]`)
	p.waitFor(`document.querySelector('dialog [data-choice="day"]')`, "the parts of the day are offered")
	got := eval[[]string](p, `[...document.querySelectorAll('dialog [data-choice]')].map((b) => b.innerText)`)
	if want := []string{"傍晚 · 周一 19:30", "夜里 · 周一 22:30", "白天 · 周二 10:00", "取消"}; !slices.Equal(got, want) {
		t.Errorf("the clock offers %q, want %q", got, want)
	}
	p.click(`dialog [data-choice="night"]`)
	p.waitFor(`document.querySelector('[data-at="hour"]').innerText === '周一 22:30'`, "the clock shows what it was set to")
	if got := p.desk.clockTurned(); !slices.Equal(got, []string{"night"}) {
		t.Errorf("the desk was told %q, want night", got)
	}
	p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: "喂", At: hours["night"]})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .day')?.innerText === '今天'`, phone(grandma, grandma)), "what is said in that night is said today")
}

func TestAnEmptyGroupSaysWhatWillAppearThere(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][3]string{
		"zh": {"接单", "班长", "充值"}, "en": {"claim", "leaders", "top-ups"},
	} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := open(t, emptyDesk, screen{width: 1600, height: 950, query: "?lang=" + lang})
			for i, viewer := range []int64{wangQiang, leaderZhou, clerkSun} {
				if lang == "en" { // a volunteer's phone has a language of its own
					p.desk.setLang(viewer, lang)
				}
				group := phone([]int64{dutyGroup, leadGroup, hallGroup}[i], viewer)
				p.waitFor(fmt.Sprintf(`document.querySelector('%s .empty').innerText.includes('%s')`, group, want[i]), group+" says what will come")
			}
			duty := phone(dutyGroup, wangQiang)
			p.desk.say(dutyGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "1/2"})
			p.waitFor(fmt.Sprintf(`!document.querySelector('%s .empty')`, duty), "with the first message it is gone")
		})
	}
}

// The sentence above the phones makes room on a small screen once somebody has begun.
func TestTheIntroductionIsOneSentenceThatMakesRoom(t *testing.T) {
	t.Parallel()
	p := open(t, emptyDesk, screen{width: 360, height: 640, touch: true})
	const intro = `document.querySelector('[data-at="intro"]')`
	p.waitFor(intro+`.getClientRects().length && `+intro+`.innerText.includes('居民')`, "a visitor is told whose phone is whose")
	p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: "喂"})
	p.waitFor(intro+`.hidden`, "the sentence makes room")
	p.waitFor(`document.querySelector('[data-at="hint"]').getClientRects().length`, "the hint stays")
}
