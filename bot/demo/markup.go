package demo

import (
	"encoding/json"
	"slices"
	"strings"
)

// Limits of a keyboard. The count and the size come from reports, Telegram does not publish them; the length of data is documented.
const (
	maxButtonData    = 64 // bytes
	maxInlineButtons = 100
	maxMarkupBytes   = 10_000
)

type inlineMarkup struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Keyboard is a reply keyboard as a person sees it under the text field.
type Keyboard struct {
	Rows        [][]Key `json:"rows"`
	Persistent  bool    `json:"persistent"`
	Placeholder string  `json:"placeholder"`
	OneTime     bool    `json:"one_time"`
}

// Key is one button of a reply keyboard. Contact and Location keys share something instead of writing their text.
type Key struct {
	Text     string `json:"text"`
	Contact  bool   `json:"contact"`
	Location bool   `json:"location"`
}

// replyMarkup is the parameter reply_markup, sorted out: at most one of inline, keyboard and remove is set.
type replyMarkup struct {
	inline   *inlineMarkup
	keyboard *Keyboard
	remove   bool
}

// rawMarkup reads all four kinds of markup at once, as Telegram does: which one it is shows in the fields that are there.
type rawMarkup struct {
	Inline      json.RawMessage `json:"inline_keyboard"`
	Keyboard    json.RawMessage `json:"keyboard"`
	Remove      bool            `json:"remove_keyboard"`
	Persistent  bool            `json:"is_persistent"`
	OneTime     bool            `json:"one_time_keyboard"`
	Placeholder string          `json:"input_field_placeholder"`
}

// markup reads and checks reply_markup for a chat.
func (c *call) markup(ch *chat) replyMarkup {
	var fields rawMarkup
	switch raw := strings.TrimSpace(c.str("reply_markup")); {
	case raw == "":
	case !json.Valid([]byte(raw)):
		refuse(badRequest("can't parse reply keyboard markup JSON object"))
	case raw[0] != '{' || json.Unmarshal([]byte(raw), &fields) != nil:
		refuse(badRequest("object expected as reply markup"))
	case len(raw) > maxMarkupBytes:
		refuse(badRequest("reply markup is too long"))
	}
	if k := readKeyboard(fields, ch); k != nil {
		return replyMarkup{keyboard: k}
	}
	if k := readInline(fields.Inline); k != nil {
		return replyMarkup{inline: k}
	}
	return replyMarkup{remove: fields.Remove}
}

// rows decodes an array of arrays; the library writes null for a keyboard without rows (RELIABILITY §1.20), which is refused.
func rows[B any](raw json.RawMessage, field, of string) [][]B {
	if len(raw) == 0 {
		return nil
	}
	var list []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		refuse(badRequest("field %q must be of type Array", field))
	}
	var all [][]B
	for _, one := range list {
		var row []B
		if one[0] != '[' {
			refuse(badRequest("field %q%s must be an Array of Arrays", field, of))
		}
		if err := json.Unmarshal(one, &row); err != nil {
			refuse(badRequest("can't parse keyboard button: %s", err))
		}
		if len(row) > 0 {
			all = append(all, row)
		}
	}
	return all
}

// each gives every button of the rows another form.
func each[B, T any](rows [][]B, form func(B) T) [][]T {
	out := make([][]T, len(rows))
	for i, row := range rows {
		for _, b := range row {
			out[i] = append(out[i], form(b))
		}
	}
	return out
}

// rawInline is an inline button as the bot writes it; Data tells an empty string from none.
type rawInline struct {
	Text string  `json:"text"`
	URL  string  `json:"url"`
	Data *string `json:"callback_data"`
}

// readInline returns nil for a keyboard without buttons: it means none.
func readInline(raw json.RawMessage) *inlineMarkup {
	all := rows[rawInline](raw, "inline_keyboard", " of the InlineKeyboardMarkup")
	if len(all) == 0 {
		return nil
	}
	out := &inlineMarkup{Rows: each(all, rawInline.checked)}
	if len(slices.Concat(all...)) > maxInlineButtons {
		refuse(badRequest("reply markup is too long"))
	}
	return out
}

func (b rawInline) checked() inlineButton {
	switch {
	case strings.TrimSpace(b.Text) == "":
		refuse(badRequest("BUTTON_TEXT_INVALID"))
	case b.URL != "" && checkedLink(b.URL) == "":
		refuse(badRequest("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL))
	case b.URL != "":
		return inlineButton{Text: b.Text, URL: b.URL}
	case b.Data == nil:
		refuse(badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"))
	case *b.Data == "" || len(*b.Data) > maxButtonData:
		refuse(badRequest("BUTTON_DATA_INVALID"))
	}
	return inlineButton{Text: b.Text, Data: *b.Data}
}

// readKeyboard returns nil for one without keys, likewise.
func readKeyboard(fields rawMarkup, ch *chat) *Keyboard {
	all := rows[rawKey](fields.Keyboard, "keyboard", "")
	if len(all) == 0 {
		return nil
	}
	keys := each(all, func(key rawKey) Key {
		switch {
		case strings.TrimSpace(key.Text) == "":
			refuse(badRequest("can't parse keyboard button: button text must be non-empty"))
		case key.Contact && ch.kind != private:
			refuse(badRequest("phone number can be requested in private chats only"))
		case key.Location && ch.kind != private:
			refuse(badRequest("location can be requested in private chats only"))
		}
		return Key(key)
	})
	return &Keyboard{Rows: keys, Persistent: fields.Persistent, Placeholder: fields.Placeholder, OneTime: fields.OneTime}
}

// rawKey is a key as the bot writes it: an object, or for a plain one just its text.
type rawKey struct {
	Text     string
	Contact  bool
	Location bool
}

func (k *rawKey) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &k.Text)
	}
	var fields struct {
		Text     string `json:"text"`
		Contact  bool   `json:"request_contact"`
		Location bool   `json:"request_location"`
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	k.Text, k.Contact, k.Location = fields.Text, fields.Contact, fields.Location
	return nil
}
