package talk

import (
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// EventKind says which fields of an Event are filled.
type EventKind string

// The kinds of Event. Text is also what a press on a reply keyboard sends.
const (
	Text     EventKind = "text"     // Text
	Command  EventKind = "command"  // Command, Text = its arguments
	Press    EventKind = "press"    // Press, Callback: an inline button
	Attach   EventKind = "attach"   // Media; Text = its caption
	Pinned   EventKind = "pinned"   // Pin: a shared location
	Contact  EventKind = "contact"  // Phone; Foreign when it is not the sender's own card
	Other    EventKind = "other"    // a sticker, a dice, a poll …: nothing the desk can use
	Edited   EventKind = "edited"   // Text: an old message was changed; never an answer
	Found    EventKind = "found"    // Finding: the answer to a Lookup
	Due      EventKind = "due"      // Timer: a Remind came due
	Added    EventKind = "added"    // the bot was put into a group
	Blocked  EventKind = "blocked"  // the person blocked the bot, or unblocked it (Text "no")
	Departed EventKind = "departed" // From left or was removed from the group Chat
	Failed   EventKind = "failed"   // Lost: a message that From wrote could not be delivered

	Delivered EventKind = "delivered" // Lost: a message that the flows asked to Confirm was delivered
)

// ChatKind says who is in the chat an event came from.
type ChatKind string

// The kinds of chat. The caller decides by numeric id, never by title: a group
// that merely looks like the duty group is Foreign (RELIABILITY R8).
const (
	Private ChatKind = "private"
	Duty    ChatKind = "duty"
	Hall    ChatKind = "hall"
	Leader  ChatKind = "leader"
	Foreign ChatKind = "foreign"
)

// Chat is where an event came from.
type Chat struct {
	ID   int64
	Kind ChatKind
}

// Person is who an event came from.
type Person struct {
	ID     int64      // Telegram's numeric id: the only identity the desk trusts
	Name   string     // cleaned for display, at most 32 characters
	Lang   words.Lang // the language of the person's Telegram, zh or en
	Member bool       // a member of the duty group, checked for this very press or command
	Clerk  bool       // a member of the hall's group, checked for this very press
}

// Event is one thing that happened. It carries its own time and randomness, so
// that a Step can be repeated and gives the same answer.
type Event struct {
	ID       string    // identifies the event for ever: a repeat changes nothing
	At       time.Time // when it happened, in the desk's time zone
	Kind     EventKind
	Chat     Chat
	From     Person
	Text     string // cleaned: no control, bidi or stacked marks; at most 4096 characters
	Cut      bool   // Text was longer and has been cut
	Command  string // without the slash, lower case
	ReplyTo  int    // Telegram's id of the message that this one replies to; 0 = none
	Replied  string // the slot of the desk's that it shows; "" = none that is known
	Press    Button // what an inline button carried; zero when it could not be read
	Callback string // Telegram's id of the press, to be answered with a Toast
	Media    job.Attachment
	Pin      county.Pin
	Phone    string // as typed or shared, digits and a leading + only
	Foreign  bool   // the contact card is somebody else's
	Finding  Finding
	Timer    Remind
	Lost     Say
	Token    string // 16 random characters A-Za-z0-9_- or more, fresh for each event
}

// LookupKind names a question the flows ask of the world outside.
type LookupKind string

// The questions. PlannedHere: is an outage planned at Place at that time?
// KnownHere: is there already an open job for the same outage? OpenJobs: every
// job that is not over. LogLines: the duty log since At, and every open job.
// Facts: the jobs that ended since At, in figures, and every open one.
// JoinedCount: how many joined the Job?
// TopUpsTonight: every job for which the hall was asked within the day before At.
const (
	PlannedHere   LookupKind = "planned"
	KnownHere     LookupKind = "known"
	OpenJobs      LookupKind = "open"
	LogLines      LookupKind = "log"
	TopUpsTonight LookupKind = "topups"
	JoinedCount   LookupKind = "joined"
	Facts         LookupKind = "facts"
)

// Finding answers a Lookup. Answer is the id of the step's answer to take:
// "none" when there is nothing.
type Finding struct {
	Kind   LookupKind
	Answer string
	Args   words.Args // what the sentence of the next step may name
	N      int        // JoinedCount
	Jobs   []*job.Job // OpenJobs, LogLines, TopUpsTonight, KnownHere: by number; never changed
	Lines  []Log      // LogLines: the oldest first
	Facts  []job.Fact // Facts: the oldest first, of each number the last
}

// JobMeant is the number of the job that a command speaks of: written behind it, or
// on the card that it replies to.
func (e Event) JobMeant() string {
	if no := strings.TrimSpace(e.Text); no != "" {
		return no
	}
	for part := range strings.SplitSeq(e.Replied, "/") { // "job/1123-07", "details/1123-07/42"
		if strings.Contains(part, "-") {
			return part
		}
	}
	return ""
}
