package county

import (
	"slices"
	"time"

	"powerdesk/flows/words"
)

// County is what the desk file says about one supplier: the facts that differ
// from county to county. bot/config reads and checks it; flows only read it.
type County struct {
	Key      string         // the Redis key prefix and hash tag: a-z 0-9 -
	Lang     words.Lang     // of the duty group and its cards
	Name     words.Text     // 吴桥县 / Wuqiao County
	Company  words.Text     // 吴桥县供电公司
	Hotline  string         // 95598
	Promise  string         // the published promise phone; "" = none
	Zone     *time.Location // of every time a person reads
	Chats    Chats
	Towns    []Town
	Points   []Point
	Stations []Station
	Roster   []Member
	Barred   []Barred // whom the desk does not serve for a time
	Shifts   []Shift  // the plan of who is on duty when; empty = who says so
	Clerks   []Shift  // the same of the hall's clerks; empty = every clerk of the roster, always
	Posts    []int    // minutes after midnight at which the group is told who is on duty
	Promises map[Area]Arrival
	Office   Hours    // before whose next opening emergency work must end (DOMAIN §1 row 29)
	Hall     Hours    // when the hall sells top-ups
	Outlets  []Outlet // the service hall first
	Answers  []Answer // to questions that are no fault; the first that fits counts
	Holidays []Holiday
	Timers   Timers
	Ladders  Ladders
	Keep     Keep
	Meters   Meters
	Urgent   UrgentTopUp
}

// UrgentTopUp is what the hall does for who sits in the dark while it is closed
// (PRODUCT R8).
type UrgentTopUp struct {
	Limit   int   // requests of one household from one evening to the next; homes at risk are not counted
	Amounts []int // yuan, offered to the resident and to the clerk
}

// Chats are the numeric ids of the desk's groups; 0 = not set.
type Chats struct{ Duty, Hall, Leader int64 }

// Area is the class of a place that the arrival promise goes by.
type Area string

// The classes (DOMAIN §2.1).
const (
	Urban  Area = "urban"
	Rural  Area = "rural"
	Remote Area = "remote"
)

// Arrival is the usual time from report to arrival in an area, in minutes
// (DOMAIN §2.1). It is said with "usually", never promised.
type Arrival struct{ Minutes int }

// Town is a town or township with its communities (villages and estates).
type Town struct {
	ID          string
	Name        words.Text
	Aliases     []string // other spellings, traditional characters, pinyin
	Area        Area
	Station     string // id of the supply station that serves it
	Meter       string // which meters its homes have: "slot", "slotless"; "" = not known, or both
	Communities []Community
}

// Community is the place a volunteer is sent to: a village or an estate.
type Community struct {
	ID      string
	Name    words.Text
	Aliases []string
	Area    Area   // "" = the town's
	Meter   string // "" = the town's
	Pin     Pin    // zero = unknown
	Example bool   // invented sample data, not a real place
}

// Point is a community contact point (PRODUCT R17).
type Point struct {
	ID          string
	Name        words.Text
	Communities []string // ids that it serves; empty with Town = the whole town
	Town        string
	Who         string
	Phone       string
	Address     words.Text // empty = the place it is named after
	Hours       Hours
	Duties      words.Text
	Promises    words.Text // what the point has promised in public (DOMAIN §1 row 7)
	Example     bool
}

// Station is a supply station (供电所).
type Station struct {
	ID      string
	Name    words.Text
	Phone   string
	Example bool
}

// Outlet is a place that sells top-ups, the hall included.
type Outlet struct {
	Name    words.Text
	Address words.Text
	Phone   string
	Hours   Hours
	Example bool
}

// Member is one person of the roster.
type Member struct {
	ID        int64 // Telegram's numeric id; 0 = not known yet
	Name      string
	Leader    bool
	Clerk     bool
	Qualified bool // may do danger and grid-side work (PRODUCT V6)
	Squad     bool
	Example   bool
}

// Barred is a person whom the desk does not serve for a time, such as one who
// reports for fun. Why is for those who keep the list.
type Barred struct {
	ID     int64
	Until  time.Time // exclusive
	Reason string
}

// Bars says whether the desk does not serve a person at an instant.
func (c *County) Bars(user int64, at time.Time) bool {
	return slices.ContainsFunc(c.Barred, func(b Barred) bool { return b.ID == user && at.Before(b.Until) })
}

// Shift is a part of the days on which the same people are on duty.
type Shift struct {
	Days     []time.Weekday // on which it begins
	From, To int            // minutes after midnight; a To that is not after From lies on the next day
	Who      []string       // names of the roster
}

// Hours are weekly opening hours. The zero Hours is never open.
type Hours struct {
	Days  []time.Weekday
	Spans []Span
}

// Span is a part of a day, in minutes after midnight: From inclusive, To
// exclusive.
type Span struct{ From, To int }

// Holiday overrides the weekday: Work says whether people work that day.
type Holiday struct {
	Date string // 2006-01-02
	Name words.Text
	Work bool
}

// Timers are the waits of the desk.
type Timers struct {
	Stale  time.Duration // a half-finished talk this old starts again politely
	Solved time.Duration // after a self-solved fault the desk asks whether it held (PRODUCT R6)
	Claim  time.Duration // how long the chat-membership of a volunteer is believed
}

// Ladders are the waits after which the desk speaks up by itself because
// nobody has (PRODUCT V5). Each is a list of rungs that rise; none is zero.
type Ladders struct {
	Unclaimed  [3]time.Duration // nobody or only one has claimed: the card again with who is on duty · the leader · the station, and the resident gets the hotline
	Danger     [3]time.Duration // the same for a danger
	Again      time.Duration    // and after the last of these the card again, so often
	Idle       [2]time.Duration // claimed and nothing since: asked · back to the pool
	IdleDanger [2]time.Duration // the same for a danger
	Late       int              // percent of the usual arrival time: the crew is asked, the resident told
	ETA        [2]time.Duration // past the time the crew gave: asked, and the resident told · the leader
	Work       [2]time.Duration // past the arrival: the crew is asked · the leader
	Unanswered [2]time.Duration // past "power is back": the resident is asked again · closed as unconfirmed
	Clerk      [2]time.Duration // asked, and no clerk has taken it: the leader · the resident gets the hotline
	Paying     [2]time.Duration // taken, and nothing since: the clerk is asked · the leader, and the others may take it
	Light      [2]time.Duration // written to the card, or sent to the meter, and no light: people go
	Question   time.Duration    // a question that the hall has not answered goes to the duty group
	Opening    [2]time.Duration // before the office opens: the countdown in the group
	Wait       time.Duration    // how long a job waits when nobody knows until when
}

// Keep says how long personal data is kept after its last use. FalseReport is
// never longer than Job, from which it is read.
type Keep struct {
	Session     time.Duration
	Job         time.Duration // after closing
	FalseReport time.Duration // after closing: how long a report found false counts as one
}

// Meters are facts about the county's meters; a zero value is not known and is
// never claimed.
type Meters struct {
	Alarm     int  // yuan: the low-balance alarm
	Overdraft int  // yuan: the reserve after zero
	Online    bool // prepaid cards can be topped up online
}
