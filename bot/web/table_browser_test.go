package web

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

func TestReconnectReplacesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	rows := fmt.Sprintf(`[...document.querySelectorAll('%s .row')].map((r) => r.dataset.message)`, resident)
	before := eval[[]string](p, rows)
	p.write(resident+" [data-input]", "写了一半")

	p.desk.cut(true)
	p.waitFor(`!document.querySelector('[data-at="notice"]').hidden`, "the page says that it is reconnecting")
	missed := p.desk.say(grandma, message{From: deskBot, Name: "bot", Bot: true, HTML: "断线时来的"})
	p.desk.cut(false)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-message="%d"]')`, resident, missed), "what was missed is there after the reconnect")
	p.waitFor(`document.querySelector('[data-at="notice"]').hidden`, "the notice goes")

	want := append(before, fmt.Sprint(missed))
	if diff := cmp.Diff(want, eval[[]string](p, rows)); diff != "" {
		t.Errorf("messages after the reconnect (-want +got):\n%s", diff)
	}
	if got := eval[string](p, fmt.Sprintf(`document.querySelector('%s [data-input]').value`, resident)); got != "写了一半" {
		t.Errorf("half-written text after the reconnect: %q, want it kept", got)
	}
	if got := eval[int](p, `document.querySelectorAll('section.phone').length`); got != 6 {
		t.Errorf("phones after the reconnect: %d, want 6", got)
	}
}

func TestResetAsksAndStartsEmpty(t *testing.T) {
	t.Parallel()
	p := open(t, emptyDesk, desktop)
	p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: "旧话"})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .row')`, phone(grandma, grandma)), "there is something to clear")
	p.click(`[data-at="reset"]`)
	p.click(`dialog [data-choice=""]`)
	p.waitFor(`!document.querySelector('dialog')`, "the question is closed")
	if got := eval[int](p, `document.querySelectorAll('.row').length`); got != 1 {
		t.Fatalf("messages after a cancelled reset: %d, want 1", got)
	}
	p.click(`[data-at="reset"]`)
	p.click(`dialog [data-choice="yes"]`)
	p.waitFor(`document.querySelectorAll('.row').length === 0`, "the desk is empty again")
}

func TestLanguageSwitchTurnsPageAndResident(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.click(`[data-lang="en"]`)
	p.waitFor(`document.documentElement.lang === 'en' && document.querySelector('[data-at="reset"]').innerText.trim() === 'Start over'`, "the page speaks English")
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .subtitle').innerText === 'bot'`, phone(grandma, grandma)), "the resident's Telegram speaks English")
	if got := p.desk.langOf(grandma); got != "en" {
		t.Errorf("the desk knows the resident's language as %q, want en", got)
	}
	if got := p.text(phone(dutyGroup, wangQiang) + " .subtitle"); got != "3 位成员" {
		t.Errorf("a volunteer's Telegram says %q, want it left in Chinese", got)
	}
	p.click(phone(wangQiang, wangQiang) + " [data-more]")
	p.click(`.menu [data-item="lang"]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .subtitle').innerText === '3 members'`, phone(dutyGroup, wangQiang)), "one volunteer's Telegram can be turned alone")
	if got := p.desk.langOf(zhaoMin); got != "zh" {
		t.Errorf("the other volunteer's language is %q, want zh", got)
	}
}

func TestAnotherResident(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.click(`[data-at="another"]`)
	p.keys(kb.Enter)
	if got := eval[bool](p, `document.querySelector('dialog[open]') !== null`); !got {
		t.Fatal("a resident without a name was taken")
	}
	p.write(`dialog [data-person-name]`, "王大爷")
	p.click(`dialog input[value="en"]`)
	p.click(`dialog [data-choice="add"]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-start]')`, phone(9007, 9007)), "the new resident's phone lies first and is not opened yet")
	if got := p.text(phone(9007, 9007) + " .gate"); got != "START" {
		t.Errorf("the new resident's button says %q, want START in the chosen language", got)
	}
	p.choose("resident", grandma)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-message="3"]')`, phone(grandma, grandma)), "the first resident can be shown again")
}

func TestUnreadIsCountedUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.write(phone(grandma, grandma)+" [data-input]", "喂")
	hall := phone(hallGroup, clerkSun)
	for range 2 {
		p.desk.say(hallGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "夜间充值"})
	}
	p.desk.say(hallGroup, message{From: clerkSun, Name: "孙会计", HTML: "自己说的"})
	p.desk.say(tom, message{From: deskBot, Name: "bot", Bot: true, HTML: "not on any phone"})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .caption .badge').textContent === '2'`, hall), "two unseen messages are counted, the own one is not")
	p.waitFor(`[...document.querySelector('[data-slot="resident"] select').options].some((o) => o.text === '● Tom Baker')`, "the resident who is not shown is marked")
	p.click(fmt.Sprintf(`[data-tab="group:%d"]`, hallGroup))
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .caption .badge').hidden`, hall), "looking clears the count")
	if got := eval[bool](p, fmt.Sprintf(`(() => { const r = document.querySelector('%s').getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth; })()`, hall)); !got {
		t.Error("the chosen phone is not in sight")
	}
}

func TestKeyboardAlone(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.altDigit(2)
	p.waitFor(fmt.Sprintf(`document.activeElement.matches('%s [data-input]')`, phone(dutyGroup, wangQiang)), "Alt+2 goes to the second phone")
	p.keys(kb.F6)
	p.waitFor(fmt.Sprintf(`document.activeElement.matches('%s [data-input]')`, phone(wangQiang, wangQiang)), "F6 goes to the next phone")
	p.altDigit(1)
	p.tabTo(phone(grandma, grandma) + ` [data-reply="2 朝下"]`)
	p.keys(kb.Enter)
	p.waitActs(1)
	p.tabTo(phone(dutyGroup, wangQiang) + ` [data-press="claim:1123-08"]`)
	if got := eval[string](p, `getComputedStyle(document.activeElement).outlineStyle`); got == "none" {
		t.Error("the focused button shows no outline")
	}
	p.keys(" ")
	p.waitActs(2)
	p.tabTo(phone(dutyGroup, wangQiang) + ` [data-attach]`)
	p.keys(kb.Enter, kb.ArrowDown, kb.Enter)
	want := []act{
		{As: grandma, Chat: grandma, Do: "text", Text: "2 朝下"},
		{As: wangQiang, Chat: dutyGroup, Do: "press", Message: 7, Data: "claim:1123-08"},
		{As: wangQiang, Chat: dutyGroup, Do: "voice"},
	}
	if diff := cmp.Diff(want, p.waitActs(3)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	p.tabTo(phone(dutyGroup, wangQiang) + ` [data-attach]`)
	p.keys(kb.Enter)
	p.waitFor(`document.querySelector('.menu')`, "the menu opens")
	p.keys(kb.Escape)
	p.waitFor(`!document.querySelector('.menu') && document.activeElement.matches('[data-attach]')`, "Escape closes the menu and gives the focus back")
}

func TestEditKeepsTheFocusOnTheSameButton(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	row := phone(dutyGroup, wangQiang) + ` [data-message="7"]`
	p.tabTo(row + ` [data-press="claim:1123-08"]`)
	p.desk.say(dutyGroup, message{ID: 7, From: deskBot, Name: "bot", Bot: true, HTML: "1/2", Buttons: [][]button{{{Text: "放下", Data: "release:1123-08"}, {Text: "我去", Data: "claim:1123-08"}}}})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s').innerText.includes('1/2')`, row), "the card is redrawn")
	if got := eval[bool](p, fmt.Sprintf(`document.activeElement.matches('%s [data-press="claim:1123-08"]')`, row)); !got {
		t.Errorf("the focus went to %s, want the same button", p.focused())
	}
}

func TestSmallScreens(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{360, 430} {
		for _, query := range []string{"", "?lang=en"} {
			t.Run(fmt.Sprint(width, query), func(t *testing.T) {
				t.Parallel()
				p := open(t, busyDesk, screen{width: width, height: 800, touch: true, query: query})
				if got := eval[int](p, `document.documentElement.scrollWidth`); int64(got) > width {
					t.Errorf("the page is %d px wide on a screen of %d px", got, width)
				}
				if got := eval[int](p, `[...document.querySelectorAll('section.phone')].filter((s) => s.getClientRects().length).length`); got != 1 {
					t.Errorf("phones in sight: %d, want 1", got)
				}
				for _, slot := range eval[[]string](p, `[...document.querySelectorAll('[data-tab]')].map((t) => t.dataset.tab)`) {
					p.click(fmt.Sprintf(`[data-tab="%s"]`, slot))
					p.waitFor(fmt.Sprintf(`document.querySelector('[data-slot="%s"]').getClientRects().length`, slot), "the tab shows its phone")
					if got := eval[[]string](p, tooWide); len(got) != 0 {
						t.Errorf("%s: reach beyond the screen: %v", slot, got)
					}
					if got := eval[[]string](p, cut); len(got) != 0 {
						t.Errorf("%s: cut off: %v", slot, got)
					}
					if got := eval[[]string](p, tooSmall); len(got) != 0 {
						t.Errorf("%s: smaller than 44 px to touch: %v", slot, got)
					}
					if got := eval[[]string](p, tooFine); len(got) != 0 {
						t.Errorf("%s: read in less than 16 px: %v", slot, got)
					}
				}
			})
		}
	}
}

func TestUnreadOnASmallScreenStandsOnTheTab(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, screen{width: 390, height: 844, touch: true})
	p.desk.say(dutyGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "新单"})
	badge := fmt.Sprintf(`document.querySelector('[data-tab="group:%d"] .badge')`, dutyGroup)
	p.waitFor(badge+`?.textContent === '1'`, "the tab counts the new message")
	p.click(fmt.Sprintf(`[data-tab="group:%d"]`, dutyGroup))
	p.waitFor(`!`+badge, "opening the chat clears the count")
	p.waitFor(fmt.Sprintf(`(() => { const l = document.querySelector('%s .log'); return l.scrollHeight - l.scrollTop - l.clientHeight < 2; })()`, phone(dutyGroup, wangQiang)), "the newest message is in sight")
}

// tooWide lists elements that reach past the right edge of a small screen.
const tooWide = `[...document.querySelectorAll('body *')].filter((e) => e.getClientRects().length && !e.closest('.unseen, svg, .skip, .picture, .last .bubble')
	&& e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))`

// cut lists labels of which a part is not shown. A title may be longer than its
// line; what is pressed may not.
const cut = `[...document.querySelectorAll('.tab .label, .key, .reply, .gate')].filter((e) => e.getClientRects().length && e.scrollWidth > e.clientWidth + 1)
	.map((e) => e.outerHTML.slice(0, 120))`

// tooSmall lists controls a finger would miss. Links and commands within a
// sentence are as high as its line, as in Telegram.
const tooSmall = `[...document.querySelectorAll('button, select, textarea, input')].filter((e) => e.getClientRects().length && !e.closest('.text'))
	.map((e) => ({e, r: e.getBoundingClientRect(), grown: e.matches('.commands') ? 8 : 0}))
	.filter(({r, grown}) => r.height + grown < 44 || r.width < 44).map(({e, r}) => e.outerHTML.slice(0, 90) + ' ' + r.width + 'x' + r.height)`

// tooFine lists what is read or pressed in type under 16 px. Marks that only
// accompany a text (time, subtitle, tab labels, badges, a quoted line) are set
// smaller, as Telegram sets them.
const tooFine = `[...document.querySelectorAll('.text, .key, .reply, .input, .choice, .intro, .hint p, .who, .switch button, .gate')].filter((e) => e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 16)
	.map((e) => e.outerHTML.slice(0, 90))`
