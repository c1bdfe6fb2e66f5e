package app

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"powerdesk/flows/words"
)

// tap clicks the key of the reply keyboard with these words.
func (p *page) tap(viewer int64, key, answer string) {
	p.Helper()
	p.tapOn(viewer, words.Plain(p.lang, key, nil), answer)
}

func (p *page) tapOn(viewer int64, label, answer string) {
	p.Helper()
	p.click(fmt.Sprintf(`%s [data-reply=%s]`, shown(viewer, viewer), quoted(label)))
	p.reads(shown(viewer, viewer), p.lang, answer)
}

// reports is a new resident's way to a receipt: clicks, one text by keyboard,
// and the question whether to share the phone.
func (p *page) reports(viewer int64) {
	p.Helper()
	town, community := sampleHome(p, p.lang)
	own := shown(viewer, viewer)
	p.click(own + " [data-start]")
	p.reads(own, p.lang, "menu.menu.say")
	p.tap(viewer, "menu.menu.outage", "outage.danger.say")
	p.tap(viewer, "outage.danger.no", "outage.household.say")
	p.tap(viewer, "outage.household.none", "place.town.say")
	p.tapOn(viewer, town, "place.community.say")
	p.tapOn(viewer, community, "place.building.say")
	p.click(own + " [data-input]")
	p.keys(door)
	p.keys(kb.Enter)
	p.reads(own, p.lang, "outage.neighbours.say")
	p.tap(viewer, "outage.neighbours.dark", "outage.summary.say")
	p.click(fmt.Sprintf(`%s [data-reply=%s]`, own, quoted(words.Plain(p.lang, "outage.summary.share", nil))))
	p.click(`dialog[open] [data-choice="yes"]`)
	p.reads(own, p.lang, "outage.receipt.say")
}

// claims lets a volunteer take the job in the duty group.
func (p *page) claims(viewer int64) {
	p.Helper()
	p.choose(fmt.Sprintf("group:%d", dutyChat), viewer)
	p.press(shown(dutyChat, viewer), p.lang, "button.claim")
	p.reads(shown(viewer, viewer), p.lang, "details.title")
}

// speaks turns the page, and everybody on it, to a language.
func (p *page) speaks(l words.Lang) {
	p.Helper()
	p.lang = l
	p.click(fmt.Sprintf(`[data-lang="%s"]`, l))
	p.waitFor(fmt.Sprintf(`new Set([...document.querySelectorAll('.tongue')].map((t) => t.innerText)).size === 1 && document.documentElement.lang.startsWith('%s')`, l),
		"the page, and everybody on it, speaks the language")
}

// TestVisitorPlaysTheWholeJob does what README tells a newcomer to try: with a
// mouse, and what a volunteer does at the door by keyboard alone.
func TestVisitorPlaysTheWholeJob(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := visit(t, 1900)
			p.speaks(l)
			p.reports(resident)
			own := shown(resident, resident)

			for _, v := range []int64{volunteerA, volunteerB} {
				p.claims(v)
			}
			p.reads(own, p.lang, "news.claimed_both")

			// By keyboard: the volunteer's phone, then its buttons by Tab and Enter.
			for _, step := range []struct{ key, news string }{
				{"button.depart", ""}, {"eta.15", "news.on_the_way_eta"}, {"button.arrive", "news.arrived"}, {"button.done", ""}, {"cause.switch", "news.restored"},
			} {
				p.tabTo(p.button(shown(volunteerA, volunteerA), p.lang, step.key))
				p.keys(kb.Enter)
				if step.news != "" {
					p.reads(own, p.lang, step.news)
				}
			}
			p.reads(shown(volunteerA, volunteerA), p.lang, "work.done.say") // its keyboard opens while the card loses its buttons
			p.waitFor(fmt.Sprintf(`(() => { const l = document.querySelector('%s .log'); return l.scrollHeight - l.scrollTop - l.clientHeight < 2; })()`,
				shown(volunteerA, volunteerA)), "the newest message is in sight")
			p.reads(shown(dutyChat, volunteerB), p.lang, "card.state.restored")
			p.tap(resident, "report.back.yes", "report.rating.say")
			p.tap(resident, "report.rating.good", "report.praise.say")
			p.tap(resident, "report.praise.skip", "report.thanks.say")
			p.reads(shown(dutyChat, volunteerB), p.lang, "card.state.closed")
			p.reads(shown(volunteerB, volunteerB), p.lang, "details.taken_back")
		})
	}
}

func TestAnotherResidentAndReset(t *testing.T) {
	t.Parallel()
	p := visit(t, 1900)
	p.click(`[data-at="another"]`)
	p.click(`dialog[open] [data-person-name]`)
	p.keys("Tom")
	p.click(`dialog[open] input[value="en"]`)
	p.click(`dialog[open] [data-choice="add"]`)
	viewer := `Number(document.querySelector('[data-slot="resident"]').dataset.viewer)`
	p.waitFor(fmt.Sprintf("%s !== %d", viewer, resident), "the new resident's phone lies first")
	tom := eval[int64](p, viewer)
	p.lang = words.EN
	p.reports(tom)
	p.reads(`[data-slot^="group:"]`, words.ZH, "card.state.open") // the page is still Chinese

	p.click(`[data-at="reset"]`)
	p.click(`dialog[open] [data-choice="yes"]`)
	p.waitFor(`document.querySelectorAll('[data-message]').length === 0`, "the table is empty")
	p.lang = words.ZH
	p.reports(resident) // the desk works again, from the first number on
	p.waitFor(`/-01/.test(document.querySelector('[data-slot^="group:"] [data-message]').innerText)`, "the first card has the first number")
}

// TestPhoneScreen plays on a screen as wide as a phone: nothing may stick out to
// the side, whichever phone of the table is looked at.
func TestPhoneScreen(t *testing.T) {
	t.Parallel()
	p := visit(t, 390)
	p.reports(resident)
	for _, slot := range eval[[]string](p, `[...document.querySelectorAll('[data-tab]')].map((tab) => tab.dataset.tab)`) {
		p.click(fmt.Sprintf(`[data-tab=%s]`, quoted(slot)))
		wide := eval[[]string](p, `(() => { const page = document.scrollingElement; return page.scrollWidth > innerWidth ? [page.scrollWidth + ' of ' + innerWidth] : []; })()`)
		if len(wide) > 0 {
			t.Errorf("the page scrolls sideways at %s: %v", slot, wide)
		}
	}
}
