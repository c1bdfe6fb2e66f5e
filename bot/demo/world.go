package demo

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Errors that a person's actions and the readers of this package return, wrapped with the chat they happened in.
var (
	// ErrNoPerson means that nobody with this id was added.
	ErrNoPerson = errors.New("no such person")
	// ErrNoChat means that the chat does not exist, for a person also that they cannot see it.
	ErrNoChat = errors.New("no such chat")
	// ErrNoMessage means that the message was never sent, was deleted, or is older than what the server keeps.
	ErrNoMessage = errors.New("no such message")
	// ErrNoButton means that the button a person wanted to press is not on the screen.
	ErrNoButton = errors.New("no such button")
	// ErrNotMember means that the person is not in the group.
	ErrNotMember = errors.New("not a member of the group")
	// ErrNotAllowed means that Telegram's app would not offer this.
	ErrNotAllowed = errors.New("not allowed")
)

// Person is somebody who uses Telegram. Only ID and Name are needed.
type Person struct {
	ID       int64
	Name     string // first name
	LastName string
	Username string
	// Language is the language of the person's app as Telegram names it ("zh-hans", "en"); empty when the app does not tell.
	Language string
	// Phone is shared by ShareContact, in E.164.
	Phone string
	// Role labels the person on the page: "resident", "volunteer", "clerk" or "leader". Telegram knows nothing of it.
	Role string
}

// Group is a group chat.
type Group struct {
	// ID is negative, in Telegram's ranges: a supergroup's begins with -100.
	ID         int64
	Title      string
	Supergroup bool
	// Silent means that only administrators may write, as a group's default permissions can say.
	Silent bool
	// Members are the people in it; the bot is named in Bot, whose empty value keeps it out.
	Members map[int64]Status
	Bot     Status
}

type user struct {
	Person
	wire *wireUser // as the bot sees the person; replaced when the language changes
	seat int       // the order in which people are listed
}

type chatKind string

const (
	private    chatKind = "private"
	basicGroup chatKind = "group"
	supergroup chatKind = "supergroup"
)

type chat struct {
	kind chatKind
	wire *wireChat

	// Of a private chat: whose it is, whether they ever pressed START, and whether they blocked the bot.
	user    *user
	opened  bool
	blocked bool

	// Of a group.
	members    map[int64]Status
	silent     bool
	upgradedTo int64 // the supergroup a basic group became

	messages map[int]*record
	order    []int // ids of messages, ascending
	next     int   // the last id of a supergroup, which counts by itself
	keyboard *Keyboard
	seat     int // the order in which groups are listed
	changed  signal
}

// AddPerson makes somebody known, with a private chat that they have not opened. Adding an id again replaces the person and empties that chat.
func (t *Telegram) AddPerson(p Person) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.people = append(t.people, p)
	t.addPerson(p)
	t.showState()
}

func (t *Telegram) addPerson(p Person) *chat {
	t.seats++
	u := &user{Person: p, seat: t.seats, wire: wirePerson(p)}
	t.users[p.ID] = u
	ch := &chat{
		kind:     private,
		wire:     &wireChat{ID: p.ID, Type: string(private), FirstName: p.Name, LastName: p.LastName, Username: p.Username},
		user:     u,
		messages: make(map[int]*record),
	}
	t.chats[p.ID] = ch
	return ch
}

func wirePerson(p Person) *wireUser {
	return &wireUser{ID: p.ID, FirstName: p.Name, LastName: p.LastName, Username: p.Username, Language: p.Language}
}

// AddGroup makes a group with its members as they stand, without any update: it is the state of the world before the desk looks.
func (t *Telegram) AddGroup(g Group) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.groups = append(t.groups, g)
	t.addGroup(g)
	t.showState()
}

func (t *Telegram) addGroup(g Group) *chat {
	t.seats++
	ch := &chat{
		kind:     basicGroup,
		seat:     t.seats,
		wire:     &wireChat{ID: g.ID, Type: string(basicGroup), Title: g.Title, AllAdmins: true},
		silent:   g.Silent,
		members:  make(map[int64]Status, len(g.Members)+1),
		messages: make(map[int]*record),
	}
	if g.Supergroup {
		ch.kind = supergroup
		ch.wire = &wireChat{ID: g.ID, Type: string(supergroup), Title: g.Title}
	}
	for id, status := range g.Members {
		ch.members[id] = status
	}
	if g.Bot != "" {
		ch.members[t.me.ID] = g.Bot
	}
	t.chats[g.ID] = ch
	return ch
}

// Reset goes back to the people and groups that were added: chats, pending updates, open presses, pauses and guests are gone, ids count on.
// The bot's token, webhook, command menus, faults and ledger stay. Call it while the desk stands still.
func (t *Telegram) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.chats
	t.users, t.chats = make(map[int64]*user), make(map[int64]*chat)
	for _, p := range t.people {
		t.addPerson(p)
	}
	for _, g := range t.groups {
		t.addGroup(g)
	}
	t.guests = 0
	t.queue.keepLast(0)
	clear(t.queries.open)
	t.files = files{byName: make(map[string]*file), last: t.files.last}
	clear(t.pauses.until)
	t.polling.lastStart, t.polling.lastConflict = time.Time{}, time.Time{} // the clock may go back now
	for _, ch := range old {
		ch.changed.fire() // whoever waits in a chat looks again, in the chat that took its place
	}
	t.changed.fire()
	t.showState()
}

// SetLanguage changes the language of a person's app: later updates carry it.
func (t *Telegram) SetLanguage(userID int64, language string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.users[userID]
	if u == nil {
		return fmt.Errorf("setting the language of %d: %w", userID, ErrNoPerson)
	}
	u.Language = language
	u.wire = wirePerson(u.Person)
	t.showState()
	return nil
}

func (t *Telegram) usersInOrder() []*user {
	return slices.SortedFunc(maps.Values(t.users), func(a, b *user) int { return cmp.Compare(a.seat, b.seat) })
}

func (t *Telegram) groupsInOrder() []*chat {
	var groups []*chat
	for _, ch := range t.chats {
		if ch.kind != private && ch.upgradedTo == 0 {
			groups = append(groups, ch)
		}
	}
	slices.SortFunc(groups, func(a, b *chat) int { return cmp.Compare(a.seat, b.seat) })
	return groups
}

// fullName is how apps write a person's name above a message.
func (u *wireUser) fullName() string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }
