package talk

import (
	"cmp"
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// Who says who may give a command in private. In a group everybody may who reads it.
type Who string

// Who may: anybody, a member of the duty group, a clerk of the hall, and a member
// who leads by the roster.
const (
	ForResident Who = "resident"
	ForCrew     Who = "crew"
	ForClerk    Who = "clerk"
	ForLeader   Who = "leader"
)

// CommandRow is one row of the desk's table of commands: all that the router, the
// groups, Telegram's menus and /help know of it. Wherever it is understood it is
// offered. A command that does something else in another chat has a row for that
// chat. Its description in a menu is "command.<name>" in the words.
type CommandRow struct {
	Name string      // without the slash
	Who  Who         // who may, in private
	In   []ChatKind  // where it is understood
	Help string      // key of its line in /help; "" = "command_help.<name>"
	Flow string      // the flow that it starts; "" = Do
	Do   func(*Turn) // does it, and takes what was found for it
}

// Start is /start.
func Start(t *Turn) { t.Desk.start(t) }

// Cancel is /cancel: the way out, whatever is being asked.
func Cancel(t *Turn) { t.exit() }

// Offered are the rows of a chat, in order. In private they are those of the
// roles that the reader has.
func (d *Desk) Offered(chat ChatKind, roles ...Who) []CommandRow {
	var rows []CommandRow
	for _, c := range d.commands {
		if slices.Contains(c.In, chat) && (chat != Private || slices.Contains(roles, c.Who)) {
			rows = append(rows, c)
		}
	}
	return rows
}

// roles are those of whoever gives a command. What was found comes back without
// being looked up in the group again: it was let in when it asked.
func (t *Turn) roles() []Who {
	roles := []Who{ForResident}
	if t.E.From.Member || t.E.Kind == Found {
		roles = append(roles, ForCrew)
		if m, _ := t.Desk.County.Member(t.E.From.ID); m.Leader {
			roles = append(roles, ForLeader)
		}
	}
	return roles
}

// commanded is the row of what is commanded here, by whom it may be.
func (t *Turn) commanded() (CommandRow, bool) {
	rows := t.Desk.Offered(t.E.Chat.Kind, t.roles()...)
	i := slices.IndexFunc(rows, func(c CommandRow) bool { return c.Name == t.E.Command })
	if i < 0 {
		return CommandRow{}, false
	}
	return rows[i], true
}

// Obey does what is commanded in a group, or takes what was found for it. It says
// whether there is such a command.
func (t *Turn) Obey() bool {
	row, ok := t.commanded()
	if ok {
		row.Do(t)
	}
	return ok
}

// HelpLines say what may be commanded here by whoever asks, but for the /help they
// have just given.
func (t *Turn) HelpLines(l words.Lang) string {
	var lines []string
	for _, c := range t.Desk.Offered(t.E.Chat.Kind, t.roles()...) {
		if c.Name != helpCommand {
			lines = append(lines, "/"+c.Name+" "+words.Plain(l, c.HelpKey(), nil))
		}
	}
	return strings.Join(lines, "\n")
}

const helpCommand = "help"

// HelpKey is the key of the row's line in /help.
func (c CommandRow) HelpKey() string { return cmp.Or(c.Help, "command_help."+c.Name) }

// AsksMembership says whether the answer to a command in private depends on whether
// its giver is in the duty group: the crew's commands, and the /help of who stands
// on the roster.
func (d *Desk) AsksMembership(command string, user int64) bool {
	if _, listed := d.County.Member(user); command == helpCommand {
		return listed
	}
	return slices.ContainsFunc(d.Offered(Private, ForCrew, ForLeader), func(c CommandRow) bool { return c.Name == command })
}
