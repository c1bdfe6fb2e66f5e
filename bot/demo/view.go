package demo

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
)

// Message is a message as a person sees it. Its JSON is what the page of the demo reads.
type Message struct {
	ID   int    `json:"id"`
	From int64  `json:"from"`
	Name string `json:"name"`
	Bot  bool   `json:"bot"`
	// Kind is "text", "photo", "voice", "video", "document", "location", "contact", "sticker" or "service".
	Kind string `json:"kind"`
	// HTML is the text or caption with only b i u s code pre a tg-spoiler blockquote in it; line breaks are \n.
	HTML string `json:"html"`
	// Text is the same without markup.
	Text string `json:"-"`
	// File is the path of a picture on the page.
	File string `json:"file"`
	// Width and Height of that picture, in pixels: the page keeps room for it before it has come.
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`
	// FileID names the file for the bot.
	FileID    string     `json:"-"`
	Lat       float64    `json:"lat"`
	Lon       float64    `json:"lon"`
	Phone     string     `json:"phone"`
	Buttons   [][]Button `json:"buttons"` // never nil
	Edited    bool       `json:"edited"`
	Deleted   bool       `json:"deleted"`
	Protected bool       `json:"protected"`
	Forwarded bool       `json:"-"`
	At        time.Time  `json:"at"`
	ReplyTo   int        `json:"reply_to"`
}

// Button is an inline button: either Data or URL is set.
type Button struct {
	Text string `json:"text"`
	Data string `json:"data"`
	URL  string `json:"url"`
}

// Button finds the first button whose label contains these words.
func (m Message) Button(label string) (Button, bool) {
	for _, b := range slices.Concat(m.Buttons...) {
		if strings.Contains(b.Text, label) {
			return b, true
		}
	}
	return Button{}, false
}

// view makes the message of a record.
func view(r *record) Message {
	m := r.msg
	out := Message{
		ID: m.ID, From: m.From.ID, Name: m.From.fullName(), Bot: m.From.IsBot,
		Edited: m.EditDate != 0, Deleted: r.deleted, Protected: m.Protected, Forwarded: m.Origin != nil,
		At: time.Unix(m.Date, 0).UTC(), Buttons: [][]Button{},
	}
	if r.isService() {
		out.Kind, out.Text = "service", m.serviceText()
		out.HTML = html.EscapeString(out.Text)
		return out
	}
	out.Text = cmp.Or(m.Text, m.Caption)
	out.HTML = writeHTML(out.Text, append(m.Entities[:len(m.Entities):len(m.Entities)], m.CapEnts...))
	if m.ReplyTo != nil {
		out.ReplyTo = m.ReplyTo.ID
	}
	if m.Markup != nil {
		out.Buttons = each(m.Markup.Rows, func(b inlineButton) Button { return Button(b) })
	}
	out.attachments(m)
	return out
}

// attachments fills the kind and what belongs to it. What a page could not show otherwise, such as a file's name, goes into the HTML.
func (m *Message) attachments(wire *wireMessage) {
	above := func(line string) { m.HTML = strings.TrimSpace("<b>" + html.EscapeString(line) + "</b>\n" + m.HTML) }
	switch {
	case len(wire.Photo) > 0:
		last := wire.Photo[len(wire.Photo)-1]
		m.Kind, m.FileID, m.File, m.Width, m.Height = "photo", last.FileID, filePath+last.UniqueID, last.Width, last.Height
	case wire.Voice != nil:
		m.Kind, m.FileID = "voice", wire.Voice.FileID
	case wire.Video != nil:
		m.Kind, m.FileID = "video", wire.Video.FileID
	case wire.Document != nil:
		m.Kind, m.FileID = "document", wire.Document.FileID
		above(wire.Document.Name)
	case wire.Sticker != nil:
		m.Kind, m.FileID = "sticker", wire.Sticker.FileID
	case wire.Contact != nil:
		m.Kind, m.Phone = "contact", wire.Contact.Phone
		above(strings.TrimSpace(wire.Contact.FirstName + " " + wire.Contact.LastName))
	case wire.Location != nil:
		m.Kind, m.Lat, m.Lon = "location", wire.Location.Latitude, wire.Location.Longitude
		if wire.Venue != nil {
			above(wire.Venue.Title)
			m.HTML += "\n" + html.EscapeString(wire.Venue.Address)
		}
	default:
		m.Kind = "text"
	}
}

// serviceText says what happened in both languages of the page; Telegram's apps write such lines themselves.
func (m *wireMessage) serviceText() string {
	switch {
	case len(m.NewMembers) > 0:
		return m.NewMembers[0].fullName() + " 进群了 · joined"
	case m.LeftMember != nil:
		return m.LeftMember.fullName() + " 退群了 · left"
	case m.Pinned != nil:
		return m.From.fullName() + " 置顶了一条消息 · pinned a message"
	}
	return "本群已升级为超级群 · this group was upgraded"
}

// newestFirst lists what is in a chat above an id, without deleted messages.
func (t *Telegram) newestFirst(ch *chat, after int) []Message {
	var out []Message
	for _, id := range slices.Backward(ch.order) {
		if id <= after {
			break
		}
		if r := ch.live(id); r != nil {
			out = append(out, view(r))
		}
	}
	return out
}

// Messages lists a chat as a person reads it, oldest first, without deleted messages. ErrNoChat when there is none.
func (t *Telegram) Messages(chatID int64) ([]Message, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	ch := t.chats[chatID]
	if ch == nil {
		return nil, fmt.Errorf("reading chat %d: %w", chatID, ErrNoChat)
	}
	all := t.newestFirst(ch, 0)
	slices.Reverse(all)
	return all, nil
}
