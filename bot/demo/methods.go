package demo

import "strings"

// method is one entry of the Bot API.
type method struct {
	name string
	// run carries the call out under the server's lock; nil for getUpdates alone, which waits.
	run func(*Telegram, *call) (any, *apiError)
	// paced calls count against the send limits: everything that puts a message into a chat or edits one (RELIABILITY §2, rates).
	paced bool
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

		{name: "sendMessage", run: (*Telegram).sendMessage, paced: true},
		{name: "sendPhoto", run: sendFile("photo"), paced: true},
		{name: "sendVoice", run: sendFile("voice"), paced: true},
		{name: "sendVideo", run: sendFile("video"), paced: true},
		{name: "sendDocument", run: sendFile("document"), paced: true},
		{name: "sendMediaGroup", run: (*Telegram).sendMediaGroup, paced: true},
		{name: "sendLocation", run: (*Telegram).sendLocation, paced: true},
		{name: "sendVenue", run: (*Telegram).sendVenue, paced: true},
		{name: "sendContact", run: (*Telegram).sendContact, paced: true},
		{name: "copyMessage", run: (*Telegram).copyMessage, paced: true},
		{name: "forwardMessage", run: (*Telegram).forwardMessage, paced: true},
		{name: "sendChatAction", run: (*Telegram).sendChatAction},

		{name: "editMessageText", run: (*Telegram).editMessageText, paced: true},
		{name: "editMessageCaption", run: (*Telegram).editMessageCaption, paced: true},
		{name: "editMessageReplyMarkup", run: (*Telegram).editMessageReplyMarkup, paced: true},
		{name: "deleteMessage", run: (*Telegram).deleteMessage},
		{name: "pinChatMessage", run: (*Telegram).pinChatMessage},
		{name: "answerCallbackQuery", run: (*Telegram).answerCallbackQuery},

		{name: "getChat", run: (*Telegram).getChat},
		{name: "getChatMember", run: (*Telegram).getChatMember},
		{name: "leaveChat", run: (*Telegram).leaveChat},
		{name: "getFile", run: (*Telegram).getFile},
		{name: "setMyCommands", run: (*Telegram).setMyCommands},
		{name: "getMyCommands", run: (*Telegram).getMyCommands},
		{name: "deleteMyCommands", run: (*Telegram).deleteMyCommands},
	} {
		table[strings.ToLower(m.name)] = m
	}
	return table
}()

func (t *Telegram) getMe(*call) (any, *apiError) {
	return wireMe{wireUser: *t.me, CanJoinGroups: true, CanReadAll: t.seesAll}, nil
}
