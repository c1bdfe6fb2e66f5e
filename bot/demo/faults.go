package demo

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"
)

// Breakage is how a chosen call goes wrong.
type Breakage int

// The ways. Those that touch only the reply carry the call out when the fault says Deliver: then the desk cannot know that it worked.
const (
	// Refuse answers Status, Description, RetryAfter and MigrateTo. A RetryAfter also closes the scope: earlier calls are violations.
	Refuse Breakage = iota
	// Stall holds the call for Delay and then lets it go its ordinary way.
	Stall
	// Hang never answers: it ends when the caller gives up or the server closes.
	Hang
	// Disconnect closes the connection without an answer; with Deliver it is the lost reply.
	Disconnect
	// BadGateway answers 502 with a page of HTML.
	BadGateway
	// Truncate answers 200 with half of the JSON.
	Truncate
	// Garbage answers 200 with something that is no JSON.
	Garbage
	// Drip sends the reply in eight pieces with Delay between them.
	Drip
)

var breakageNames = [...]string{"refuse", "stall", "hang", "disconnect", "bad gateway", "truncate", "garbage", "drip"}

func (b Breakage) String() string { return breakageNames[b] }

// Fault is one line of the script: which calls, and what happens to them.
type Fault struct {
	// Method and Chat choose the calls; empty and 0 choose any.
	Method string
	Chat   int64
	// Skip lets so many chosen calls through first. Times is how many are broken then; 0 breaks all of them.
	Skip, Times int

	Kind    Breakage
	Deliver bool          // carry the call out before breaking its reply
	Delay   time.Duration // Stall, Drip

	// Of Refuse. Status defaults to 429 with a RetryAfter, else to 400; Description to the status' own words.
	Status      int
	Description string
	RetryAfter  int // seconds
	BotWide     bool
	MigrateTo   int64
}

type armedFault struct {
	Fault
	seen int
}

// AddFault adds a line to the script and returns what takes it away again. When several lines choose a call the oldest breaks it.
func (t *Telegram) AddFault(f Fault) (remove func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	armed := &armedFault{Fault: f}
	t.faults = append(t.faults, armed)
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.faults = slices.DeleteFunc(t.faults, func(other *armedFault) bool { return other == armed })
	}
}

// ClearFaults empties the script.
func (t *Telegram) ClearFaults() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = nil
}

// faultFor counts the call for every line that chooses it and returns the one that breaks it, or nil.
func (t *Telegram) faultFor(c *call) *Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	var first *Fault
	for _, f := range t.faults {
		if f.Method != "" && f.Method != c.method || f.Chat != 0 && f.Chat != c.int64("chat_id") {
			continue
		}
		f.seen++
		if nth := f.seen - f.Skip; first == nil && nth > 0 && (f.Times == 0 || nth <= f.Times) {
			first = &f.Fault
		}
	}
	return first
}

// misbehave answers a call as its fault says.
func (t *Telegram) misbehave(w http.ResponseWriter, r *http.Request, f *Fault, c *call, m method) {
	ctx := r.Context()
	switch f.Kind {
	case Refuse:
		t.refuse(f, c, m).write(w)
		return
	case Stall:
		if !t.pause(ctx, f.Delay) {
			panic(http.ErrAbortHandler)
		}
		t.carryOut(ctx, c, m, f.Kind.String()).write(w)
		return
	}
	out := reply{status: http.StatusOK, body: []byte(`{"ok":true}`)}
	if f.Deliver {
		out = t.carryOut(ctx, c, m, f.Kind.String())
	} else {
		t.recordUndone(c, f.Kind)
	}
	switch f.Kind {
	case Hang:
		select {
		case <-ctx.Done():
		case <-t.closed:
		}
		panic(http.ErrAbortHandler)
	case Disconnect:
		panic(http.ErrAbortHandler) // net/http closes the connection and says nothing
	case BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"))
	case Truncate:
		out.body = out.body[:len(out.body)/2]
		out.write(w)
	case Garbage:
		out.body = []byte("\x00\xff<!-- upstream -->")
		out.write(w)
	case Drip:
		t.drip(ctx, w, out, f.Delay)
	}
}

// refuse answers the scripted error without carrying the call out.
func (t *Telegram) refuse(f *Fault, c *call, m method) reply {
	unsaid := &apiError{code: http.StatusBadRequest, text: http.StatusText(cmp.Or(f.Status, http.StatusBadRequest))}
	if f.RetryAfter > 0 {
		unsaid = tooMany(f.RetryAfter)
	}
	e := &apiError{code: cmp.Or(f.Status, unsaid.code), text: cmp.Or(f.Description, unsaid.text)}
	if f.RetryAfter > 0 || f.MigrateTo != 0 {
		e.params = &errorParams{RetryAfter: f.RetryAfter, MigrateTo: f.MigrateTo}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if f.RetryAfter > 0 {
		t.shut(c, m.paced, f.BotWide, f.RetryAfter)
	}
	t.record(c, nil, e, f.Kind.String())
	return encode(nil, e)
}

func (t *Telegram) recordUndone(c *call, kind Breakage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record(c, nil, &apiError{text: "not carried out"}, kind.String())
}

// pause waits and tells whether the caller is still there.
func (t *Telegram) pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-t.after(d):
		return true
	case <-ctx.Done():
	case <-t.closed:
	}
	return false
}

func (t *Telegram) drip(ctx context.Context, w http.ResponseWriter, out reply, gap time.Duration) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(out.status)
	flush := http.NewResponseController(w)
	piece := len(out.body)/8 + 1
	for part := range slices.Chunk(out.body, piece) {
		if _, err := w.Write(part); err != nil || flush.Flush() != nil || !t.pause(ctx, gap) {
			return
		}
	}
}
