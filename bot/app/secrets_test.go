package app

import (
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// mishaps are what happens to Telegram's answers in the course of one talk, and
// which of the calls go wrong. Nothing of it ends the talk.
var mishaps = []demo.Fault{
	{Method: "getMe", Times: 1, Kind: demo.Disconnect},
	{Method: "setMyCommands", Times: 1, Status: 401, Description: "Unauthorized"},
	{Method: "sendMessage", Times: 1, Kind: demo.BadGateway},
	{Method: "sendMessage", Skip: 2, Times: 1, Kind: demo.Garbage},
	{Method: "sendMessage", Skip: 4, Times: 1, Kind: demo.Truncate, Deliver: true},
	{Method: "sendMessage", Skip: 6, Times: 1, Kind: demo.Disconnect, Deliver: true},
	{Method: "sendMessage", Skip: 8, Times: 1, RetryAfter: 1},
	{Method: "sendMessage", Skip: 10, Times: 1, Status: 400, Description: "Bad Request: can't parse entities: unsupported tag near \"" + door + "\""},
	{Method: "editMessageText", Times: 1, Kind: demo.Disconnect},
	{Method: "getUpdates", Skip: 3, Times: 1, Kind: demo.Garbage},
	{Method: "getUpdates", Skip: 6, Times: 1, Kind: demo.BadGateway},
	{Method: "getUpdates", Skip: 9, Times: 1, RetryAfter: 1},
	{Method: "getUpdates", Skip: 12, Times: 1, Status: 500, Description: "Internal Server Error: " + secretToken},
	{Method: "getChatMember", Times: 1, Status: 401, Description: "Unauthorized"},
	{Method: "getChatMember", Skip: 1, Times: 1, Status: 404, Description: "Not Found"},
	{Method: "getChatMember", Skip: 2, Times: 1, Kind: demo.Disconnect},
	{Method: "answerCallbackQuery", Skip: 3, Times: 1, Kind: demo.BadGateway, Deliver: true},
}

// TestSecretsStayWhileEverythingFails leaves the looking to the end of every
// scene: it makes as many errors as it can, with the log at its most talkative.
func TestSecretsStayWhileEverythingFails(t *testing.T) {
	t.Parallel()
	mini := miniredis.RunT(t)
	mini.RequireAuth(redisPassword)
	s := stageFor(t, "redis://:"+redisPassword+"@"+mini.Addr(), realTime)
	s.secrets = append(s.secrets, redisPassword)
	for _, f := range mishaps {
		s.tg.AddFault(f)
	}
	s.open()
	wang := s.resident(words.ZH)
	wang.talk(wang.tripping()...)

	li := s.volunteer("李强")
	for range 3 {
		li.told(li.press("button.claim"), "toast.try_again")
	}
	li.press("button.claim")
	li.reads("details.title")

	// Redis goes, and what is written meanwhile is somebody's.
	mini.Close()
	wang.types("还有 " + door + " " + strings.TrimPrefix(wang.phone(), "+86"))
	wang.hears("router.away")
	if err := mini.Restart(); err != nil {
		t.Fatal(err)
	}
	wang.hears("router.note_kept")

	// A token that is refused, and a call that hangs until the desk ends.
	li.press("button.depart")
	s.tg.AddFault(demo.Fault{Method: "answerCallbackQuery", Kind: demo.Hang})
	li.push(dutyChat, "eta.15")
	wang.hears("news.on_the_way_eta")
	s.tg.AddFault(demo.Fault{Method: "sendMessage", Status: 401, Description: "Unauthorized"})
	wang.types(door)
	s.until("the refused token is in the log", func() bool { return strings.Contains(s.log.String(), "outcome=fatal") })
	s.halt()

	metrics := s.metrics()
	for _, secret := range append(s.secrets, secretToken) {
		if strings.Contains(metrics, secret) {
			t.Errorf("the metrics hold %q:\n%s", secret, lineWith(metrics, secret))
		}
	}
	// The test would prove nothing if the faults had not been met.
	log := s.log.String()
	for _, met := range []string{"setMyCommands", "getChatMember", "sendMessage", "getUpdates", "getMe", "the store is not available"} {
		if !strings.Contains(log, met) {
			t.Errorf("the log has nothing of %s: the faults missed it", met)
		}
	}
}
