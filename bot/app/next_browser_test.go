package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"powerdesk/flows/words"
)

// hint is what the page says may be done next.
type hint struct {
	Step, Text string
	Press      string // the button that it names; "" = a question is to be answered
}

// hint reads it once it has stood still: one press has several events.
func (p *page) hint() hint {
	p.Helper()
	p.waitFor(`document.querySelector('[data-at="hint"][data-step]').getClientRects().length`, "the hint is in sight")
	for before := (hint{}); ; {
		h := p.hintNow()
		if h == before {
			return h
		}
		before = h
		rest(p.ctx, 500*time.Millisecond)
	}
}

func (p *page) hintNow() hint {
	p.Helper()
	return eval[hint](p, `(() => { const h = document.querySelector('[data-at="hint"]');
		return { Step: h.dataset.step, Text: h.innerText, Press: h.querySelector('[data-press-next]')?.innerText ?? '' }; })()`)
}

// goesOn waits until the hint is another one.
func (p *page) goesOn(from hint) {
	p.Helper()
	p.waitFor(fmt.Sprintf(`document.querySelector('[data-at="hint"]').innerText !== %s`, quoted(from.Text)), "the hint goes on from: "+from.Text)
}

// obeys does what the hint says and nothing else: it goes where the hint leads and
// presses the button that the hint names.
func (p *page) obeys(h hint) {
	p.Helper()
	p.click(`[data-at="hint"] [data-go]`)
	if h.Step == "night" {
		p.click(`dialog[open] [data-choice="night"]`)
		return
	}
	const front = `section[data-active]`
	if h.Press == "" { // a sum, a house: whatever answers
		if h.Step == "pay" {
			p.click(front + ` [data-press*="|hall:paid|"]`)
			return
		}
		p.click(front + " [data-input]")
		p.keys(door)
		p.keys(kb.Enter)
		return
	}
	named := fmt.Sprintf(`[...document.querySelectorAll('%s [data-press], %s [data-reply], %s [data-start]')].filter((b) => b.innerText.trim() === %s && b.getClientRects().length).at(-1)`,
		front, front, front, quoted(h.Press))
	p.waitFor(named, "the phone in front has the button "+h.Press)
	eval[bool](p, `(() => { `+named+`.click(); return true; })()`)
	p.waitFor(`document.querySelector('dialog[open]') || document.querySelector('[data-at="hint"]').innerText !== `+quoted(h.Text), "something follows from "+h.Press)
	if eval[bool](p, `document.querySelector('dialog[open]') !== null`) {
		p.click(`dialog[open] [data-choice="yes"]`)
	}
}

// sets turns the demo's clock to a part of the day.
func (p *page) sets(part string) {
	p.Helper()
	p.click(`[data-at="clock"]`)
	p.click(fmt.Sprintf(`dialog[open] [data-choice="%s"]`, part))
}

// A visitor who does what the hint says, and nothing else, sees a fault through from
// the report to the rating, and then a top-up in the night, at whatever hour they came.
func TestTheHintLeadsThroughTheWholeRound(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := visit(t, 390)
			p.speaks(l)
			p.sets("day")
			p.waitFor(`document.querySelector('[data-at="hour"]').innerText.endsWith('10:00')`, "the clock shows the day")
			var steps []string
			for h := p.hint(); h.Step != "done"; h = p.hint() {
				if len(steps) == 0 || steps[len(steps)-1] != h.Step {
					steps = append(steps, h.Step)
				}
				p.obeys(h)
				p.goesOn(h)
			}
			for i, step := range steps {
				if round[i] != step {
					t.Fatalf("the hint led through %v, want %v", steps, round)
				}
			}
			if len(steps) != len(round)-1 {
				t.Errorf("the hint led through %v, want %v", steps, round)
			}
			seen := eval[string](p, `document.body.textContent`)
			for id, name := range demoNames {
				for _, other := range words.Langs {
					if other != l && strings.Contains(seen, name.In(other)) {
						t.Errorf("%d is called %s on a page in %s", id, name.In(other), l)
					}
				}
			}
		})
	}
}

// The desk's timers follow the clock: what nobody took by day has been to the leaders by
// the evening. A reset brings the real time back, and the desk works on in it.
func TestTheTimersFollowTheClock(t *testing.T) {
	t.Parallel()
	p := visit(t, 1900)
	p.sets("day")
	p.reports(resident)
	leaders := fmt.Sprintf(`section[data-chat="%d"]`, leaderChat)
	if eval[bool](p, fmt.Sprintf(`document.querySelector('%s [data-message]') !== null`, leaders)) {
		t.Fatal("the leaders are called before anybody could come")
	}
	p.sets("evening")
	p.waitFor(`document.querySelector('[data-at="hour"]').innerText.endsWith('19:30')`, "the clock shows the evening")
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-message]')`, leaders), "the leaders hear that nobody came")
	if h := p.hint(); h.Step != "claim" {
		t.Errorf("the hint went on to %q although nobody claimed", h.Step)
	}

	// Set to the morning, the clock goes on to the next one: the desk meets no instant twice.
	p.sets("day")
	p.waitFor(`document.querySelector('[data-at="hour"]').innerText.endsWith('10:00')`, "the clock shows the next day")
	p.waitFor(fmt.Sprintf(`(() => { const cards = [...document.querySelectorAll('section[data-chat="%d"] [data-message]')].filter((m) => m.querySelector('[data-press*="|claim|"]'));
		return cards.length === 1 && cards[0].querySelector('time').innerText === '10:00'; })()`, dutyChat), "the card is posted anew, once")
	p.claims(volunteerA)
	p.claims(volunteerB)
	p.reads(shown(resident, resident), p.lang, "news.claimed_both")

	p.click(`[data-at="reset"]`)
	p.click(`dialog[open] [data-choice="yes"]`)
	p.waitFor(`document.querySelectorAll('[data-message]').length === 0`, "the table is empty")
	p.waitFor(`document.querySelector('[data-at="hour"]').innerText.endsWith(new Date(Date.now() + 8 * 3600e3).toISOString().slice(11, 16))`, "the clock shows the real time")
	p.reports(resident)
}

// Whoever starts over, or comes back, reads on in their language, and so does everybody
// on the page.
func TestALanguageOutlastsAReset(t *testing.T) {
	t.Parallel()
	p := visit(t, 1900)
	p.speaks(words.EN)
	p.click(shown(resident, resident) + " [data-start]")
	p.reads(shown(resident, resident), words.EN, "menu.menu.say")
	p.click(`[data-at="reset"]`)
	p.click(`dialog[open] [data-choice="yes"]`)
	english := `[...document.querySelectorAll('.tongue')].every((t) => t.innerText === 'EN') && document.querySelector('[data-slot="resident"] .who').innerText.includes('Wang Guilan')`
	p.waitFor(english+` && document.querySelectorAll('[data-message]').length === 0`, "everybody speaks English after a reset")
	p.reports(resident)
	p.must(chromedp.Do(p.ctx, chromedp.Reload()))
	p.waitFor(english+` && document.querySelector('[data-at="hint"]').dataset.step === 'claim'`, "and after the page was opened again, and the hint is where it was")
}
