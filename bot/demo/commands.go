package demo

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// BotCommand is one line of a command menu.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// menuScope tells who sees a menu (Bot API, BotCommandScope).
type menuScope struct {
	Type string `json:"type"`
	Chat int64  `json:"chat_id"`
	User int64  `json:"user_id"`
}

// menuKey names one of the menus a bot can set. Language is an ISO 639-1 code, empty for everybody whose language has no menu of its own.
type menuKey struct {
	menuScope
	language string
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (t *Telegram) menuKey(c *call) menuKey {
	key := menuKey{menuScope: menuScope{Type: "default"}, language: c.str("language_code")}
	if _, err := c.object("scope", &key.menuScope); err != nil {
		refuse(badRequest("can't parse BotCommandScope: expected an Object"))
	}
	switch key.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		key.Chat, key.User = 0, 0
	case "chat", "chat_administrators", "chat_member":
		if t.chats[key.Chat] == nil {
			refuse(errChatNotFound)
		}
	default:
		refuse(badRequest("can't parse BotCommandScope: unsupported type specified"))
	}
	if n := len(key.language); n != 0 && n != 2 {
		refuse(badRequest("invalid language code specified"))
	}
	return key
}

func (t *Telegram) setMyCommands(c *call) any {
	key := t.menuKey(c)
	var menu []BotCommand
	if err := json.Unmarshal([]byte(c.str("commands")), &menu); err != nil {
		refuse(badRequest("can't parse commands JSON array"))
	}
	if len(menu) > 100 {
		refuse(badRequest("BOT_COMMANDS_TOO_MUCH"))
	}
	for i, cmd := range menu {
		menu[i].Command = strings.TrimPrefix(cmd.Command, "/")
		switch n := utf8.RuneCountInString(cmd.Description); {
		case !commandName.MatchString(menu[i].Command):
			refuse(badRequest("BOT_COMMAND_INVALID"))
		case n < 1 || n > 256:
			refuse(badRequest("BOT_COMMAND_DESCRIPTION_INVALID"))
		}
	}
	t.setMenu(key, menu)
	return true
}

func (t *Telegram) deleteMyCommands(c *call) any {
	t.setMenu(t.menuKey(c), nil)
	return true
}

func (t *Telegram) setMenu(key menuKey, menu []BotCommand) {
	if len(menu) == 0 {
		delete(t.commands, key)
	} else {
		t.commands[key] = menu
	}
	t.showState()
}

// getMyCommands answers exactly the menu that was set, without looking through wider scopes.
func (t *Telegram) getMyCommands(c *call) any {
	return append([]BotCommand{}, t.commands[t.menuKey(c)]...) // never null
}

// Menu is the command menu a person finds in a chat: the narrowest scope that has one, in each scope their own language first
// (RELIABILITY §2, setMyCommands). Nil when there is none.
func (t *Telegram) Menu(chatID, userID int64) []BotCommand {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.menu(chatID, userID)
}

func (t *Telegram) menu(chatID, userID int64) []BotCommand {
	ch := t.chats[chatID]
	if ch == nil {
		return nil
	}
	var scopes []menuScope
	if ch.kind == private {
		scopes = []menuScope{{Type: "chat", Chat: chatID}, {Type: "all_private_chats"}, {Type: "default"}}
	} else {
		scopes = []menuScope{{Type: "chat_member", Chat: chatID, User: userID}}
		admin := ch.statusOf(userID).admin()
		if admin {
			scopes = append(scopes, menuScope{Type: "chat_administrators", Chat: chatID})
		}
		scopes = append(scopes, menuScope{Type: "chat", Chat: chatID})
		if admin {
			scopes = append(scopes, menuScope{Type: "all_chat_administrators"})
		}
		scopes = append(scopes, menuScope{Type: "all_group_chats"}, menuScope{Type: "default"})
	}
	language := ""
	if u := t.users[userID]; u != nil {
		language, _, _ = strings.Cut(u.Language, "-")
	}
	for _, scope := range scopes {
		for _, l := range []string{language, ""} {
			if menu := t.commands[menuKey{scope, l}]; menu != nil {
				return menu
			}
		}
	}
	return nil
}
