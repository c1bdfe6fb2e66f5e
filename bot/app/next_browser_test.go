package app

import (
	"fmt"
	"testing"
	"time"

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
		})
	}
}
