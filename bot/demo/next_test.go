package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestThePageAsksWhatIsNext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := Next{Step: "claim", Chat: group, As: li, Press: []string{"Claim"}, Hours: map[string]time.Time{"night": time.Date(2026, 3, 2, 22, 30, 0, 0, time.UTC)}}
	s := w.stage(t, StageOptions{Next: func(context.Context) (Next, error) { return want, nil }})
	req := must[*http.Request](t)(http.NewRequestWithContext(soon(t), http.MethodGet, s.URL+"/try/next", nil))
	resp := must[*http.Response](t)(http.DefaultClient.Do(req))
	defer func() { _ = resp.Body.Close() }()
	var got Next
	try(t, json.NewDecoder(resp.Body).Decode(&got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is next (-want +got):\n%s", diff)
	}
}

// Whoever sets the clock sets it for every open page.
func TestEveryPageHearsThatTheClockWasSet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{Turn: func(part string) error {
		if part != "night" {
			return ErrNotAllowed
		}
		w.clock.advance(9 * time.Hour)
		return nil
	}})
	p := w.open(t, s.URL)
	var before, after stateEvent
	p.next(t, "state", &before)
	if code, body := post(t, s.URL+"/try/clock", `{"to":"yesterday"}`); code != http.StatusForbidden {
		t.Errorf("got %d %s, want a refusal", code, body)
	}
	if code, body := post(t, s.URL+"/try/clock", `{"to":"night"}`); code != http.StatusOK {
		t.Errorf("got %d %s", code, body)
	}
	p.next(t, "state", &after)
	if got := after.Now.Sub(before.Now); got != 9*time.Hour {
		t.Errorf("the page hears that the clock went on by %v, want 9h", got)
	}
	w.Reset()
}

// Who is called something else is called so everywhere, also above what they wrote before.
func TestANewNameStandsAboveOldMessagesToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	must[int](t)(w.As(li).Send(group, "on my way"))
	w.text(t, "-100", "Job 7")
	w.Rename("Power Desk", map[int64]string{li: "Li Qiang", 404: "nobody"})
	var state stateEvent
	w.open(t, s.URL).next(t, "state", &state)
	if state.Bot.Name != "Power Desk" {
		t.Errorf("the bot is called %q", state.Bot.Name)
	}
	got := map[int64]string{}
	for _, c := range state.Chats {
		for _, m := range c.Messages {
			got[m.From] = m.Name
		}
	}
	if want := map[int64]string{li: "Li Qiang", w.BotID(): "Power Desk"}; !cmp.Equal(got, want) {
		t.Errorf("messages are by %v, want %v", got, want)
	}
	var me wireUser
	w.send(t, "getMe").into(t, &me)
	if me.FirstName != "Power Desk" {
		t.Errorf("getMe says %q", me.FirstName)
	}
}

func TestOffersAreThoseOfKeyboardsInSight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).Start(""))
	w.text(t, "11", "Satisfied?", "reply_markup", `{"keyboard":[[{"text":"Yes"},{"text":"No"}]]}`)
	if !w.Offers("Sí", "Yes") || w.Offers("Maybe") {
		t.Error("what is on the keyboard is offered, and nothing else")
	}
	w.text(t, "11", "Thank you", "reply_markup", `{"remove_keyboard":true}`)
	if w.Offers("Yes") {
		t.Error("a keyboard that is gone offers nothing")
	}
}
