package benchmark

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// message is what a bot has sent to a chat, as the wire has it.
type message struct{ text, markup string }

// standin answers the methods of the Bot API that a bot needs for talks, and
// costs next to nothing, so that what is measured is the bot. It keeps no
// history, knows no limits but a 429 that it is told to give, and never fails.
type standin struct {
	*httptest.Server
	latency time.Duration // until a call is answered; what is sent is read when it is answered
	polled  chan struct{} // closed with the first getUpdates: the bot hears
	calls   atomic.Int64  // without polls
	last    atomic.Int64  // the last message id
	hears   sync.Once

	mu      sync.Mutex
	updates []update
	given   int                    // the last update's id
	news    chan struct{}          // closed and made anew when an update comes
	phones  map[int64]chan message // of the residents
	floods  map[int64]bool         // chats to which every call is a 429 for an hour
}

type update struct {
	id   int
	json []byte
}

func startStandin(tb testing.TB, latency time.Duration) *standin {
	s := &standin{
		latency: latency, polled: make(chan struct{}), given: 1000,
		news: make(chan struct{}), phones: map[int64]chan message{}, floods: map[int64]bool{},
	}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	tb.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

// phone gives the channel of what is sent to a resident.
func (s *standin) phone(chat int64) chan message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phones[chat] == nil {
		s.phones[chat] = make(chan message, 8)
	}
	return s.phones[chat]
}

// flood refuses all that is sent to a chat from now on.
func (s *standin) flood(chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.floods[chat] = true
}

// push lets a resident say something; content is the JSON of what.
func (s *standin) push(chat int64, content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given++
	s.updates = append(s.updates, update{s.given, fmt.Appendf(nil,
		`{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private","first_name":"王桂兰"},`+
			`"from":{"id":%d,"is_bot":false,"first_name":"王桂兰","language_code":"zh-hans"},%s}}`,
		s.given, s.last.Add(1), time.Now().Unix(), chat, chat, content)})
	close(s.news)
	s.news = make(chan struct{})
}

// pending is how many updates no poll has confirmed.
func (s *standin) pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

func (s *standin) serve(w http.ResponseWriter, r *http.Request) {
	method := path.Base(r.URL.Path)
	chat, _ := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
	if method == "getUpdates" {
		batch := s.poll(r)
		time.Sleep(s.latency)
		w.Write(batch)
		return
	}
	s.calls.Add(1)
	time.Sleep(s.latency)
	s.mu.Lock()
	phone, flooded := s.phones[chat], s.floods[chat]
	s.mu.Unlock()
	if flooded {
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3600","parameters":{"retry_after":3600}}`)
		return
	}
	switch method {
	case "getMe":
		fmt.Fprint(w, `{"ok":true,"result":{"id":1000001,"is_bot":true,"first_name":"Desk","username":"wuqiao_desk_bot"}}`)
	case "getWebhookInfo":
		fmt.Fprint(w, `{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}`)
	case "sendMessage", "sendPhoto":
		fmt.Fprintf(w, `{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},`+
			`"photo":[{"file_id":"a","file_unique_id":"b","width":640,"height":480}]}}`,
			s.last.Add(1), time.Now().Unix(), chat)
		if phone != nil {
			select {
			case phone <- message{r.FormValue("text") + r.FormValue("caption"), r.FormValue("reply_markup")}:
			default: // nobody looks at this phone any more
			}
		}
	default:
		fmt.Fprint(w, `{"ok":true,"result":true}`)
	}
}

// poll is getUpdates: it confirms what comes before the offset, and waits until
// there is something to give.
func (s *standin) poll(r *http.Request) []byte {
	s.hears.Do(func() { close(s.polled) })
	offset, _ := strconv.Atoi(r.FormValue("offset"))
	hold, _ := strconv.Atoi(r.FormValue("timeout"))
	end := time.After(time.Duration(hold) * time.Second)
	for {
		s.mu.Lock()
		for len(s.updates) > 0 && s.updates[0].id < offset {
			s.updates = s.updates[1:]
		}
		batch, news := s.updates[:min(len(s.updates), 100)], s.news
		s.mu.Unlock()
		if len(batch) > 0 {
			return list(batch)
		}
		select {
		case <-news:
		case <-end:
			return list(nil)
		case <-r.Context().Done():
			return list(nil)
		}
	}
}

func list(batch []update) []byte {
	var b bytes.Buffer
	b.WriteString(`{"ok":true,"result":[`)
	for i, u := range batch {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(u.json)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}
