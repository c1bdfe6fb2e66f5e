package desk_test

import (
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// received are the words by which a reader knows that a picture or a voice has arrived.
var received = map[words.Lang][]string{words.ZH: {"收到", "记下", "放进", "转给"}, words.EN: {"Got it", "Noted", "passed on", "is on report"}}

// Whatever is on the screen, who sends a photo or speaks is told that it has arrived.
func TestPhotoAndVoiceAreReceivedOnEveryScreen(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, ref := range screens(d) {
		for _, l := range words.Langs {
			for _, sent := range []string{"[photo]", "[voice]"} {
				for _, state := range []talk.State{empty(d, l, ref), rich(d, l, ref)} {
					_, effects := d.Step(state, act(sent, l))
					i := slices.IndexFunc(effects, func(e talk.Effect) bool { s, ok := e.(talk.Say); return ok && s.Chat == 1 })
					if i < 0 {
						t.Errorf("%s of %s: %s is not answered", l, ref, sent)
						continue
					}
					if said := plain(effects[i].(talk.Say).Text); !slices.ContainsFunc(received[l], func(w string) bool { return strings.Contains(said, w) }) {
						t.Errorf("%s of %s: %s is answered without a word of it: %s", l, ref, sent, said)
					}
				}
			}
		}
	}
}
