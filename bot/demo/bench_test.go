package demo

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// BenchmarkTurn measures what the server itself costs of a resident's turn: a message of the resident, its way through getUpdates, and the
// bot's answer with a reply keyboard. The bot of this benchmark only echoes; residents speak in turn from b.N chats at most 1 000 wide.
func BenchmarkTurn(b *testing.B) {
	tg := New(Options{Token: token, KeepCalls: -1})
	tg.keepMessages = 50
	b.Cleanup(tg.Close)
	const residents = 1000
	for id := int64(1); id <= residents; id++ {
		tg.AddPerson(Person{ID: id, Name: "R", Language: "zh-hans"})
	}
	s := httptest.NewServer(tg.Handler())
	b.Cleanup(s.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DialContext: (&net.Dialer{}).DialContext}}
	b.Cleanup(client.CloseIdleConnections)
	call := func(method string, form url.Values) string {
		resp, err := client.Post(s.URL+"/bot"+token+"/"+method, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		if err != nil {
			b.Error(err)
			return ""
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			b.Error(err)
		}
		return string(body)
	}
	ctx, cancel := context.WithCancel(b.Context())
	polled := make(chan struct{})
	go func() { // the desk's poll: it confirms, it does not read
		defer close(polled)
		for ctx.Err() == nil {
			call("getUpdates", url.Values{"offset": {strconv.Itoa(tg.lastUpdate())}, "timeout": {"1"}})
		}
	}()
	var turn atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := turn.Add(1)%residents + 1
			if _, err := tg.As(id).Send(id, "家里没电了"); err != nil {
				b.Error(err)
			}
			call("sendMessage", url.Values{
				"chat_id": {strconv.FormatInt(id, 10)}, "parse_mode": {"HTML"},
				"text":         {"<b>家里没电</b>\n左邻右舍有电吗？\n1 有电\n2 没电\n3 不知道"},
				"reply_markup": {`{"keyboard":[["1 有电","2 没电"],["3 不知道","☎ 找人"]],"is_persistent":true,"resize_keyboard":true}`},
			})
		}
	})
	b.StopTimer()
	cancel()
	if _, err := tg.As(1).Send(1, "wake"); err != nil {
		b.Error(err)
	}
	<-polled
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

func (t *Telegram) lastUpdate() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.queue.next - 1
}

// BenchmarkEdit measures one redraw of a card in a group of many messages.
func BenchmarkEdit(b *testing.B) {
	tg := New(Options{Token: token, KeepCalls: -1})
	tg.AddGroup(Group{ID: group, Title: "Duty", Supergroup: true, Bot: Administrator})
	sent := &call{method: "sendMessage", params: map[string]string{"chat_id": "-100", "text": "card"}}
	for range 4000 {
		if _, refused := tg.locked(sent, methods["sendmessage"], ""); refused != nil {
			b.Fatal(refused.text)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		edit := &call{method: "editMessageText", params: map[string]string{
			"chat_id": "-100", "message_id": "2000", "parse_mode": "HTML", "text": fmt.Sprintf("<b>Job 7</b>: %d reports", i),
			"reply_markup": `{"inline_keyboard":[[{"text":"✋ 我去 / Claim","callback_data":"1:claim:7:3"}]]}`,
		}}
		if _, refused := tg.locked(edit, methods["editmessagetext"], ""); refused != nil {
			b.Fatal(refused.text)
		}
	}
}
