package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"powerdesk/bot/telegram"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// offer is what the menu of some chats holds.
type offer struct {
	chat int64 // 0 = every private chat that is not named
	menu []talk.CommandRow
}

// offers are the menus of a county, from the table of commands: a
// menu is not a permission. The roster's private chats come last: there
// are many, and Telegram may not know some of them.
func offers(d *talk.Desk) []offer {
	chats := d.County.Chats
	named := []offer{{chats.Duty, d.Offered(talk.Duty)}, {chats.Leader, d.Offered(talk.Leader)}, {chats.Hall, d.Offered(talk.Hall)}}
	for _, m := range d.County.Roster {
		roles := []talk.Who{talk.ForResident}
		if !m.Clerk { // a clerk of the roster is not expected in the duty group
			roles = append(roles, talk.ForCrew)
		}
		if m.Leader {
			roles = append(roles, talk.ForLeader)
		}
		named = append(named, offer{m.ID, d.Offered(talk.Private, roles...)})
	}
	named = slices.DeleteFunc(named, func(o offer) bool { return o.chat == 0 })
	return append([]offer{{0, d.Offered(talk.Private, talk.ForResident)}}, named...)
}

// commandSets are the menus of a county in every language; whoever's language
// has none gets the first one.
func commandSets(d *talk.Desk) []telegram.CommandSet {
	var sets []telegram.CommandSet
	for _, o := range offers(d) {
		for i, l := range words.Langs {
			commands := menu(l, o.menu)
			sets = append(sets, telegram.CommandSet{Chat: o.chat, Lang: l, Commands: commands})
			if i == 0 {
				sets = append(sets, telegram.CommandSet{Chat: o.chat, Commands: commands})
			}
		}
	}
	return sets
}

func menu(l words.Lang, rows []talk.CommandRow) []telegram.Command {
	all := make([]telegram.Command, len(rows))
	for i, c := range rows {
		all[i] = telegram.Command{Command: c.Name, Description: words.Plain(l, "command."+c.Name, nil)}
	}
	return all
}

// menusAgain is how long after a round those menus are tried again that
// Telegram was too busy for, or away.
const menusAgain = time.Minute

// offerCommands sets the menus beside the work of the desk. They are a
// convenience: neither the other menus nor the desk wait for one that fails. It
// says whether all are set.
func offerCommands(ctx context.Context, a *App, tg menuSetter) bool {
	sets := a.setMenus(ctx, tg, commandSets(a.desk.Load()))
	for len(sets) > 0 && rest(ctx, menusAgain) {
		sets = a.setMenus(ctx, tg, sets)
	}
	return ctx.Err() == nil
}

// setMenus goes through the menus once and gives those that are to be tried
// again. A person's chat is not named in the log.
func (a *App) setMenus(ctx context.Context, tg menuSetter, sets []telegram.CommandSet) (left []telegram.CommandSet) {
	for i, set := range sets {
		err := tg.SetCommands(ctx, set)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return nil
		}
		a.log.Warn("a command menu could not be set", "group", min(set.Chat, 0), "lang", set.Lang, "err", err)
		switch failed, _ := errors.AsType[*telegram.Error](err); {
		case failed == nil:
		case failed.Class == telegram.Flood || failed.Class == telegram.Fatal:
			return append(left, sets[i:]...) // every further call would be one too many
		case failed.Class == telegram.Retry:
			left = append(left, set)
		}
	}
	return left
}

// menuSetter is what sets a menu.
type menuSetter interface {
	SetCommands(ctx context.Context, set telegram.CommandSet) error
}
