package app

import (
	"context"

	"powerdesk/bot/telegram"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// privateCommands and groupCommands are the menus Telegram shows (PRODUCT R1,
// V8). What each does is decided by the flows; a menu is not a permission.
var (
	privateCommands = []string{"start", "report", "topup", "status", "cancel", "language", "forget", "help"}
	groupCommands   = []string{"help"}
)

// commandSets are the menus in every language; whoever's language has none gets
// the first one.
func commandSets(chats flows.Chats) []telegram.CommandSet {
	var sets []telegram.CommandSet
	for i, l := range words.Langs {
		langs := []words.Lang{l}
		if i == 0 {
			langs = append(langs, "")
		}
		for _, lang := range langs {
			sets = append(sets, telegram.CommandSet{Lang: lang, Commands: menu(l, privateCommands)})
			if chats.Duty != 0 {
				sets = append(sets, telegram.CommandSet{Chat: chats.Duty, Lang: lang, Commands: menu(l, groupCommands)})
			}
		}
	}
	return sets
}

func menu(l words.Lang, names []string) []telegram.Command {
	all := make([]telegram.Command, len(names))
	for i, name := range names {
		all[i] = telegram.Command{Name: name, Description: words.Plain(l, "command."+name, nil)}
	}
	return all
}

// offerCommands sets the menus. They are a convenience: a failure is logged and
// the desk works without.
func offerCommands(ctx context.Context, a *App, tg *telegram.Client) {
	if err := tg.SetCommands(ctx, commandSets(a.Chats())); err != nil && ctx.Err() == nil {
		a.log.Warn("the command menus could not be set", "err", err)
	}
}
