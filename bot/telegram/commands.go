package telegram

import (
	"context"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/words"
)

// Command is one line of a command menu: a name of a-z 0-9 _, at most 32, and a
// description of 1–256 characters.
type Command = tgbotapi.BotCommand

// CommandSet is the command menu of some chats for readers of one language. A
// menu is an offer; it permits nothing.
type CommandSet struct {
	Chat     int64      // a group, or one person's private chat; 0 = every other private chat
	Lang     words.Lang // "" = everybody for whose language there is no menu
	Commands []Command
}

// SetCommands sets one menu.
func (c *Client) SetCommands(ctx context.Context, set CommandSet) error {
	return c.call(ctx, "setMyCommands", set.params(), nil)
}

func (s CommandSet) params() tgbotapi.Params {
	scope := tgbotapi.BotCommandScope{Type: "all_private_chats"}
	if s.Chat != 0 {
		scope = tgbotapi.BotCommandScope{Type: "chat", ChatID: s.Chat}
	}
	commands := append([]Command{}, s.Commands...) // an empty menu is [] and not null
	params := tgbotapi.Params{"scope": asJSON(scope), "commands": asJSON(commands)}
	params.AddNonEmpty("language_code", string(s.Lang))
	return params
}
