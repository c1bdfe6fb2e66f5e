package app

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/flows/words"
)

// Telegram finds the replica that stands by. That one stores what it is brought
// and answers presses; the one that acts sends, and is killed.
func TestAWebhookLeadsToAReplicaThatStandsBy(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	h := s.threshold()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"WEBHOOK_URL=" + h.url, "WEBHOOK_SECRET=" + freshSecret}
	acts := s.replica(env...)
	s.until("the first replica has set the webhook", func() bool { return len(acts.door.since(time.Time{}, "setWebhook")) > 0 })
	waits := s.replica(append(env, "LISTEN_ADDR=127.0.0.1:"+port)...)
	var behind http.Handler = httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: "127.0.0.1:" + port})
	h.front.Store(&behind)

	no := s.resident(words.ZH).reports()
	li := s.volunteer("李强")
	li.say(line{types: "/start", answer: "menu.menu.say"})
	s.sees("card.state.open")
	li.pressIn(dutyChat, "button.claim")
	s.sees("card.state.half")
	s.settled()
	for _, method := range []string{
		"sendMessage", "editMessageText", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands",
	} {
		if calls := waits.door.since(time.Time{}, method); len(calls) > 0 {
			t.Errorf("the replica that stands by called %v", calls)
		}
	}
	if len(acts.door.since(time.Time{}, "answerCallbackQuery")) > 0 {
		t.Error("the press was answered by a replica that did not take it")
	}

	acts.kill()
	killed := time.Now()
	late := s.resident(words.ZH)
	late.types("/start") // stored while nobody acts
	s.until("the update is confirmed", func() bool { return s.tg.Pending() == 0 })
	if sent := waits.door.since(killed, "sendMessage"); len(sent) > 0 && sent[0].at.Sub(killed) < lead.LeaseFor-3*time.Second { // it was renewed up to two seconds before
		t.Errorf("the one that stood by sent after %s, while the lease was another's", sent[0].at.Sub(killed))
	}
	late.hears("menu.menu.say")
	if waited := time.Since(killed); waited > takeover+time.Second {
		t.Errorf("the answer came %s after the kill, want it with the next term", waited)
	}
	s.until("the other keeps the webhook", func() bool { return len(waits.door.since(killed, "setWebhook")) > 0 })
	s.settled()
	s.transcript(late.id, "menu.menu.say")
	if second := s.resident(words.ZH).reports(); second == no {
		t.Errorf("both jobs are number %s", no)
	}
	s.settled()
	if s.polled() {
		t.Error("a replica polls beside the webhook")
	}
}
