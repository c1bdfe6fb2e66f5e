package outbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strconv"
)

// log writes a line about a row: its id, class and chat, never its text.
func (o *Outbox) log(level slog.Level, message string, e *entry, attrs ...slog.Attr) {
	attrs = append([]slog.Attr{
		slog.String("row", e.ID),
		slog.Int("class", int(e.Class)),
		slog.Int("attempts", e.attempts),
		slog.String("chat", o.chatName(e.Chat)),
	}, attrs...)
	o.opts.Logger.LogAttrs(context.Background(), level, message, attrs...)
}

// chatName is a group's id, which the operator configured, or a keyed hash of a
// person's, which is personal: enough to follow one chat through the log.
func (o *Outbox) chatName(chat int64) string {
	id := strconv.FormatInt(chat, 10)
	if scopeOf(chat) == Group {
		return id
	}
	mac := hmac.New(sha256.New, o.opts.LogKey)
	mac.Write([]byte(id))
	return "p" + hex.EncodeToString(mac.Sum(nil)[:4])
}
