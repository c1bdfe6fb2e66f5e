package telegram

import (
	"fmt"
	"slices"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// nameLimit is the longest name, in code points.
const nameLimit = 32

// from fills in the sender. It reports false for a sender who is nobody.
func (e Env) from(u *Update, user *tgbotapi.User) bool {
	if !human(user) {
		return false
	}
	u.Event.From = person(user)
	return true
}

func human(user *tgbotapi.User) bool {
	return user != nil && user.ID > 0 && !user.IsBot && !slices.Contains(nobody, user.ID)
}

func person(user *tgbotapi.User) talk.Person {
	name := cleanLine(user.FirstName+" "+user.LastName, nameLimit)
	if name == "" {
		// The cleaning left nothing. A card must still tell two such people apart.
		name = fmt.Sprintf("#%04d", user.ID%10_000)
	}
	return talk.Person{ID: user.ID, Name: name, Lang: lang(user.LanguageCode)}
}

// lang is Chinese for every Chinese, and for those whose Telegram does not tell.
func lang(code string) words.Lang {
	if code == "" || strings.HasPrefix(strings.ToLower(code), "zh") {
		return words.ZH
	}
	return words.EN
}
