package demo

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name, path string
		code       int
		text       string
	}{
		{"wrong token", "/bot1000001:wrong/getMe", 401, "Unauthorized"},
		{"no token", "/bot", 401, "Unauthorized"},
		{"wrong token of a file", "/file/bot1:x/photos/file_1.png", 401, "Unauthorized"},
		{"unknown method", "/bot" + token + "/getMee", 404, "Not Found: method not found"},
		{"no method", "/bot" + token, 404, "Not Found: method not found"},
		{"somewhere else", "/", 404, "Not Found"},
		{"unknown file", "/file/bot" + token + "/photos/file_99.png", 404, "Not Found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.http.URL+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			wantRefusal(t, must[answer](t)(do(req)), c.code, c.text)
		})
	}
}

func TestMethodNamesAreCaseInsensitive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var me wireMe
	w.send(t, "GETME").into(t, &me)
	want := wireMe{wireUser: wireUser{ID: 1000001, IsBot: true, FirstName: "吴桥供电", Username: "wuqiao_bot"}, CanJoinGroups: true}
	if me != want {
		t.Errorf("got %+v, want %+v", me, want)
	}
}

func TestParametersInEveryForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for name, value := range map[string]string{"chat_id": "11", "text": "hello"} {
		if err := parts.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, method, query, kind, body string }{
		{"query of a GET", "GET", "?chat_id=11&text=hello", "", ""},
		{"form", "POST", "", "application/x-www-form-urlencoded", "chat_id=11&text=hello"},
		{"JSON with a number", "POST", "", "application/json; charset=utf-8", `{"chat_id":11,"text":"hello","reply_markup":{"inline_keyboard":[]}}`},
		{"multipart", "POST", "", parts.FormDataContentType(), form.String()},
		{"query and form together", "POST", "?chat_id=11", "application/x-www-form-urlencoded", "text=hello"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := w.http.URL + "/bot" + token + "/sendMessage" + c.query
			req, err := http.NewRequestWithContext(t.Context(), c.method, url, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.kind != "" {
				req.Header.Set("Content-Type", c.kind)
			}
			var m wireMessage
			must[answer](t)(do(req)).into(t, &m)
			if m.Text != "hello" || m.Chat.ID != wang {
				t.Errorf("got %q in %d", m.Text, m.Chat.ID)
			}
		})
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := "chat_id=11&text=" + strings.Repeat("x", bodyLimit)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.http.URL+"/bot"+token+"/sendMessage", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	wantRefusal(t, must[answer](t)(do(req)), 413, "Request Entity Too Large")
}

func TestBrokenBodiesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ name, kind, body, want string }{
		{"JSON cut off", "application/json", `{"chat_id":11,`, "Bad Request: can't parse request body"},
		{"JSON array", "application/json", `[11]`, "Bad Request: can't parse request body"},
		{"multipart without its end", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n11", "Bad Request: can't parse request body"},
		{"bytes that are no UTF-8", "application/x-www-form-urlencoded", "chat_id=11&text=%ff%fe", "Bad Request: strings must be encoded in UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.http.URL+"/bot"+token+"/sendMessage", strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", c.kind)
			wantRefusal(t, must[answer](t)(do(req)), 400, c.want)
		})
	}
}

func TestZeroOptionsWork(t *testing.T) {
	t.Parallel()
	tg := New(Options{})
	t.Cleanup(tg.Close)
	tg.AddPerson(Person{ID: wang, Name: "Wang"})
	must[int](t)(tg.As(wang).Start(""))
	s := httptest.NewServer(tg.Handler())
	t.Cleanup(s.Close)
	for method, want := range map[string]string{"getMe": `"id":1000001`, "getUpdates": `"update_id":1,`} {
		resp, err := http.Get(s.URL + "/bot" + tg.Token() + "/" + method)
		try(t, err)
		body := must[[]byte](t)(io.ReadAll(resp.Body))
		try(t, resp.Body.Close())
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: got %s, want %s", method, body, want)
		}
	}
}
