package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// checkSecret fails when what somebody can see holds the token or its secret.
func checkSecret(t *testing.T, where, text string) {
	t.Helper()
	if strings.Contains(text, testSecret) {
		t.Errorf("%s shows the token: %s", where, text)
	}
}

// checkError looks at an error as a log, a debugger and an unwrapper would.
func checkError(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error: the case proves nothing")
	}
	for ; err != nil; err = errors.Unwrap(err) {
		checkSecret(t, "error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
	}
}

// The control: the library alone does show the token, so the searches below
// look for something that happens.
func TestTheLibraryAloneShowsTheToken(t *testing.T) {
	t.Parallel()
	bot := tgbotapi.BotAPI{Token: testToken, Client: &http.Client{}}
	bot.SetAPIEndpoint(deadAddress() + "/bot%s/%s")
	if _, err := bot.MakeRequest("getMe", nil); err == nil || !strings.Contains(err.Error(), testSecret) {
		t.Errorf("error %v: the library has become careful", err)
	}
}

func TestNoFailureShowsTheToken(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	encrypted := httptest.NewTLSServer(http.NotFoundHandler())
	encrypted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	t.Cleanup(encrypted.Close)

	answering := func(answer func(w http.ResponseWriter, r *http.Request)) string {
		return serve(t, func(w http.ResponseWriter, r *http.Request, _ string) { answer(w, r) }).URL
	}
	for name, address := range map[string]string{
		"connection refused":    deadAddress(),
		"no such host":          "https://telegram.invalid",
		"certificate not known": encrypted.URL,
		"TLS to a plain server": strings.Replace(httpOnly(t), "http://", "https://", 1),
		"TLS never answered":    "https://" + silent.Addr().String(),
		"address in bad format": "http://127.0.0.1:1/%25s%21/" + testToken,
		"hung":                  answering(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
		"connection closed":     answering(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		"unauthorized":          answering(func(w http.ResponseWriter, _ *http.Request) { refuse(w, 401, "Unauthorized", nil) }),
		"not found":             answering(func(w http.ResponseWriter, _ *http.Request) { refuse(w, 404, "Not Found", nil) }),
		"flood":                 answering(func(w http.ResponseWriter, _ *http.Request) { refuse(w, 429, "Too Many Requests", nil) }),
		"file refused":          answering(func(w http.ResponseWriter, _ *http.Request) { refuse(w, 400, "IMAGE_PROCESS_FAILED", nil) }),
		"description echoes":    answering(func(w http.ResponseWriter, r *http.Request) { refuse(w, 400, "no such path "+r.URL.Path, nil) }),
		"gateway page":          answering(func(w http.ResponseWriter, r *http.Request) { raw(w, 502, "text/html", "<p>"+r.URL.Path) }),
		"garbage":               answering(func(w http.ResponseWriter, r *http.Request) { raw(w, 200, "application/json", r.URL.Path) }),
		"redirect": answering(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/moved"+r.URL.Path, http.StatusFound)
		}),
		"redirect into nonsense": answering(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", ":"+r.URL.Path)
			w.WriteHeader(http.StatusFound)
		}),
		"answer breaks off": answering(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.WriteHeader(http.StatusOK)
		}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log logbook
			stumbled := make(chan struct{}, 8)
			c := connect(t, address, func(o *Options) {
				o.Timeout = 200 * time.Millisecond
				o.Logger = log.logger()
				o.After = func(time.Duration) <-chan time.Time {
					select {
					case stumbled <- struct{}{}:
					default:
					}
					return nil
				}
			})
			ctx := within(t)
			_, err := c.Send(ctx, hello())
			checkError(t, err)
			_, err = c.Send(ctx, Outgoing{Say: talk.Say{Chat: 1, Media: job.Attachment{Kind: job.Photo, FileID: "AgAC"}}})
			checkError(t, err)
			_, _, err = c.Upload(ctx, hello(), []byte("a picture"))
			checkError(t, err)
			checkError(t, c.Answer(ctx, talk.Toast{Callback: "1", Start: "details"}))
			checkError(t, c.SetCommands(ctx, CommandSet{}))
			checkError(t, c.Leave(ctx, 5))
			_, err = c.Member(ctx, 5, 6)
			checkError(t, err)
			_, _, err = c.Me(ctx)
			checkError(t, err)

			polling, stop := context.WithCancel(ctx)
			ended := make(chan error, 1)
			go func() { ended <- c.Poll(polling, func(context.Context, Update) error { return nil }) }()
			<-stumbled
			stop()
			checkError(t, <-ended)
			if !strings.Contains(log.String(), "poll failed") {
				t.Error("nothing was logged: the case proves nothing")
			}
			checkSecret(t, "log", log.String())
		})
	}
}

func TestAPanickingHandlerShowsNeitherTokenNorWords(t *testing.T) {
	t.Parallel()
	var log logbook
	poison := make(chan Poison, 1)
	server := serve(t, updatesOnce(fixture(t, "update", "text")))
	c := connect(t, server.URL, func(o *Options) {
		o.Logger = log.logger()
		o.Quarantine = func(_ context.Context, p Poison) error { poison <- p; return nil }
	})
	stop := startPolling(t, c, func(_ context.Context, u Update) error {
		panic(fmt.Errorf("post %s/bot%s/x: %s", server.URL, testToken, u.Event.Text))
	})
	p := <-poison
	stop()
	checkError(t, p.Err)
	checkSecret(t, "log", log.String())
	if !strings.Contains(log.String(), "update panics") || strings.Contains(log.String(), "三里庄") || strings.Contains(p.Err.Error(), "三里庄") {
		t.Errorf("log and error: %s %v", log.String(), p.Err)
	}
}

func TestNoValuePrintsTheToken(t *testing.T) {
	t.Parallel()
	opts := Options{Token: testToken, APIURL: "http://127.0.0.1:1"}
	c := connect(t, opts.APIURL, nil)
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		for _, value := range []any{
			opts, &opts, opts.Token, &opts.Token, c, poller{failures: failures{Client: c}}, &poller{failures: failures{Client: c}}, &exchange{client: c.sending},
			Self{}, Env{}, Update{}, Poison{}, Outgoing{}, Error{}, CommandSet{}, parcel{}, request{},
			struct{ Deep []Token }{[]Token{testToken}},
		} {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
				checkSecret(t, fmt.Sprintf("%T as %s", value, verb), fmt.Sprintf(verb, value))
			}
			slog.New(handler).Info("value", "it", value)
		}
	}
	checkSecret(t, "log", log.String())
	encoded, err := json.Marshal(map[string]any{"token": opts.Token})
	if err != nil {
		t.Fatal(err)
	}
	checkSecret(t, "JSON", string(encoded))
}

func TestNewRefusesWhatCannotBeRightWithoutShowingIt(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string]Options{
		"no token":               {},
		"token with a path":      {Token: testToken + "/../x"},
		"token with a line":      {Token: testToken + "\n"},
		"token with a percent":   {Token: testToken + "%s"},
		"no secret":              {Token: "7001112223:"},
		"no scheme":              {Token: testToken, APIURL: "api.telegram.org/bot" + testToken},
		"control character":      {Token: testToken, APIURL: "https://api.telegram.org/\x7f" + testToken},
		"bad escape":             {Token: testToken, APIURL: "https://api.telegram.org/%zz" + testToken},
		"token as user":          {Token: testToken, APIURL: "https://" + testToken + "@api.telegram.org"},
		"token in the query":     {Token: testToken, APIURL: "https://api.telegram.org?t=" + testToken},
		"token as host":          {Token: testToken, APIURL: "http://" + testSecret + ".example.org"},
		"plain HTTP in the open": {Token: testToken, APIURL: "http://api.telegram.org"},
		"plain HTTP to an IP":    {Token: testToken, APIURL: "http://149.154.167.220"},
		"another scheme":         {Token: testToken, APIURL: "ftp://127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := New(opts)
			checkError(t, err)
		})
	}
}

func TestNewTakesEveryAddressThatKeepsTheTokenHome(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "https://api.telegram.org", "https://gateway.example.org/telegram/", "http://127.0.0.1:8081", "http://[::1]:8081",
		"http://localhost:8081", "http://bot-api:8081", "http://192.168.3.7:8081",
	} {
		if _, err := New(Options{Token: testToken, APIURL: address}); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// An address with a path and a percent sign survives the library's Sprintf.
func TestTheAddressMayHaveAPath(t *testing.T) {
	t.Parallel()
	paths := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths <- r.URL.EscapedPath()
		succeed(w, map[string]any{"message_id": 1})
	}))
	t.Cleanup(server.Close)
	if _, err := connect(t, server.URL+"/tele%20gram/", nil).Send(within(t), hello()); err != nil {
		t.Fatal(err)
	}
	if got, want := <-paths, "/tele%20gram/bot"+testToken+"/sendMessage"; got != want {
		t.Errorf("called %s, want %s", got, want)
	}
}

func TestMaskWriterMasksWhateverIsLogged(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	_, leak := (&http.Client{}).Get(deadAddress() + "/bot" + testToken + "/getMe")
	for _, handler := range []slog.Handler{
		slog.NewTextHandler(MaskWriter(&out, testToken), nil),
		slog.NewJSONHandler(MaskWriter(&out, testToken), nil),
	} {
		log := slog.New(handler).With("with", testToken)
		log.Info("message "+testToken, "err", leak, "escaped", url.QueryEscape(testToken), "bytes", []byte(testToken),
			"group", slog.GroupValue(slog.String("deep", testToken)), "struct", struct{ T *string }{new(testToken)})
	}
	checkSecret(t, "log", out.String())
	if n := strings.Count(out.String(), "\n"); n != 2 || !strings.Contains(out.String(), "***") {
		t.Errorf("%d lines: %s", n, out.String())
	}

	n, err := MaskWriter(&out, testToken).Write([]byte(testToken))
	if n != len(testToken) || err != nil {
		t.Errorf("wrote %d, %v", n, err)
	}
	closed, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	if _, err := MaskWriter(closed, testToken).Write([]byte("x")); err == nil {
		t.Error("a failed write is not told")
	}
}

func TestMaskLeavesOtherWordsAlone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ token, in, want string }{
		{testToken, "bot" + testToken + "/getMe", "bot***/getMe"},
		{testToken, "only " + testSecret, "only ***"},
		{"1000001:demo", "the demo of 1000001:demo", "the demo of ***"},
		{"", "no token", "no token"},
	} {
		if got := Mask(test.token)(test.in); got != test.want {
			t.Errorf("Mask(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}
