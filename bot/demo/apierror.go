package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// apiError is a refusal in Telegram's form. Its texts are Telegram's own, because the desk sorts errors by them (RELIABILITY §2, error classes).
type apiError struct {
	code   int
	text   string
	params *errorParams
}

type errorParams struct {
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

// refuse ends a method with a refusal, from however deep inside it. It is a panic that caught turns into the answer, as encoding/json does with
// what it meets deep inside a value: so a method reads as what it does when there is nothing to refuse.
func refuse(e *apiError) { panic(e) }

// caught lets do run to its end, where it gives nil, or to where something in it refuses.
func caught(do func()) (refused *apiError) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *apiError:
			refused = r
		default:
			panic(r)
		}
	}()
	do()
	return nil
}

func badRequest(format string, args ...any) *apiError {
	return &apiError{code: http.StatusBadRequest, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(text string) *apiError {
	return &apiError{code: http.StatusForbidden, text: "Forbidden: " + text}
}

func conflict(text string) *apiError {
	return &apiError{code: http.StatusConflict, text: "Conflict: " + text}
}

func tooMany(seconds int) *apiError {
	return &apiError{
		code:   http.StatusTooManyRequests,
		text:   "Too Many Requests: retry after " + strconv.Itoa(seconds),
		params: &errorParams{RetryAfter: seconds},
	}
}

func errUpgraded(to int64) *apiError {
	e := badRequest("group chat was upgraded to a supergroup chat")
	e.params = &errorParams{MigrateTo: to}
	return e
}

var (
	errUnauthorized  = &apiError{code: http.StatusUnauthorized, text: "Unauthorized"}
	errNotFound      = &apiError{code: http.StatusNotFound, text: "Not Found"}
	errUnknownMethod = &apiError{code: http.StatusNotFound, text: "Not Found: method not found"}
	errTooLarge      = &apiError{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	errEncoding      = badRequest("strings must be encoded in UTF-8")
	errChatNotFound  = badRequest("chat not found")
	errNotModified   = badRequest("message is not modified: specified new message content and reply markup are exactly the same as a " +
		"current content and reply markup of the message")
	errQueryTooOld = badRequest("query is too old and response timeout expired or query ID is invalid")
)

// described is a result that comes with a sentence, as those of setWebhook and deleteWebhook do.
type described struct {
	result any
	text   string
}

// reply is one answer on the wire: an HTTP status and a whole JSON body.
type reply struct {
	status     int
	body       []byte
	retryAfter int
}

type envelope struct {
	OK          bool         `json:"ok"`
	Result      any          `json:"result,omitempty"`
	ErrorCode   int          `json:"error_code,omitempty"`
	Description string       `json:"description,omitempty"`
	Parameters  *errorParams `json:"parameters,omitempty"`
}

// encode writes a result or a refusal. Every result is made of this package's own types, so a failure to encode is a bug and panics.
func encode(result any, e *apiError) reply {
	out := reply{status: http.StatusOK}
	env := envelope{OK: true, Result: result}
	if d, ok := result.(described); ok {
		env.Result, env.Description = d.result, d.text
	}
	if e != nil {
		env = envelope{ErrorCode: e.code, Description: e.text, Parameters: e.params}
		out.status = e.code
		if e.params != nil {
			out.retryAfter = e.params.RetryAfter
		}
	}
	body, err := json.Marshal(env)
	if err != nil {
		panic(fmt.Sprintf("encoding a reply: %v", err))
	}
	out.body = body
	return out
}

// write sends the reply as Telegram does; a 429 repeats retry_after as the Retry-After header (RELIABILITY §1.15).
func (r reply) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(r.body)))
	if r.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(r.retryAfter))
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body) // the caller has gone: there is nobody left to tell
}
