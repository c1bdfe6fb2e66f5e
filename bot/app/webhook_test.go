package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/bot/web"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

const freshSecret, staleSecret = "canary-fresh-0123456789-abcdefghij", "canary-stale-0123456789-abcdefghij"

// threshold is where Telegram brings updates: a public address that stays while
// desks come and go behind it.
type threshold struct {
	url   string
	front atomic.Pointer[http.Handler]
}

func (h *threshold) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if front := h.front.Load(); front != nil {
		(*front).ServeHTTP(w, r)
		return
	}
	w.WriteHeader(http.StatusBadGateway) // as a proxy does when nobody is behind it
}

func (s *scene) threshold() *threshold {
	s.Helper()
	h := &threshold{}
	server := httptest.NewUnstartedServer(nil)
	server.Config = web.Server(h, s.setting.Log)
	server.Start()
	s.Cleanup(server.Close)
	h.url = server.URL + "/hook"
	s.secrets = append(s.secrets, freshSecret, staleSecret)
	return h
}

// openAt opens a desk to which Telegram brings updates.
func (s *scene) openAt(h *threshold, secrets ...string) *scene {
	s.Helper()
	setting := s.setting
	setting.Webhook = WebhookSetting{URL: h.url, Secrets: secrets}
	desk, err := Build(setting)
	if err != nil {
		s.Fatal(err)
	}
	front := desk.Front(s.setting.Clock, nil)
	h.front.Store(&front)
	return s.work(desk)
}

// closeAt halts the desk, and takes it from its threshold.
func (s *scene) closeAt(h *threshold) {
	s.halt()
	h.front.Store(nil)
}

// brings does what a stranger, or Telegram, may do at the door, and gives the
// answer's status. Every answer must be empty.
func (h *threshold) brings(t *testing.T, method, secret string, body io.Reader, change func(*http.Request)) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, h.url, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	if change != nil {
		change(r)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if said, err := io.ReadAll(answer.Body); err != nil || len(said) > 0 {
		t.Errorf("%s answered %d with %q, %v; want an empty body", method, answer.StatusCode, said, err)
	}
	return answer.StatusCode
}

// polled says whether Telegram was asked for updates by polling.
func (s *scene) polled() bool { return len(s.tg.Calls("getUpdates")) > 0 }

func TestReportByWebhook(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url)
		h := s.threshold()
		s.openAt(h, freshSecret, staleSecret)
		wang := s.resident(words.ZH)
		no := wang.reports()
		li, zhou := s.pair()
		li.departs(li.id)
		zhou.restores("card")
		wang.hears("news.restored")
		s.settled()
		s.job(no, func(j *job.Job) bool { return j.State == job.Restored && len(j.Reports) == 1 })
		if s.polled() {
			t.Error("the desk polls beside its webhook")
		}
		for _, c := range s.tg.Calls("setWebhook") {
			if c.Params["secret_token"] != freshSecret || c.Params["drop_pending_updates"] == "true" || !strings.Contains(c.Params["allowed_updates"], `"callback_query"`) {
				t.Errorf("setWebhook with %v", c.Params)
			}
		}
		if err := s.desk.hook.Check(); err != nil {
			t.Errorf("health: %v", err)
		}
		if !strings.Contains(s.metrics(), `powerdesk_webhook_answers_total{status="200"}`) {
			t.Error("answers are not counted")
		}
	})
}

func TestStrangersAtTheWebhook(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	h := s.threshold()
	s.openAt(h, freshSecret, staleSecret)
	wang := s.resident(words.ZH)
	wang.types("/start")
	wang.hears("menu.menu.say")
	s.settled()
	before := len(s.heard(wang.id))

	replayed := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":99,"date":%d,"text":"/status",
		"chat":{"id":%d,"type":"private"},"from":{"id":%d,"first_name":"x"}}}`, 424242, s.clock.Now().Unix(), wang.id, wang.id)
	for name, tt := range map[string]struct {
		method, secret, body string
		want                 int
	}{
		"wrong secret":     {"POST", freshSecret + "x", replayed, 401},
		"no secret":        {"POST", "", replayed, 401},
		"GET":              {"GET", freshSecret, "", 405},
		"10 MiB":           {"POST", freshSecret, strings.Repeat(" ", 10<<20), 413},
		"trailing garbage": {"POST", freshSecret, replayed + "}", 400},
		"no update":        {"POST", freshSecret, `{"message":{}}`, 400},
	} {
		if got := h.brings(t, tt.method, tt.secret, strings.NewReader(tt.body), nil); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	if got := h.brings(t, "POST", freshSecret, strings.NewReader(replayed), func(r *http.Request) { r.URL.Path = "/elsewhere" }); got != 404 {
		t.Errorf("another path: %d, want 404", got)
	}
	s.settled()
	if said := len(s.heard(wang.id)); said != before {
		t.Errorf("%d answers to what strangers brought:\n%s", said-before, s.screen(wang.id))
	}

	// The old secret counts during a rotation; a repeat changes nothing.
	for range 3 {
		if got := h.brings(t, "POST", staleSecret, strings.NewReader(replayed), nil); got != 200 {
			t.Errorf("with the old secret: %d", got)
		}
	}
	s.settled()
	if said := len(s.heard(wang.id)); said != before+1 {
		t.Errorf("an update that came three times was answered %d times:\n%s", said-before, s.screen(wang.id))
	}
}

// What cannot be read is put aside, and what comes after it passes.
func TestPoisonByWebhook(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	h := s.threshold()
	s.openAt(h, freshSecret)
	s.until("the webhook is set", func() bool { return s.desk.hook.Check() == nil })
	wang := s.resident(words.ZH)
	wang.say(line{types: "/start", answer: "menu.menu.say"}) // the webhook may be set a moment before updates are taken
	poison := fmt.Sprintf(`{"update_id":515151,"message":{"chat":{"id":%d},"text":["王建国"]}}`, wang.id)
	if got := h.brings(t, "POST", freshSecret, bytes.NewReader([]byte(poison)), nil); got != 200 {
		t.Errorf("an update that cannot be read: %d, want 200", got)
	}
	wang.say(line{types: "/start", answer: "menu.menu.say"})
	if log := s.log.String(); strings.Contains(log, "王建国") || !strings.Contains(log, "update=515151") {
		t.Errorf("the log names the update alone, not what is in it:\n%s", log)
	}
}

// While the store is away nothing is confirmed, the resident hears whom to call,
// and what they said is handled once, when the store is back.
func TestRedisAwayByWebhook(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := stageFor(t, redis.url(), realTime)
	h := s.threshold()
	s.openAt(h, freshSecret)
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[:4]...)
	redis.kill()
	wang.say(line{label: lines[4].label, tap: lines[4].tap, types: lines[4].types, answer: "router.away"})
	if s.tg.Pending() == 0 {
		t.Error("an update was confirmed that nobody has stored")
	}
	if err := redis.run(); err != nil {
		t.Fatal(err)
	}
	wang.hears(lines[4].answer)
	wang.talk(lines[5:]...)
	s.settled()
	s.transcript(wang.id, slices.Insert(answers(lines), 4, "router.away")...)
	if !strings.Contains(s.metrics(), `powerdesk_webhook_answers_total{status="503"}`) {
		t.Error("no update was answered 503")
	}
}

// From polling to a webhook and back in the middle of a talk: what is said
// between two desks waits for the next one.
func TestSwitchingLosesNothing(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t), realTime)
	h := s.threshold()
	s.open()
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[0])
	turns := []func(){
		func() { s.halt(); wang.act(lines[1]); s.openAt(h, freshSecret) },
		func() { s.closeAt(h); wang.act(lines[2]); s.openAt(h, staleSecret, freshSecret) },
		func() { s.closeAt(h); wang.act(lines[3]); s.open() },
		func() { s.halt(); wang.act(lines[4]); s.open() },
	}
	for i, turn := range turns {
		turn()
		wang.hears(lines[i+1].answer)
	}
	wang.talk(lines[len(turns)+1:]...)
	s.settled()
	s.transcript(wang.id, answers(lines)...)
	if calls := s.tg.Calls("deleteWebhook"); len(calls) != 1 || calls[0].Params["drop_pending_updates"] == "true" {
		t.Errorf("deleteWebhook was called as %v, want once and without dropping", calls)
	}
}

// A webhook that cannot be set is tried again, and health says so meanwhile.
func TestWebhookThatIsRefused(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t), realTime)
	h := s.threshold()
	heal := s.tg.AddFault(demo.Fault{Method: "setWebhook", Status: 400, Description: "Bad Request: bad webhook: getting updates failed"})
	s.openAt(h, freshSecret)
	s.until("health tells it", func() bool {
		err := s.desk.hook.Check()
		return err != nil && strings.Contains(err.Error(), "the webhook is not set: ")
	})
	wang := s.resident(words.ZH)
	wang.types("/start")
	heal()
	wang.hears("menu.menu.say")
	s.until("health is well", func() bool { return s.desk.hook.Check() == nil })
}

// Two replicas behind one address receive in turn: a talk goes on from one to
// the other, and what both are brought is handled once.
func TestReplicasBehindOneWebhook(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	h := s.threshold()
	var fronts [2]http.Handler
	for i := range fronts {
		s.openAt(h, freshSecret)
		fronts[i] = s.desk.Front(s.setting.Clock, nil)
	}
	var calls atomic.Int64
	var both http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		first := int(calls.Add(1)) % 2
		for _, front := range []http.Handler{fronts[first], fronts[1-first]} {
			again := r.Clone(r.Context())
			again.Body = io.NopCloser(bytes.NewReader(body))
			answer := httptest.NewRecorder()
			front.ServeHTTP(answer, again)
			if answer.Code != http.StatusOK {
				w.WriteHeader(http.StatusServiceUnavailable) // Telegram brings it again
				return
			}
		}
	})
	h.front.Store(&both)
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines...)
	s.settled()
	// On a busy machine a store may be slow once; what counts is that no answer
	// comes twice.
	away := sentence(t, words.ZH, "router.away")
	said := slices.DeleteFunc(s.heard(wang.id), func(m demo.Message) bool { return away.MatchString(m.Text) })
	if len(said) != len(lines) {
		t.Errorf("%d answers to %d turns:\n%s", len(said), len(lines), s.screen(wang.id))
	}
	s.job(wang.number(), func(j *job.Job) bool { return len(j.Reports) == 1 })
}

// The program itself, killed in the middle of a talk: Telegram keeps what was
// not confirmed and brings it to the next one.
func TestKilledBehindAWebhook(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	listen := "127.0.0.1:" + port
	env := []string{"LISTEN_ADDR=" + listen, "WEBHOOK_URL=http://" + listen + "/hook", "WEBHOOK_SECRET=" + freshSecret + "," + staleSecret}
	s.secrets = append(s.secrets, freshSecret, staleSecret)
	first := s.serve(env...)
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[:5]...)
	first.kill()
	wang.act(lines[5])
	s.serve(env...)
	wang.hears(lines[5].answer)
	wang.talk(lines[6:]...)
	s.settled()
	s.job(wang.number(), func(j *job.Job) bool { return len(j.Reports) == 1 })
	if s.polled() {
		t.Error("the program polls beside its webhook")
	}
}
