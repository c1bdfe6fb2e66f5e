package nemesis

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/demo"
)

// event is one line of the history. Kind says which of the fields it has.
//
//	person     Who is a resident, volunteer or stranger (What); Secrets are theirs
//	act        Who wrote Text, in answer to What
//	heard      Who read the sentence What, with a job's number if it names one
//	stuck      Who still waited for an answer to What when everything ended
//	press      Who pressed What of Job; ID names the press
//	toast      the press ID was answered with the sentence What
//	fault      the nemesis did What; heal: it took it back
//	death      What, a replica, ended as it should not
//	call       a line of the stand-in's ledger
//	early      a call that came inside the wait of a 429
//	output     Text that What has printed: a replica's log, or its metrics
//	job        what the desk knows of Job in the end
//	rest       what waited in the end
type event struct {
	At      time.Time     `json:"at"`
	Kind    string        `json:"kind"`
	Who     int64         `json:"who,omitempty"`
	What    string        `json:"what,omitempty"`
	Job     string        `json:"job,omitempty"`
	ID      int           `json:"id,omitempty"`
	Text    string        `json:"text,omitempty"`
	Secrets []string      `json:"secrets,omitempty"`
	Call    *demo.Call    `json:"call,omitempty"`
	Early   time.Duration `json:"early,omitempty"`
	Entries []entry       `json:"entries,omitempty"`
	Holders []int64       `json:"holders,omitempty"`
	Chats   []int64       `json:"chats,omitempty"` // who reported the job
	Waiting int           `json:"waiting,omitempty"`
}

// entry is a line of a job's own history.
type entry struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
	Who  int64     `json:"who,omitempty"`
}

// history collects events from everybody at once.
type history struct {
	mu     sync.Mutex
	events []event
	last   int // ID of presses
}

func (h *history) add(e event) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

// press notes a press and gives its ID.
func (h *history) press(who int64, action, job string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	h.events = append(h.events, event{At: time.Now(), Kind: "press", Who: who, What: action, Job: job, ID: h.last})
	return h.last
}

// count says how many events there are of a kind and, unless empty, of a name.
func count(events []event, kind, what string) int {
	n := 0
	for _, e := range events {
		if e.Kind == kind && (what == "" || e.What == what) {
			n++
		}
	}
	return n
}

// save writes the history and reads it back: the checker sees what is in the
// file and nothing else.
func (h *history) save(tb testing.TB) (path string, read []event) {
	tb.Helper()
	path = filepath.Join(tb.TempDir(), "history.jsonl")
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	buffered := bufio.NewWriter(file)
	out := json.NewEncoder(buffered)
	for _, e := range h.events {
		if err := out.Encode(e); err != nil {
			tb.Fatal(err)
		}
	}
	if err := buffered.Flush(); err != nil {
		tb.Fatal(err)
	}
	return path, load(tb, path)
}

// load reads a history.
func load(tb testing.TB, path string) (read []event) {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	for in := json.NewDecoder(bufio.NewReader(file)); in.More(); {
		var e event
		if err := in.Decode(&e); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
		read = append(read, e)
	}
	return read
}

// keepFile copies a history to where it outlives the test.
func keepFile(path string) string {
	kept, err := os.CreateTemp("", "nemesis-*.jsonl")
	if err != nil {
		return path
	}
	defer kept.Close()
	if raw, err := os.ReadFile(path); err != nil {
		return path
	} else if _, err := kept.Write(raw); err != nil {
		return path
	}
	return kept.Name()
}
