package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/county"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Options are what a Client needs. Those above the first gap must be set.
type Options struct {
	Token      Token
	May        func(method string) error            // asked before every call: an error is why there must be none now, and a Wait says for how long
	Flooded    func(method string, d time.Duration) // told of every 429 and its wait, before the call returns
	Chats      func() county.Chats                  // asked for every update, since a group's id may change
	Zone       *time.Location                       // of every Event's time
	Quarantine func(context.Context, Poison) error  // keeps what cannot be handled; an error is tried again
	Logger     *slog.Logger
	Clock      Clock

	Waiting func(context.Context, Update) error   // for Watch: told once of each update that waits while none can be stored; an error: not told yet
	APIURL  string                                // base address of the Bot API; default https://api.telegram.org
	Proxy   func(*http.Request) (*url.URL, error) // for Telegram only; default none

	Timeout  time.Duration                        // of one call; default 15 s
	LongPoll time.Duration                        // how long Telegram holds an empty getUpdates; whole seconds ≤ 50; default 25 s
	Parallel int                                  // how many chats are handled at once; default 64
	After    func(time.Duration) <-chan time.Time // default time.After
	Jitter   func() float64                       // in [0, 1); default math/rand
}

// Self is the bot as Telegram knows it.
type Self struct {
	ID       int64
	Username string // without the @
}

// Client calls the Bot API with one token. It is safe for concurrent use. Two
// HTTP clients keep polling and sending apart.
type Client struct {
	opts     Options // its Token is emptied
	token    func() string
	mask     func(string) string
	endpoint string
	polling  *http.Client
	sending  *http.Client
	me       atomic.Pointer[Self]
	lastPoll moment
	again    func(time.Duration) <-chan time.Time // when to ask although nothing was settled; time.After but in tests
	settled  atomic.Int64                         // the offset up to which all is settled; 0 = what Telegram has
}

// silence drops what the library prints. Its logger is one unguarded variable
// for the whole process, so it is set before anything can run.
type silence struct{}

func (silence) Println(...any)        {}
func (silence) Printf(string, ...any) {}

func init() { _ = tgbotapi.SetLogger(silence{}) }

// New checks the options and builds a Client. It calls nobody, so a desk starts
// while Telegram is out of reach. It fails on a token or an address that cannot
// be right; the error does not show them.
func New(opts Options) (*Client, error) {
	if !tokenForm.MatchString(string(opts.Token)) {
		return nil, errors.New("telegram: the token must look like 123456:ABC-def, as BotFather gives it")
	}
	format, err := endpoint(cmp.Or(opts.APIURL, "https://api.telegram.org"))
	if err != nil {
		return nil, errors.New("telegram: " + Mask(string(opts.Token))(err.Error()))
	}
	// The token lives in a closure: fmt prints unexported fields without asking
	// their methods.
	token := string(opts.Token)
	c := &Client{
		token:    func() string { return token },
		mask:     Mask(token),
		endpoint: format,
		polling:  newHTTPClient(opts.Proxy),
		sending:  newHTTPClient(opts.Proxy),
		again:    time.After,
	}
	c.opts = opts.withDefaults()
	return c, nil
}

func (o Options) withDefaults() Options {
	o.Token, o.APIURL = "", ""
	o.Timeout = cmp.Or(o.Timeout, 15*time.Second)
	o.LongPoll = cmp.Or(o.LongPoll, 25*time.Second)
	o.Parallel = cmp.Or(o.Parallel, 64)
	if o.After == nil {
		o.After = time.After
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return o
}

// Me gives the bot's own id and username. The first success is remembered.
func (c *Client) Me(ctx context.Context) (id int64, username string, err error) {
	if me := c.me.Load(); me != nil {
		return me.ID, me.Username, nil
	}
	var user tgbotapi.User
	if err := c.call(ctx, "getMe", nil, &user); err != nil {
		return 0, "", err
	}
	c.me.Store(&Self{ID: user.ID, Username: user.UserName})
	return user.ID, user.UserName, nil
}

// Leave takes the bot out of a group. To have left already is a success.
func (c *Client) Leave(ctx context.Context, chat int64) error {
	err := c.call(ctx, "leaveChat", tgbotapi.Params{"chat_id": number(chat)}, nil)
	if Is(err, Gone) {
		return nil
	}
	return err
}

// call carries out one method on the sending client, and reads the result into
// result unless that is nil.
func (c *Client) call(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	return c.exchange(&exchange{ctx: ctx, client: c.sending}, method, params, result)
}

// exchange runs the library over x. The library's value is made anew for each
// call: it has no context, and this is the way to give it one (RELIABILITY
// §1.6).
func (c *Client) exchange(x *exchange, method string, params tgbotapi.Params, result any) error {
	if err := c.opts.May(method); err != nil {
		return unmade(method, err)
	}
	bot := tgbotapi.BotAPI{Token: c.token(), Client: x}
	bot.SetAPIEndpoint(c.endpoint)
	var resp *tgbotapi.APIResponse
	var err error
	if x.files == nil {
		resp, err = bot.MakeRequest(method, params)
	} else {
		// The library writes the files into a pipe. Its writer ends because x reads
		// or closes the pipe whatever becomes of the call, and because x is reached:
		// New has checked the address (RELIABILITY §1.16).
		resp, err = bot.UploadFiles(method, params, x.files)
	}
	if err == nil && result != nil {
		err = json.Unmarshal(resp.Result, result)
	}
	if err == nil {
		return nil
	}
	failed := c.failure(method, x, err)
	if failed.Class == Flood {
		c.opts.Flooded(method, failed.RetryAfter)
	}
	return failed
}
