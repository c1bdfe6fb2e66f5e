package app

import (
	"fmt"
	"testing"

	"powerdesk/flows/words"
)

// On a screen as wide as a phone each step of the guide shows its drawing whole,
// above its words, in both languages.
func TestTheGuideShowsItsDrawings(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			p := visit(t, 390)
			p.speaks(l)
			own := shown(resident, resident)
			p.click(own + " [data-start]")
			p.reads(own, l, "menu.menu.say")
			for i, turn := range []struct{ key, answer string }{
				{"menu.menu.topup", "topup.trouble.say"},
				{"topup.trouble.card", "topup.card.say"},
				{"topup.card.unread", "topup.code.say"},
				{"topup.code.words", "topup.shown.say"},
				{"topup.shown.failed", "topup.turn.say"},
				{"topup.turn.read", "topup.push.say"},
			} {
				p.tap(resident, turn.key, turn.answer)
				p.waitFor(fmt.Sprintf(`(() => { const all = document.querySelectorAll('%s img.picture'); const last = all[%d].getBoundingClientRect();
					return all.length === %d && all[%d].naturalWidth === 800 && last.width > 250 && last.right <= innerWidth && Math.abs(last.width / last.height - 4 / 3) < 0.05; })()`,
					own, i, i+1, i), turn.answer+" shows its drawing, whole")
				p.waitFor(fmt.Sprintf(`(() => { const l = document.querySelector('%s .log'); return l.scrollHeight - l.scrollTop - l.clientHeight < 2; })()`, own),
					"the newest message is in sight")
			}
		})
	}
}
