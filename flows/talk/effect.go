package talk

import (
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// Effect is something the flows want done. Effects are plain data: they can be
// compared, printed in a transcript and stored.
type Effect interface{ effect() }

// Class orders what waits in the outbox: a lower class leaves first
// (DESIGN §4).
type Class int

// The classes. A Danger message is never held back by the desk's own limits.
const (
	Danger Class = iota
	CardClass
	AnswerClass
	EditClass
	AnnounceClass
	BroadcastClass // of every Broadcast: below all else
)

// Say sends a message. With a Slot it is a Show: the first one in a slot sends,
// later ones edit that message, and of several that still wait only the newest
// counts. Text is Telegram's HTML with every foreign word escaped.
type Say struct {
	Chat    int64          `json:"chat"`
	Slot    string         `json:"slot,omitempty"` // "job/1123-07", "details/1123-07/42/0.1"
	Text    string         `json:"text"`
	Keys    [][]Key        `json:"keys,omitempty"`    // the reply keyboard of a resident
	Buttons [][]Inline     `json:"buttons,omitempty"` // inline buttons of a card
	Media   job.Attachment `json:"media,omitzero"`    // sent with Text as its caption
	Picture string         `json:"picture,omitempty"` // a drawing of the desk's own, sent likewise; the words arrive without it if need be
	Pin     county.Pin     `json:"pin,omitzero"`      // sent as a map pin; Text is not used
	Class   Class          `json:"class"`
	Protect bool           `json:"protect,omitempty"` // cannot be forwarded or saved
	Delete  bool           `json:"delete,omitempty"`  // takes the slot's message away; one too old for that loses its text
	Writer  int64          `json:"writer,omitempty"`  // who is told when this cannot be delivered: whose words it passes on
	Job     string         `json:"job,omitempty"`     // and of which job they were
	Confirm bool           `json:"confirm,omitempty"` // a Delivered event follows once it was delivered
	Until   time.Time      `json:"until,omitzero"`    // it is no news any more after that, and not sent; zero = always
	Of      string         `json:"of,omitempty"`      // the Broadcast it belongs to, which the store writes down
}

// Key is a button of a reply keyboard. Its Text is what a press sends back.
type Key struct {
	Text     string `json:"text"`
	Contact  bool   `json:"contact,omitempty"`  // shares the presser's own phone
	Location bool   `json:"location,omitempty"` // shares the presser's position
}

// Inline is a button below a card: either Data (at most 64 bytes, from
// Button.Data) or URL.
type Inline struct {
	Text string `json:"text"`
	Data string `json:"data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Toast answers a press. It leaves at once, beside the outbox: Telegram throws
// an unanswered press away (RELIABILITY R7), and what it says is already on the
// card.
type Toast struct {
	Callback string
	Text     string // plain text, at most 200 characters
	Alert    bool   // a window to close instead of a passing note
	Start    string // a deep-link payload: opens the bot's private chat with it
}

// Remind asks for a Due event at At. A Remind of the same Name replaces the
// earlier one; a zero At takes it back.
type Remind struct {
	Name string    `json:"name"` // unique: "solved/42"
	At   time.Time `json:"at"`
	Chat int64     `json:"chat,omitempty"` // whose session to load
	Job  string    `json:"job,omitempty"`  // which job to load
	Keep bool      `json:"-"`              // one that is set already stands, though it be past
}

// Log is one line of the append-only duty log: who did what when. It names no
// resident.
type Log struct {
	At   time.Time `json:"at"`
	Job  string    `json:"job,omitempty"`
	Who  string    `json:"who"` // "resident", a volunteer's name, "desk"
	What string    `json:"what"`
	Note string    `json:"note,omitempty"`
}

// Fact keeps a job that ended in figures. A job that ends anew says so anew: of
// several of one number the last counts.
type Fact struct{ job.Fact }

// Member says that something belongs to a set from now on, or no longer. Any number
// of events may say so at once.
type Member struct {
	Set  string    // "joined/1123-07"
	ID   string    // what belongs to it
	At   time.Time // its place in the set's order
	Gone bool
}

// Broadcast says something to everybody in a set, each as Joiner names them, after
// whatever else is to be said, and not after Until. It is stored before the first is
// told, and goes on where it was.
type Broadcast struct {
	Name  string             `json:"name"` // says it once, however often the same is asked for
	Set   string             `json:"set"`
	Says  map[words.Lang]Say `json:"says"` // by language; for no Chat
	Until time.Time          `json:"until"`
}

// Lookup asks the world outside; the caller answers with a Found event in the
// same handling.
type Lookup struct {
	Kind  LookupKind
	Job   string       // JoinedCount
	Place county.Place // PlannedHere, KnownHere
	At    time.Time    // PlannedHere; LogLines, Facts: what is not older
}

// Leave takes the bot out of a group it does not serve.
type Leave struct{ Chat int64 }

// Forget erases what the desk keeps of a person: session, attachments and
// waiting messages to that chat.
type Forget struct{ Chat int64 }

func (Say) effect()       {}
func (Toast) effect()     {}
func (Remind) effect()    {}
func (Log) effect()       {}
func (Lookup) effect()    {}
func (Leave) effect()     {}
func (Fact) effect()      {}
func (Member) effect()    {}
func (Broadcast) effect() {}
func (Forget) effect()    {}
