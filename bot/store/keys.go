package store

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
)

const (
	// openKeep bounds the life of a job that nobody touches any more, and of the
	// slots that show it. Every commit of the job renews it. The team's own word
	// lives as long: it names volunteers, and is renewed whenever one speaks.
	openKeep = 90 * 24 * time.Hour

	// longestKeep keeps a closed job from meeting the one that is given its
	// number a year later.
	longestKeep = 360 * 24 * time.Hour

	// numberKeep is far longer than an event of a day can be late and far
	// shorter than the year after which the day, and its numbers, come again.
	numberKeep = 14 * 24 * time.Hour

	// seenKeep is twice as long as Telegram keeps an undelivered update
	// (RELIABILITY §2: 24 h).
	seenKeep = 48 * time.Hour

	// deadKeep is how long it is remembered that a message was given up.
	deadKeep = 7 * 24 * time.Hour

	// rowsKeep is how long messages wait for a desk that is switched off. Whoever
	// leads renews it, and gives up what is older than outbox.MaxAge one by one.
	rowsKeep = 30 * 24 * time.Hour

	// timerKeep is how long a reminder that came due waits for a desk that is
	// switched off.
	timerKeep = 30 * 24 * time.Hour

	// fileKeep is how long a picture that was uploaded need not be uploaded again. It
	// is bounded so that the ids of drawings that were changed go one day.
	fileKeep = 180 * 24 * time.Hour

	// pauseKeep is the longest pause. Telegram has asked for 1400 s and the like
	// (RELIABILITY §5 A); a pause beyond a day is a mistake in the answer.
	pauseKeep = 24 * time.Hour
)

// family is one kind of key below the prefix of a desk.
type family struct {
	name string        // one that ends in ":" is followed by an id
	kind string        // what TYPE answers
	keep time.Duration // the longest it lives untouched; 0 = for ever, and nothing personal is in it
}

// families is the table of every key. The scripts get their key names, types
// and TTLs from it, so that there is no second one. What a document looks like says
// memory.go.
func families(keep county.Keep) []family {
	jobKeep := max(openKeep, keep.Job)
	return []family{
		{"root", "hash", 0},                  // desk, schema, bot, incarnation, given (the count of job numbers ever given), who leads: owner, term, until (by Redis's clock, in ms), and strange (how many commits that were not made for the term of their time have been); what every script looks at first
		{"session:", "string", keep.Session}, // by chat: a document
		{"job:", "string", jobKeep},          // by number: a document; openKeep while it is open, then Keep.Job
		{"team", "string", openKeep},         // a document: what volunteers said of their duty
		{"open", "zset", openKeep},           // numbers of open jobs, by when they are given up, in ms
		{"number:", "string", numberKeep},    // by day: the last job number given
		{"seen:", "hash", seenKeep},          // by bucket of events: op, space, no of each; begun (its last renewal, in ms)
		{"timers", "zset", timerKeep},        // names of reminders, by when they are due, in ms; lives timerKeep after the last
		{"reminders", "hash", timerKeep},     // name: chat, space, body; lives as long as timers
		{"moved", "hash", 0},                 // by a group's old id: its new one
		{"files", "hash", fileKeep},          // by a picture's name and content: Telegram's id of it
		{"log:", "stream", 0},                // by month: line, the body of a duty log line
		{"facts:", "stream", 0},              // by month: line, the body of a job that ended, in figures

		{"rows", "stream", rowsKeep},     // chat slot keep say: the messages to send, in the order of the commits; without say: what waits for the chat is to be forgotten
		{"dangers", "zset", rowsKeep},    // the entries of rows that are of that class
		{"tries", "hash", rowsKeep},      // by entry of a row: how many attempts failed
		{"dead", "zset", deadKeep},       // entry chat class reason of rows that were given up, by when that is forgotten, in ms
		{"slot:", "hash", jobKeep},       // by slot: chat and message (of the last ack), row (its entry)
		{"shown:", "string", jobKeep},    // by chat, slash, message: the slot that it shows
		{"set:", "zset", jobKeep},        // by set (members.go): its members, by their time, in ms
		{"broadcasts", "zset", rowsKeep}, // names of those that are not over, by when they were asked for, in ms
		{"broadcast:", "hash", rowsKeep}, // by name: set until zh en, and how far it is: score, last, told
		{"pauses", "zset", pauseKeep},    // scopes, by when the pause ends, in ms
	}
}

// deskKey is what the key of a desk may look like. A brace would end the hash
// tag, and the keys would scatter.
var deskKey = regexp.MustCompile(`^[a-z0-9-]+$`)

// botID is what the id of a bot looks like, if it is known.
var botID = regexp.MustCompile(`^\d*$`)

// prefix begins every key of a desk. What stands in the braces is all that a
// Redis Cluster hashes, so the keys of a desk share one slot.
func prefix(desk string) string { return "pd:{" + desk + "}:" }

// renew is how old a bucket of seen marks may grow before it is given a new
// life: what it is short of at most is taken from the half that seenKeep has to spare.
const renew = 6 * time.Hour

// render makes of a script's names what Lua runs, so that no call builds a table
// of them:
//
//	key.session     prefix and name      prefix .. 'session:'
//	ttl.session     in milliseconds      2592000000
//	renewal.seen    in milliseconds      21600000
//	unnumbered, this_schema, this_bot       as they are in Go
func render(script, bot string, table []family) string {
	words := map[string]string{
		"this_schema":  "'" + schema + "'",
		"this_bot":     "'" + bot + "'",
		"renewal.seen": fmt.Sprint(renew.Milliseconds()),
		"unnumbered":   "'" + job.Unnumbered + "'",
	}
	for _, f := range table {
		id := strings.TrimSuffix(f.name, ":")
		words["key."+id] = "prefix .. '" + f.name + "'"
		words["ttl."+id] = fmt.Sprint(f.keep.Milliseconds())
	}
	return rendered.ReplaceAllStringFunc(script, func(word string) string { return words[word] })
}

var rendered = regexp.MustCompile(`\b(?:key|ttl|renewal)\.\w+|\b(?:unnumbered|this_schema|this_bot)\b`)
