package talk

import "slices"

// CrewCommand is one row of the crew's table of commands: what the router, the
// groups and Telegram's menus know of it. A command that does something else in
// another chat has a row for that chat. Its description in a menu is
// "command.<name>" in the words.
type CrewCommand struct {
	Name string      // without the slash
	In   []ChatKind  // where it is understood; in private for members only
	Menu []ChatKind  // in whose menus it stands, some of In
	Do   func(*Turn) // does it, and takes what was found for it
}

// Obey does what a row says is commanded in this chat. It says whether there is
// such a row.
func (t *Turn) Obey(rows []CrewCommand) bool {
	i := slices.IndexFunc(rows, func(c CrewCommand) bool {
		return c.Name == t.E.Command && slices.Contains(c.In, t.E.Chat.Kind)
	})
	if i < 0 {
		return false
	}
	rows[i].Do(t)
	return true
}

// ForCrew says whether a command in private is one of the crew's.
func (d *Desk) ForCrew(command string) bool {
	return d.crew != nil && slices.ContainsFunc(d.crew.Commands(), func(c CrewCommand) bool {
		return c.Name == command && slices.Contains(c.In, Private)
	})
}

// CrewMenu names the commands of the crew that the menu of a chat offers, in order.
func (d *Desk) CrewMenu(chat ChatKind) []string {
	var names []string
	for _, c := range d.crew.Commands() {
		if slices.Contains(c.Menu, chat) {
			names = append(names, c.Name)
		}
	}
	return names
}
