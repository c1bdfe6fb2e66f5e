package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Class says what to do about a failed call (RELIABILITY §2).
type Class string

// The classes.
const (
	Flood    Class = "flood"    // too fast: pause what was called for RetryAfter
	Retry    Class = "retry"    // nobody's fault: the same call again, later
	Retarget Class = "retarget" // the group has a new id: Migrate
	Gone     Class = "gone"     // the recipient cannot be reached: do not retry
	Done     Class = "done"     // it is already as it should be: a success
	Missing  Class = "missing"  // what was to be edited, looked up or sent again is not there
	Bug      Class = "bug"      // Telegram rejects what we sent: send it plain, raise an alarm
	Fatal    Class = "fatal"    // the token or the address is wrong: stop, keep everything
)

// Error is a failed call. Every error of a method of Client that called
// Telegram is an *Error. It holds neither the token nor the text that was sent.
type Error struct {
	Class       Class
	Method      string
	Code        int           // Telegram's code, or the HTTP status; 0 = no answer came
	Description string        // Telegram's words, or those of the network
	RetryAfter  time.Duration // of a Flood: how long to stay away, never 0
	Migrate     int64         // of a Retarget: the new chat id; 0 when Telegram did not tell
	Ambiguous   bool          // Telegram may have carried the call out all the same
	ended       error         // context.Canceled or context.DeadlineExceeded
}

// Error gives the error as one line.
func (e *Error) Error() string {
	return fmt.Sprintf("telegram %s: %s (%d): %s", e.Method, e.Class, e.Code, e.Description)
}

// Unwrap gives context.Canceled or context.DeadlineExceeded when that ended the
// call, else nil. Errors of the network are not passed on: they hold the URL,
// and that holds the token.
func (e *Error) Unwrap() error { return e.ended }

// Wait is why a call must not be made now: for so long Telegram wants none of
// its method, as a 429 has told this process or another one.
type Wait time.Duration

func (w Wait) Error() string { return "a 429 says to wait for " + time.Duration(w).String() }

// unmade is the failure of a call that was not made because there may be none.
func unmade(method string, why error) *Error {
	e := &Error{Class: Retry, Method: method, Description: why.Error()}
	if wait, ok := errors.AsType[Wait](why); ok {
		e.Class, e.RetryAfter = Flood, time.Duration(wait)
	}
	return e
}

// rules sorts what Telegram says into classes. The first rule that fits counts;
// code 0 fits every code, and says is looked for without regard to case
// (RELIABILITY §2, "Error classes").
var rules = []struct {
	class Class
	code  int
	says  string
}{
	{Flood, 429, ""},
	{Retarget, 0, "upgraded to a supergroup"},

	{Done, 400, "message is not modified"},
	{Done, 400, "message to delete not found"},
	{Done, 400, "query is too old"},
	{Done, 400, "query id is invalid"},

	{Missing, 400, "message to edit not found"},
	{Missing, 400, "message can't be edited"},
	{Missing, 400, "there is no text in the message to edit"},
	{Missing, 400, "there is no caption in the message to edit"},
	{Missing, 400, "message_id_invalid"},
	{Missing, 400, "wrong file identifier"},
	{Missing, 400, "wrong remote file identifier"},
	{Missing, 400, "file_reference_expired"},
	{Missing, 400, "user not found"},
	{Missing, 400, "member not found"},
	{Missing, 400, "participant_id_invalid"},
	{Missing, 400, "user_id_invalid"},

	{Gone, 403, ""},
	{Gone, 400, "chat not found"},
	{Gone, 400, "peer_id_invalid"},
	{Gone, 400, "user is deactivated"},
	{Gone, 400, "bot is not a member"},
	{Gone, 400, "group chat was deactivated"},
	{Gone, 400, "not enough rights"},
	{Gone, 400, "have no rights"},
	{Gone, 400, "chat_write_forbidden"},

	{Bug, 400, ""},
	{Bug, 413, ""},

	{Fatal, 401, ""},
	{Fatal, 404, ""},
	{Fatal, 421, ""},
}

// classify gives Retry for everything else: 5xx, 409, the network.
func classify(code int, description string) Class {
	description = strings.ToLower(description)
	for _, r := range rules {
		if (r.code == 0 || r.code == code) && strings.Contains(description, r.says) {
			return r.class
		}
	}
	return Retry
}

// floodDefault is how long a Flood lasts for which Telegram named no time, and
// floodMost bounds one that it did name.
const (
	floodDefault = 5 * time.Second
	floodMost    = 24 * time.Hour
)

// quoted finds what Telegram quotes in a description: pieces of our own text,
// and so perhaps of what a person wrote.
var quoted = regexp.MustCompile(`"[^"]*"`)

// failure turns what the library and the network said about a call into an
// *Error.
func (c *Client) failure(method string, x *exchange, err error) *Error {
	e := &Error{Method: method, Code: x.status, RetryAfter: x.retryAfter}
	said := err.Error()
	if api, ok := errors.AsType[*tgbotapi.Error](err); ok {
		e.Code = cmp.Or(api.Code, x.status)
		e.Migrate = api.MigrateToChatID
		if api.RetryAfter > 0 {
			// The cap comes before the multiplication: a forged number overflows.
			e.RetryAfter = time.Duration(min(api.RetryAfter, int(floodMost/time.Second))) * time.Second
		}
	} else if x.status != 0 {
		said = "the answer is not the Bot API's: " + said
	}
	e.Class = classify(e.Code, said)
	switch {
	case e.Migrate != 0:
		e.Class = Retarget
	case e.Class == Flood:
		e.RetryAfter = min(cmp.Or(e.RetryAfter, floodDefault), floodMost)
	default:
		e.RetryAfter = 0
	}
	// A call is refused with 4xx before it has an effect. With no answer, with
	// 5xx and with an unreadable answer it may have had one, if it was sent.
	e.Ambiguous = x.wrote.Load() && (e.Code < 400 || e.Code >= 500)
	e.Description = quoted.ReplaceAllString(c.mask(said), `"…"`)
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			e.ended = end
		}
	}
	return e
}
