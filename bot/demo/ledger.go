package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"
)

// Call is one entry of the ledger: a call in the order in which the server dealt with it.
type Call struct {
	Seq    int               `json:"seq"` // from 1, without gaps
	At     time.Time         `json:"at"`
	Method string            `json:"method"`
	Chat   int64             `json:"chat,omitempty"`
	Params map[string]string `json:"params,omitempty"`
	// Result is what the call brought about, in Telegram's JSON; of getUpdates only the number of updates. Empty when it was refused.
	Result json.RawMessage `json:"result,omitempty"`
	// Code and Error are those of the refusal. A call that a fault kept from being carried out has Code 0 and an Error.
	Code  int    `json:"code,omitempty"`
	Error string `json:"error,omitempty"`
	// Fault names what the script did to the call or to its reply.
	Fault string `json:"fault,omitempty"`
}

// OK tells whether the call was carried out, whatever became of its reply.
func (c Call) OK() bool { return c.Error == "" }

// ledger keeps the last calls, and counts all of them. It is guarded by the server's lock.
type ledger struct {
	keep   int
	last   []entry
	seq    int
	counts map[string]int
}

// entry keeps the result as the server's own value, which is encoded only when somebody reads it.
type entry struct {
	Call
	result any
}

// record enters a call. The caller holds the lock in which the call was carried out, so the order of the ledger is the order of the world.
func (t *Telegram) record(c *call, result any, refused *apiError, fault string) {
	l := &t.ledger
	l.seq++
	l.counts[c.method]++
	if l.keep > 0 {
		e := entry{result: result, Call: Call{
			Seq: l.seq, At: t.clock.Now(), Method: c.method, Chat: c.int64("chat_id"), Params: c.params, Fault: fault,
		}}
		if refused != nil {
			e.Code, e.Error, e.result = refused.code, refused.text, nil
		}
		l.last = append(l.last[max(0, len(l.last)+1-l.keep):], e)
	}
	t.changed.fire()
}

// Count is how often a method was called since the server began, refused and broken calls included.
func (t *Telegram) Count(method string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ledger.counts[method]
}

// Counts is Count of every method that was called.
func (t *Telegram) Counts() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.ledger.counts)
}

// Calls lists the remembered calls of a method (empty: of all) in order.
func (t *Telegram) Calls(method string) []Call {
	var found []entry
	t.mu.Lock()
	for _, e := range t.ledger.last {
		if method == "" || e.Method == method {
			found = append(found, e)
		}
	}
	t.mu.Unlock()
	calls := make([]Call, len(found))
	for i, e := range found {
		calls[i] = e.read()
	}
	return calls
}

// read encodes the result. Results are this package's own values, so a failure to encode is a bug and panics.
func (e entry) read() Call {
	if e.result == nil {
		return e.Call
	}
	if d, ok := e.result.(described); ok {
		e.result = d.result
	}
	raw, err := json.Marshal(e.result)
	if err != nil {
		panic(fmt.Sprintf("encoding the result of %s: %v", e.Method, err))
	}
	e.Result = raw
	return e.Call
}
