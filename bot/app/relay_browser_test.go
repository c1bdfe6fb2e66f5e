package app

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"powerdesk/flows/words"
)

// writes types a text into the phone and sends it.
func (p *page) writes(viewer int64, text string) {
	p.Helper()
	p.click(shown(viewer, viewer) + " [data-input]")
	p.keys(text)
	p.keys(kb.Enter)
}

// attaches sends a photo or a place from the phone.
func (p *page) attaches(viewer int64, kind string) {
	p.Helper()
	p.click(shown(viewer, viewer) + " [data-attach]")
	p.click(fmt.Sprintf(`.menu [data-item="%s"]`, kind))
	p.click(`dialog[open] [data-choice="yes"]`)
}

// shows waits until a message of the phone has the words in it.
func (p *page) shows(phone, text string) {
	p.Helper()
	p.waitFor(fmt.Sprintf(`[...document.querySelectorAll(%s)].some((m) => m.innerText.includes(%s))`, quoted(phone+" [data-message]"), quoted(text)),
		phone+" shows "+text)
}

// hides waits until nothing of the phone's chat has the words in it.
func (p *page) hides(phone, text string) {
	p.Helper()
	p.waitFor(fmt.Sprintf(`!document.querySelector(%s).innerText.includes(%s)`, quoted(phone+" .log"), quoted(text)), phone+" no longer shows "+text)
}

// TestWordsPassBetweenResidentAndCrew lets both sides write while the job is
// open, and one of the pair give it back: what they were shown is taken from
// their phone, and whoever claims next is shown all of it.
func TestWordsPassBetweenResidentAndCrew(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := visit(t, 1900)
			p.speaks(l)
			p.reports(resident)
			own, first, second := shown(resident, resident), shown(volunteerA, volunteerA), shown(volunteerB, volunteerB)
			p.claims(volunteerA)
			p.claims(volunteerB)
			p.reads(own, l, "news.claimed_both")

			const asked, answered = "到东门了，几号门进？", "东门进，保安在"
			p.writes(volunteerA, asked)
			p.reads(first, l, "crew.said")
			p.shows(own, asked)
			p.writes(resident, answered)
			p.attaches(resident, "photo")
			p.attaches(resident, "location")
			for _, phone := range []string{first, second} {
				p.shows(phone, answered)
				p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-kind="photo"] img').naturalWidth > 0`, phone), phone+" shows the photo")
				p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-kind="location"] .pin')`, phone), phone+" shows the place on a map")
			}

			group := shown(dutyChat, volunteerA)
			p.choose(fmt.Sprintf("group:%d", dutyChat), volunteerA)
			for _, key := range []string{"button.rest", "button.drop", "reason.busy"} {
				p.press(group, l, key)
			}
			p.reads(own, l, "news.released_one")
			p.reads(first, l, "details.taken_back")
			p.waitFor(fmt.Sprintf(`!document.querySelector('%s').querySelector('[data-kind="photo"], [data-kind="location"]')`, first), "photo and map are gone")
			p.hides(first, door)
			p.hides(first, answered)
			p.shows(second, answered)

			third := shown(volunteerC, volunteerC)
			p.claims(volunteerC)
			p.shows(third, answered)
			p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-kind="photo"]') && document.querySelector('%s [data-kind="location"]')`, third, third),
				"who claims next is shown photo and place")
			p.waitFor(fmt.Sprintf(`[...document.querySelectorAll('%s [data-message]')].at(-1).innerText.includes(%s)`, own, quoted(demoNames[volunteerC].In(l))), "the resident hears who comes now")
		})
	}
}
