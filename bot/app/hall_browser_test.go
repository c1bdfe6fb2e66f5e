package app

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// A visitor with a phone plays the night top-up through, as the resident and as
// the clerk, to the crew: by touch, and with the drawings.
func TestVisitorPlaysTheNightTopUp(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := visit(t, 390, func(c *config.Config) { // at whatever hour the test runs, the hall is closed
				other := (time.Now().In(c.County.Zone).Weekday() + 3) % 7
				c.County.Hall = county.Hours{Days: []time.Weekday{other}, Spans: []county.Span{{From: 8 * 60, To: 12 * 60}}}
			})
			p.speaks(l)
			own, hall := shown(resident, resident), shown(hallChat, clerk)
			at := func(slot string) { p.Helper(); p.click(fmt.Sprintf(`[data-tab=%s]`, quoted(slot))) }
			types := func(text string) { p.Helper(); p.click(own + " [data-input]"); p.keys(text); p.keys(kb.Enter) }
			town, community := sampleHome(t, l)

			p.click(own + " [data-start]")
			p.reads(own, l, "menu.menu.say")
			for _, turn := range []struct{ key, answer string }{
				{"menu.menu.topup", "topup.trouble.say"}, {"topup.trouble.credit", "topup.shows.say"}, {"topup.shows.cut", "topup.kind.say"},
				{"topup.kind.slot", "topup.bought.say"}, {"topup.bought.no", "topup.buy.say"}, {"topup.buy.clerk", "topup.risk.say"},
				{"topup.risk.none", "place.town.say"},
			} {
				p.tap(resident, turn.key, turn.answer)
			}
			p.tapOn(resident, town, "place.community.say")
			p.tapOn(resident, community, "place.building.say")
			types(door)
			p.reads(own, l, "topup.phone.say")
			p.click(fmt.Sprintf(`%s [data-reply=%s]`, own, quoted(words.Plain(l, "topup.phone.share", nil))))
			p.click(`dialog[open] [data-choice="yes"]`)
			p.reads(own, l, "topup.account.say")
			types("6222021234567890123")
			p.reads(own, l, "router.blanked")
			p.tap(resident, "topup.account.unsure", "topup.wanted.say")
			p.tap(resident, "topup.wanted.unsure", "topup.asked.say")

			p.button(hall, l, "button.hall_take")
			at(fmt.Sprintf("group:%d", hallChat))
			p.press(hall, l, "button.hall_take") // which opens the clerk's own chat
			p.reads(shown(clerk, clerk), l, "details.title")
			at(fmt.Sprintf("group:%d", hallChat))
			p.press(hall, l, "button.hall_pay")
			sum := hall + ` [data-press*="|hall:paid|"]`
			p.waitFor(fmt.Sprintf(`document.querySelector(%s)`, quoted(sum)), "the sums are offered")
			p.click(sum)
			p.press(hall, l, "button.hall_wrote.card")

			p.reads(own, l, "news.wrote.card")
			at("resident")
			p.waitFor(fmt.Sprintf(`[...document.querySelectorAll('%s img.picture')].at(-1).naturalWidth === 800`, own), "the news shows how the card goes in")
			p.tap(resident, "topup.light_card.still", "topup.light_push.say")
			p.tap(resident, "topup.light_push.still", "topup.raised.say")
			p.reads(shown(dutyChat, volunteerA), l, "hall.raised.dark")
		})
	}
}

// sampleHome is the first community of the sample, as it is read in a language.
func sampleHome(t testing.TB, l words.Lang) (town, community string) {
	t.Helper()
	c, problems := config.ReadDesk("", config.Sample(), evening)
	if problems.Fatal() {
		t.Fatal(problems)
	}
	return c.Towns[0].Name.In(l), c.Towns[0].Communities[0].Name.In(l)
}
