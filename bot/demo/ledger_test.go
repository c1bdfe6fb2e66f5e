package demo

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.send(t, "setWebhook", "url", "")
	w.text(t, "11", "hello")
	w.send(t, "sendMessage", "chat_id", "21", "text", "hello?")
	w.updates(t)
	want := []Call{
		{Seq: 1, At: monday, Method: "setWebhook", Params: map[string]string{"url": ""}, Result: json.RawMessage(`true`)},
		{Seq: 2, At: monday, Method: "sendMessage", Chat: 11, Params: map[string]string{"chat_id": "11", "text": "hello"}},
		{Seq: 3, At: monday, Method: "sendMessage", Chat: 21, Params: map[string]string{"chat_id": "21", "text": "hello?"},
			Code: 403, Error: "Forbidden: bot can't initiate conversation with a user"},
		{Seq: 4, At: w.clock.Now(), Method: "getUpdates", Params: map[string]string{}, Result: json.RawMessage(`0`)},
	}
	got := w.Calls("")
	var sent wireMessage
	if err := json.Unmarshal(got[1].Result, &sent); err != nil || sent.Text != "hello" {
		t.Errorf("got result %s", got[1].Result)
	}
	got[1].Result = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	if !got[1].OK() || got[2].OK() {
		t.Error("want the second call carried out and the third refused")
	}
	if diff := cmp.Diff(map[string]int{"setWebhook": 1, "sendMessage": 2, "getUpdates": 1}, w.Counts()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if got := w.Calls("sendMessage"); len(got) != 2 || w.Count("sendMessage") != 2 {
		t.Errorf("got %d calls of sendMessage, want 2", len(got))
	}
}

func TestLedgerIsBounded(t *testing.T) {
	t.Parallel()
	for keep, want := range map[int][]int{3: {8, 9, 10}, 10: {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, -1: nil} {
		w := newWorld(t, func(o *Options) { o.KeepCalls = keep })
		for range 10 {
			w.send(t, "getMe")
		}
		var got []int
		for _, c := range w.Calls("") {
			got = append(got, c.Seq)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("keeping %d (-want +got):\n%s", keep, diff)
		}
		if n := w.Count("getMe"); n != 10 {
			t.Errorf("keeping %d: got a count of %d, want 10", keep, n)
		}
	}
}
