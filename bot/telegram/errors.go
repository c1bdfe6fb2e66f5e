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
	Bug      Class = "bug"      // Telegram rejects what we wrote: send it plain, raise an alarm
	Refused  Class = "refused"  // the chat takes nothing now, for a reason of its own or one never heard: keep it, tell people
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

// Is says whether an error is a failed call of the class.
func Is(err error, class Class) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.Class == class
}

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
// (RELIABILITY §2 "Error classes", §6).
var rules = []struct {
	class Class
	code  int
	says  string
}{
	{Flood, 429, ""},
	{Flood, 420, ""},
	{Retarget, 0, "upgraded to a supergroup"},
	{Fatal, 400, "logged out"}, // the bot moves between API servers: as a refused token

	{Done, 400, "message is not modified"},
	{Done, 400, "message_not_modified"},
	{Done, 400, "message to delete not found"},
	{Done, 400, "query is too old"},
	{Done, 400, "query id is invalid"},
	{Done, 400, "query_id_invalid"},

	{Retry, 400, "temporarily unavailable"},

	{Missing, 400, "message to edit not found"},
	{Missing, 400, "message can't be edited"},
	{Missing, 400, "there is no text in the message to edit"},
	{Missing, 400, "there is no caption in the message to edit"},
	{Missing, 400, "message_id_invalid"},
	{Missing, 400, "message_not_found"},
	{Missing, 400, "wrong file identifier"},
	{Missing, 400, "wrong remote file identifier"},
	{Missing, 400, "file_reference_expired"},
	{Missing, 400, "user not found"},
	{Missing, 400, "member not found"},
	{Missing, 400, "participant_id_invalid"},
	{Missing, 400, "user_id_invalid"},

	{Gone, 403, "blocked by the user"},
	{Gone, 403, "user is deactivated"},
	{Gone, 403, "can't initiate conversation"},
	{Gone, 403, "can't send messages to"}, // bots, or the user themselves
	{Gone, 403, "bot was kicked"},
	{Gone, 403, "bot is not a member"},
	{Gone, 403, "was deleted"},
	{Gone, 400, "chat not found"},
	{Gone, 400, "peer_id_invalid"},
	{Gone, 400, "user is deactivated"},
	{Gone, 400, "user_deactivated"},
	{Gone, 400, "user_is_blocked"},
	{Gone, 400, "have no access to the user"},
	{Gone, 400, "bot is not a member"},
	{Gone, 400, "group chat was deactivated"},

	{Bug, 413, ""},

	{Fatal, 401, ""},
	{Fatal, 404, ""},
	{Fatal, 421, ""},
	{Retry, 408, ""},
	{Retry, 409, ""},
}

// aboutTheText are what Telegram says of a message that it cannot take, in
// whatever chat: the closed list of 400s that are the desk's own fault. One that
// is not here is taken for a state of the chat or of the bot, because to bury a
// danger's card for a reason that was misread is worse than to keep a bad one.
var aboutTheText = regexp.MustCompile(strings.Join([]string{
	`can't parse`, `entit`, `utf-?8`, `too long`, `too_long`, `too big`, `too much`, `too many`, `must be`, `is empty`, `are empty`, `isn't specified`, `not specified`,
	`button`, `keyboard`, `markup`, `url`, `webpage`, `parse_mode`, `photo`, `image`, `media`, `document`, `sticker`, `dimensions`, `file_part`, `file must`,
	`message can't be sent`, `text is `, `latitude`, `longitude`, `start_param`, `voice_messages_forbidden`, `can't use file of type`, `type of file mismatch`,
	`wrong type`, `wrong parameter`, `unsupported`,
}, "|"))

// aboutTheChat are those among them that name a medium or a button and are a
// state of the chat all the same: what may be sent there.
var aboutTheChat = regexp.MustCompile(`not enough rights|have no rights|chat_send_|need administrator`)

// classify never takes a refusal that it does not know for a bad text: a 4xx is
// Refused unless a rule or the closed list says otherwise. Everything else, 5xx
// and the network, is Retry.
func classify(code int, description string) Class {
	description = strings.ToLower(description)
	for _, r := range rules {
		if (r.code == 0 || r.code == code) && strings.Contains(description, r.says) {
			return r.class
		}
	}
	switch {
	case code < 400 || code >= 500:
		return Retry
	case code == 400 && aboutTheText.MatchString(description) && !aboutTheChat.MatchString(description):
		return Bug
	default:
		return Refused
	}
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
