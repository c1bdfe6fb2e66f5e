package demo

import (
	"errors"
	"net/http"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// library is the real client library talking to the server, as bot/telegram uses it.
func (w *world) library(t *testing.T) *tgbotapi.BotAPI {
	t.Helper()
	bot, err := tgbotapi.NewBotAPIWithAPIEndpoint(token, w.http.URL+"/bot%s/%s")
	if err != nil {
		t.Fatal(err)
	}
	return bot
}

func TestLibraryReceives(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bot := w.library(t)
	if bot.Self.UserName != "wuqiao_bot" || bot.Self.ID != 1000001 {
		t.Errorf("got %+v", bot.Self)
	}
	me := w.As(wang)
	must[int](t)(me.Start("c7"))
	must[int](t)(me.ShareContact())
	must[int](t)(me.ShareLocation(wang, 37.63, 116.39))
	must[int](t)(me.SendPhoto(wang, "meter"))
	must[int](t)(me.SendSticker(wang))
	card := w.text(t, "-100", "Job 7", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"c7"}]]}`)
	must[*Press](t)(w.As(li).Press(group, card, "c7"))
	must[int](t)(w.As(li).Reply(group, card, "on my way"))
	try(t, w.As(wang).Block())
	updates := must[[]tgbotapi.Update](t)(bot.GetUpdates(tgbotapi.UpdateConfig{Offset: 1, Limit: 100}))
	if len(updates) != 8 {
		t.Fatalf("got %d updates, want 8", len(updates))
	}
	if m := updates[0].Message; !m.IsCommand() || m.Command() != "start" || m.CommandArguments() != "c7" || m.From.LanguageCode != "zh-hans" || !m.Chat.IsPrivate() {
		t.Errorf("start: got %+v", m)
	}
	if c := updates[1].Message.Contact; c.UserID != wang || c.PhoneNumber != "+8613800000011" {
		t.Errorf("contact: got %+v", c)
	}
	if l := updates[2].Message.Location; l.Latitude != 37.63 || l.Longitude != 116.39 {
		t.Errorf("location: got %+v", l)
	}
	if p := updates[3].Message.Photo; len(p) != 2 || p[1].Width != 320 || updates[3].Message.Caption != "meter" {
		t.Errorf("photo: got %+v", p)
	}
	if s := updates[4].Message.Sticker; s.Emoji != "👍" {
		t.Errorf("sticker: got %+v", s)
	}
	if q := updates[5].CallbackQuery; q.Data != "c7" || q.From.ID != li || q.Message.MessageID != card || !q.Message.Chat.IsSuperGroup() {
		t.Errorf("press: got %+v", q)
	}
	if r := updates[6].Message.ReplyToMessage; r.MessageID != card || !r.From.IsBot {
		t.Errorf("reply: got %+v", r)
	}
	if c := updates[7].MyChatMember; c.NewChatMember.Status != "kicked" || c.OldChatMember.Status != "member" || c.From.ID != wang {
		t.Errorf("blocking: got %+v", c)
	}
	if u := must[[]tgbotapi.Update](t)(bot.GetUpdates(tgbotapi.UpdateConfig{Offset: 9})); len(u) != 0 {
		t.Errorf("got %d updates after confirming, want none", len(u))
	}
}

func TestLibrarySends(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bot := w.library(t)
	message := tgbotapi.NewMessage(wang, "<b>没电</b>吗？")
	message.ParseMode = tgbotapi.ModeHTML
	message.ReplyMarkup = tgbotapi.NewReplyKeyboard(tgbotapi.NewKeyboardButtonRow(tgbotapi.NewKeyboardButton("是"), tgbotapi.NewKeyboardButtonContact("电话")))
	sent := must[tgbotapi.Message](t)(bot.Send(message))
	if sent.Text != "没电吗？" || sent.Entities[0].Type != "bold" || sent.Entities[0].Length != 2 || sent.Chat.ID != wang {
		t.Errorf("got %+v", sent)
	}
	if k := w.keyboardIn(wang); k == nil || !k.Rows[0][1].Contact {
		t.Errorf("got keyboard %+v", k)
	}
	card := tgbotapi.NewMessage(group, "Job 7")
	card.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(tgbotapi.NewInlineKeyboardButtonData("Claim", "c7")))
	sent = must[tgbotapi.Message](t)(bot.Send(card))
	if sent.ReplyMarkup == nil || *sent.ReplyMarkup.InlineKeyboard[0][0].CallbackData != "c7" {
		t.Errorf("got %+v", sent.ReplyMarkup)
	}
	edited := must[tgbotapi.Message](t)(bot.Send(tgbotapi.NewEditMessageText(group, sent.MessageID, "Job 7: Li")))
	if edited.Text != "Job 7: Li" || edited.EditDate == 0 || edited.ReplyMarkup != nil {
		t.Errorf("got %+v", edited)
	}
	press := must[*Press](t)(w.As(li).PressForged(group, sent.MessageID, "c7"))
	must[*tgbotapi.APIResponse](t)(bot.Request(tgbotapi.NewCallbackWithAlert(press.id, "yours")))
	if toast := must[Toast](t)(press.Wait(soon(t))); toast != (Toast{Text: "yours", Alert: true}) {
		t.Errorf("got %+v", toast)
	}
	picture := tgbotapi.FileBytes{Name: "chart.png", Bytes: meterSmall}
	photo := must[tgbotapi.Message](t)(bot.Send(tgbotapi.NewPhoto(wang, picture)))
	if len(photo.Photo) != 1 {
		t.Fatalf("got %+v", photo)
	}
	album := must[[]tgbotapi.Message](t)(bot.SendMediaGroup(tgbotapi.NewMediaGroup(wang, []any{
		tgbotapi.NewInputMediaPhoto(picture), tgbotapi.NewInputMediaPhoto(tgbotapi.FileID(photo.Photo[0].FileID)),
	})))
	if len(album) != 2 || album[0].MediaGroupID == "" {
		t.Errorf("got %+v", album)
	}
	file := must[tgbotapi.File](t)(bot.GetFile(tgbotapi.FileConfig{FileID: photo.Photo[0].FileID}))
	if file.FilePath == "" || file.FileSize != len(picture.Bytes) {
		t.Errorf("got %+v", file)
	}
	must[*tgbotapi.APIResponse](t)(bot.Request(tgbotapi.NewSetMyCommands(tgbotapi.BotCommand{Command: "help", Description: "x"})))
	if menu := must[[]tgbotapi.BotCommand](t)(bot.GetMyCommands()); len(menu) != 1 {
		t.Errorf("got %+v", menu)
	}
	member := must[tgbotapi.ChatMember](t)(bot.GetChatMember(tgbotapi.GetChatMemberConfig{ChatConfigWithUser: tgbotapi.ChatConfigWithUser{ChatID: group, UserID: 1000001}}))
	if !member.IsAdministrator() || !member.CanPinMessages {
		t.Errorf("got %+v", member)
	}
	must[*tgbotapi.APIResponse](t)(bot.Request(tgbotapi.NewDeleteMessage(group, sent.MessageID)))
}

func TestLibraryUnderstandsRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bot := w.library(t)
	_, err := bot.Send(tgbotapi.NewMessage(li, "x"))
	var refused *tgbotapi.Error
	if !errors.As(err, &refused) || refused.Code != http.StatusForbidden {
		t.Errorf("got %v", err)
	}
	w.AddFault(Fault{Method: "sendMessage", RetryAfter: 60, Times: 1})
	_, err = bot.Send(tgbotapi.NewMessage(group, "x"))
	if !errors.As(err, &refused) || refused.Code != http.StatusTooManyRequests || refused.RetryAfter != 60 {
		t.Errorf("got %+v, want retry_after 60", err)
	}
}
