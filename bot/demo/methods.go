package demo

import "strings"

// method is one entry of the Bot API.
type method struct {
	name string
	// run carries the call out under the server's lock; nil for getUpdates alone, which waits.
	run func(*Telegram, *call) any
	// paced calls obey a 429 of the bot and of their chat: everything that puts a message into a chat or edits one (RELIABILITY §2, rates).
	paced bool
}

// in makes a method of what is done in the chat of a call, once the bot may do it there.
func in(want access, do func(*Telegram, *call, *chat) any) func(*Telegram, *call) any {
	return func(t *Telegram, c *call) any { return do(t, c, t.chatByRef(c.str("chat_id"), want)) }
}

// methods finds a method by its name in lower case: Telegram's method names are case-insensitive.
var methods = func() map[string]method {
	table := make(map[string]method)
	for _, m := range []method{
		{name: "getMe", run: (*Telegram).getMe},
		{name: "getUpdates"},
		{name: "setWebhook", run: (*Telegram).setWebhook},
		{name: "deleteWebhook", run: (*Telegram).deleteWebhook},
		{name: "getWebhookInfo", run: (*Telegram).getWebhookInfo},

		{name: "sendMessage", run: sending((*Telegram).textMessage), paced: true},
		{name: "sendPhoto", run: sendFile("photo"), paced: true},
		{name: "sendVoice", run: sendFile("voice"), paced: true},
		{name: "sendVideo", run: sendFile("video"), paced: true},
		{name: "sendDocument", run: sendFile("document"), paced: true},
		{name: "sendMediaGroup", run: in(toWrite, (*Telegram).sendMediaGroup), paced: true},
		{name: "sendLocation", run: sending((*Telegram).locationMessage), paced: true},
		{name: "sendVenue", run: sending((*Telegram).venueMessage), paced: true},
		{name: "sendContact", run: sending((*Telegram).contactMessage), paced: true},
		{name: "copyMessage", run: in(toWrite, (*Telegram).copyMessage), paced: true},
		{name: "forwardMessage", run: sending((*Telegram).forwarded), paced: true},
		{name: "sendChatAction", run: in(toWrite, (*Telegram).sendChatAction)},

		{name: "editMessageText", run: editing((*Telegram).editText), paced: true},
		{name: "editMessageCaption", run: editing((*Telegram).editCaption), paced: true},
		{name: "editMessageReplyMarkup", run: editing(func(*Telegram, *call, *wireMessage) {}), paced: true},
		{name: "deleteMessage", run: in(toEdit, (*Telegram).deleteMessage)},
		{name: "pinChatMessage", run: in(toWrite, (*Telegram).pinChatMessage)},
		{name: "answerCallbackQuery", run: (*Telegram).answerCallbackQuery},

		{name: "getChat", run: in(toRead, (*Telegram).getChat)},
		{name: "getChatMember", run: in(toRead, (*Telegram).getChatMember)},
		{name: "leaveChat", run: in(toEdit, (*Telegram).leaveChat)},
		{name: "getFile", run: (*Telegram).getFile},
		{name: "setMyCommands", run: (*Telegram).setMyCommands},
		{name: "getMyCommands", run: (*Telegram).getMyCommands},
		{name: "deleteMyCommands", run: (*Telegram).deleteMyCommands},
	} {
		table[strings.ToLower(m.name)] = m
	}
	return table
}()

func (t *Telegram) getMe(*call) any {
	return wireMe{wireUser: *t.me, CanJoinGroups: true}
}
