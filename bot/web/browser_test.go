package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a test waits for the page to show something.
const patience = 30 * time.Second

// browser is the one Chromium of this test run; each test gets its own profile in it.
var browser struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if browser.cancel != nil {
		browser.cancel()
	}
	os.Exit(code)
}

// chromium starts the browser on first use. A machine without one skips the
// test and says so; with REQUIRE_REAL=1 it fails.
func chromium(t *testing.T) context.Context {
	t.Helper()
	browser.once.Do(func() {
		path, err := exec.LookPath("chromium")
		if err != nil {
			browser.err = err
			return
		}
		alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(),
			chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
			chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
		ctx, stopTab := chromedp.NewContext(alloc)
		browser.ctx = ctx
		browser.cancel = func() { stopTab(); stopAlloc() }
		browser.err = chromedp.Do(ctx)
	})
	if errors.Is(browser.err, exec.ErrNotFound) && os.Getenv("REQUIRE_REAL") != "1" {
		t.Skip("chromium is not installed; the page is not tested in a browser")
	}
	if browser.err != nil {
		t.Fatalf("starting chromium: %v", browser.err)
	}
	return browser.ctx
}

// screen is what the page is opened on.
type screen struct {
	width, height int64
	dark          bool
	touch         bool
	query         string
	hostile       bool // the desk sends what the page's policy has to refuse
}

var desktop = screen{width: 1600, height: 950}

// tab is the try-it page, open in the browser, with the fake desk behind it.
type tab struct {
	t    *testing.T
	ctx  context.Context
	desk *fakeDesk
	addr string
}

// open serves the page over a fake desk and loads it. The test fails when the
// page throws, breaks its own Content-Security-Policy, or asks another host.
func open(t *testing.T, fresh func() state, on screen) *tab {
	t.Helper()
	parent := chromium(t)
	desk := newFakeDesk(fresh)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := Server(Handler(Options{Try: desk}), quiet)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serving the page: %v", err)
		}
	}()
	t.Cleanup(func() { _ = server.Shutdown(context.Background()) })

	ctx, closeTab := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	t.Cleanup(cancel)
	p := &tab{t: t, ctx: ctx, desk: desk, addr: listener.Addr().String()}
	p.watch(on.hostile)
	theme := "light"
	if on.dark {
		theme = "dark"
	}
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: on.width, Height: on.height, DeviceScaleFactor: 1, Mobile: on.touch})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: on.touch})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
	p.do(chromedp.Navigate("http://" + p.addr + "/" + on.query))
	p.waitFor(`document.querySelectorAll('.phone').length > 0 && !!document.querySelector('[data-step]')`, "the phones lie on the table")
	return p
}

// watch fails the test for what must never happen on the page.
func (p *tab) watch(hostile bool) {
	p.t.Helper()
	err := chromedp.Listen(p.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			what := ev.ExceptionDetails.Text
			if thrown := ev.ExceptionDetails.Exception; thrown != nil {
				what += ": " + thrown.Description
			}
			p.t.Errorf("the page threw %s", what)
		case *log.EventEntryAdded:
			if ev.Entry.Source == log.EntrySourceSecurity && !hostile {
				p.t.Errorf("the browser refused: %s", ev.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if to, err := url.Parse(ev.Request.URL); err != nil || to.Host != p.addr {
				p.t.Errorf("the page asked %s, want only its own host", ev.Request.URL)
			}
		}
	})
	if err != nil {
		p.t.Fatalf("listening to the browser: %v", err)
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	call(p, runtime.Enable, cdp.Empty{})
}

// call sends one command of the browser's own protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// eval evaluates js in the page and returns its value as T.
func eval[T any](p *tab, js string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		p.t.Fatalf("evaluating %s: %v", js, err)
	}
	return value
}

// waitFor polls js until it is true; why says what was expected. An element
// that is not there yet, on which js fails, counts as "not yet".
func (p *tab) waitFor(js, why string) {
	p.t.Helper()
	_, err := chromedp.Run(p.ctx, chromedp.Poll[chromedp.Void]("(() => { try { return Boolean("+js+") } catch { return false } })()", chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(20*time.Millisecond)))
	if err != nil {
		p.t.Fatalf("waiting until %s: %v", why, err)
	}
}

// waitActs polls until the desk was told n things, and returns them.
func (p *tab) waitActs(n int) []act {
	p.t.Helper()
	deadline := time.After(patience)
	for {
		if acts := p.desk.done(); len(acts) >= n {
			return acts
		}
		select {
		case <-deadline:
			p.t.Fatalf("the desk was told %d things, want %d: %v", len(p.desk.done()), n, p.desk.done())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// click presses the middle of the element as a mouse does.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.waitFor(fmt.Sprintf(`document.querySelector(%s)?.getClientRects().length`, quoted(selector)), selector+" is there to be pressed")
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// keys types as a keyboard does, into whatever has the focus.
func (p *tab) keys(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		p.do(chromedp.KeyEvent(k))
	}
}

// write puts the focus into the field and types.
func (p *tab) write(selector, text string) {
	p.t.Helper()
	p.do(chromedp.Focus(chromedp.CSS(selector)), chromedp.KeyEvent(text))
}

// choose picks who holds the phone in a slot, as the list above it does.
func (p *tab) choose(slot string, user int64) {
	p.t.Helper()
	list := fmt.Sprintf(`[data-slot="%s"] select`, slot)
	eval[bool](p, fmt.Sprintf(`(() => { const s = document.querySelector('%s'); s.value = '%d'; return s.dispatchEvent(new Event('change')); })()`, list, user))
	p.waitFor(fmt.Sprintf(`document.querySelector('[data-slot="%s"]').dataset.viewer === '%d'`, slot, user), "the phone shows who was chosen")
}

// altDigit presses Alt and a number key.
func (p *tab) altDigit(n int) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(fmt.Sprint(n), chromedp.KeyModifiers(kb.ModifierAlt)))
}

// scrollTo scrolls an element's content as a reader does.
func scrollTo(selector string, top int) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%s).scrollTop = %d`, quoted(selector), top))
}

// text is what a person reads in the element.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return strings.TrimSpace(eval[string](p, fmt.Sprintf(`document.querySelector(%s)?.innerText ?? ''`, quoted(selector))))
}

// focused describes what has the focus, for messages of failing tests.
func (p *tab) focused() string {
	p.t.Helper()
	return eval[string](p, `document.activeElement.outerHTML.slice(0, 160)`)
}

// tabTo presses Tab until the element has the focus.
func (p *tab) tabTo(selector string) {
	p.t.Helper()
	for range 150 {
		if eval[bool](p, fmt.Sprintf(`document.activeElement.matches(%s)`, quoted(selector))) {
			return
		}
		p.keys(kb.Tab)
	}
	p.t.Fatalf("Tab never reached %s; the focus is at %s", selector, p.focused())
}

// phone is the selector of the phone on which the viewer has the chat open.
func phone(chatID, viewer int64) string {
	return fmt.Sprintf(`section[data-chat="%d"][data-viewer="%d"]`, chatID, viewer)
}

func quoted(text string) string {
	body, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(body)
}
