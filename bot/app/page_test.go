package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"powerdesk/bot/config"
	"powerdesk/flows/words"
)

// browser is the one Chromium of this test run; each test gets its own profile
// in it.
var browser struct {
	sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

func chromium(t *testing.T) context.Context {
	t.Helper()
	browser.Do(func() {
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
		browser.ctx, browser.cancel = ctx, func() { stopTab(); stopAlloc() }
		browser.err = chromedp.Do(ctx)
	})
	need(t, "chromium", browser.err)
	return browser.ctx
}

// page is the demo as `bot demo` runs it, open in a real browser.
type page struct {
	*testing.T
	ctx  context.Context
	lang words.Lang // of what is looked at
}

var pageAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// visit starts a demo of its own, set as a test wants it, and opens its page on a
// screen this wide. The test fails when the page throws, or the demo ends with an
// error.
func visit(t *testing.T, width int64, set ...func(*config.Config)) *page {
	t.Helper()
	parent := chromium(t)
	c, problems := config.Env{ListenAddr: "127.0.0.1:0", LogLevel: "error"}.Load(time.Now())
	if problems.Fatal() {
		t.Fatal(problems)
	}
	for _, change := range set {
		change(&c)
	}
	printed, out := io.Pipe()
	running, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- errors.Join(runDemo(running, c, Out{out}), out.Close()) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the demo ended with: %v", err)
		}
	})
	address := ""
	for lines := bufio.NewScanner(printed); address == "" && lines.Scan(); {
		address = pageAddress.FindString(lines.Text())
	}
	go io.Copy(io.Discard, printed)

	ctx, closeTab := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 6*patience)
	t.Cleanup(cancel)
	p := &page{T: t, ctx: ctx, lang: words.ZH}
	err := chromedp.Listen(ctx, func(ev any) {
		if thrown, ok := ev.(*runtime.EventExceptionThrown); ok {
			t.Errorf("the page threw %s", thrown.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = chromedp.Call(ctx, runtime.Enable, cdp.Empty{})
	p.must(err)
	_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride,
		emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600})
	p.must(err)
	p.must(chromedp.Do(ctx, chromedp.Navigate(address)))
	p.waitFor(`document.querySelectorAll('.phone').length > 0`, "the phones lie on the table")
	return p
}

func (p *page) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// waitFor polls js until it is true; why says what was expected. An element that
// is not there yet counts as "not yet".
func (p *page) waitFor(js, why string) {
	p.Helper()
	_, err := chromedp.Run(p.ctx, chromedp.Poll[chromedp.Void]("(() => { try { return Boolean("+js+") } catch { return false } })()",
		chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(20*time.Millisecond)))
	if err != nil {
		p.Fatalf("waiting until %s: %v\n%s", why, err, eval[string](p, `[...document.querySelectorAll('.phone')].map((s) => s.innerText).join('\n---\n')`))
	}
}

// eval evaluates js in the page and returns its value as T.
func eval[T any](p *page, js string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		p.Fatalf("evaluating %s: %v", js, err)
	}
	return value
}

// click presses the middle of the element as a mouse does. A card that is redrawn
// under the mouse is pressed again.
func (p *page) click(selector string) {
	p.Helper()
	for {
		p.waitFor(fmt.Sprintf(`document.querySelector(%s)?.getClientRects().length`, quoted(selector)), selector+" is there to be pressed")
		err := chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(selector)))
		if err == nil || !strings.Contains(err.Error(), "Could not find node") {
			p.must(err)
			return
		}
	}
}

// keys types as a keyboard does, into whatever has the focus.
func (p *page) keys(keys string) {
	p.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// tabTo presses Tab until the element has the focus.
func (p *page) tabTo(selector string) {
	p.Helper()
	for range 200 {
		if eval[bool](p, fmt.Sprintf(`document.activeElement.matches(%s)`, quoted(selector))) {
			return
		}
		p.keys(kb.Tab)
	}
	p.Fatalf("Tab never reached %s", selector)
}

// choose picks who holds the phone in a slot, as the list above it does.
func (p *page) choose(slot string, user int64) {
	p.Helper()
	p.waitFor(fmt.Sprintf(`(() => { const s = document.querySelector('[data-slot="%s"] select'); s.value = '%d'; s.dispatchEvent(new Event('change'));
		return s.closest('section').dataset.viewer === '%d'; })()`, slot, user, user), "the phone shows who was chosen")
}

// shown is the phone on which the viewer has the chat open.
func shown(chat, viewer int64) string {
	return fmt.Sprintf(`section[data-chat="%d"][data-viewer="%d"]`, chat, viewer)
}

// reads waits until the phone shows a message that says the sentence.
func (p *page) reads(phone string, l words.Lang, key string) {
	p.Helper()
	says := strings.ReplaceAll(sentence(p, l, key).String(), "(?s:.*?)", `[\s\S]*?`)
	p.waitFor(fmt.Sprintf(`[...document.querySelectorAll(%s)].some((m) => new RegExp(%s).test(m.innerText.replaceAll('\u00a0', ' ')))`,
		quoted(phone+" [data-message]"), quoted(says)), phone+" reads "+key)
}

// press clicks the newest inline button with these words.
func (p *page) press(phone string, l words.Lang, key string) {
	p.Helper()
	p.click(p.button(phone, l, key))
}

// button is the selector of the newest inline button with these words.
func (p *page) button(phone string, l words.Lang, key string) string {
	p.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((b) => b.innerText.trim() === %s).at(-1)`,
		quoted(phone+" [data-press]"), quoted(words.Plain(l, key, nil)))
	p.waitFor(find, phone+" has the button "+key)
	at := eval[[]string](p, `(() => { const b = `+find+`; return [b.closest('[data-message]').dataset.message, b.dataset.press]; })()`)
	return fmt.Sprintf(`%s [data-message="%s"] [data-press=%s]`, phone, at[0], quoted(at[1]))
}

func quoted(text string) string {
	body, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(body)
}
