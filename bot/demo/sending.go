package demo

import "strings"

// sending makes a method of what builds a message: it is posted with the parameters every sending method has, reply, protection and keyboard.
func sending(build func(*Telegram, *call) *wireMessage) func(*Telegram, *call) any {
	return in(toWrite, func(t *Telegram, c *call, ch *chat) any { return t.deliver(c, ch, build(t, c)) })
}

func (t *Telegram) textMessage(c *call) *wireMessage {
	text, marks := t.messageText(c)
	return &wireMessage{Text: text, Entities: marks}
}

func (t *Telegram) locationMessage(c *call) *wireMessage { return &wireMessage{Location: c.point()} }

func (t *Telegram) venueMessage(c *call) *wireMessage {
	point := c.point()
	if c.str("title") == "" || c.str("address") == "" {
		refuse(badRequest("venue title and address must be non-empty"))
	}
	return &wireMessage{Location: point, Venue: &wireVenue{Location: *point, Title: c.str("title"), Address: c.str("address")}}
}

func (c *call) point() *wirePoint {
	lat, okLat := c.float("latitude")
	lon, okLon := c.float("longitude")
	switch {
	case c.str("latitude") == "":
		refuse(badRequest("latitude is empty"))
	case c.str("longitude") == "":
		refuse(badRequest("longitude is empty"))
	case !okLat || !okLon || lat < -90 || lat > 90 || lon < -180 || lon > 180:
		refuse(badRequest("location is invalid"))
	}
	return &wirePoint{Latitude: lat, Longitude: lon}
}

func (t *Telegram) contactMessage(c *call) *wireMessage {
	switch {
	case c.str("phone_number") == "":
		refuse(badRequest("phone number must be non-empty"))
	case c.str("first_name") == "":
		refuse(badRequest("first name must be non-empty"))
	}
	return &wireMessage{
		Contact: &wireContact{Phone: c.str("phone_number"), FirstName: c.str("first_name"), LastName: c.str("last_name")},
	}
}

// chatActions are those the desk can name; the page shows all of them as typing.
const chatActions = " typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location " +
	"record_video_note upload_video_note "

func (t *Telegram) sendChatAction(c *call, ch *chat) any {
	if !strings.Contains(chatActions, " "+strings.ToLower(c.str("action"))+" ") {
		refuse(badRequest("wrong parameter action in request"))
	}
	t.audience.show("typing", typingEvent{Chat: ch.wire.ID})
	return true
}

func (t *Telegram) deliver(c *call, ch *chat, m *wireMessage) *wireMessage {
	markup := t.prepare(c, ch, m)
	t.post(ch, m)
	t.setKeyboard(ch, markup)
	return m
}

// prepare checks and fills what all sending methods share, without sending.
func (t *Telegram) prepare(c *call, ch *chat, m *wireMessage) replyMarkup {
	markup := c.markup(ch)
	if c.int("message_thread_id") != 0 { // none of these chats is a forum
		refuse(badRequest("message thread not found"))
	}
	m.ReplyTo = c.replyTo(ch)
	m.From = t.me
	m.Protected = c.flag("protect_content")
	m.Markup = markup.inline
	return markup
}

// replyTo finds the message a call answers to, by the old parameter or the new one.
func (c *call) replyTo(ch *chat) *wireMessage {
	var reply struct {
		ID    int  `json:"message_id"`
		Allow bool `json:"allow_sending_without_reply"`
	}
	if _, err := c.object("reply_parameters", &reply); err != nil {
		refuse(badRequest("can't parse reply parameters JSON object"))
	}
	if reply.ID == 0 {
		reply.ID, reply.Allow = c.int("reply_to_message_id"), c.flag("allow_sending_without_reply")
	}
	if r := ch.live(reply.ID); r != nil {
		return r.asReply()
	}
	if reply.ID != 0 && !reply.Allow {
		refuse(badRequest("message to be replied not found"))
	}
	return nil
}

// setKeyboard changes the reply keyboard of a chat when a sent message brought one or took it away.
func (t *Telegram) setKeyboard(ch *chat, markup replyMarkup) {
	switch {
	case markup.keyboard != nil:
		ch.keyboard = markup.keyboard
	case markup.remove && ch.keyboard != nil:
		ch.keyboard = nil
	default:
		return
	}
	ch.changed.fire()
	t.audience.show("keyboard", keyboardEvent{Chat: ch.wire.ID, Keyboard: ch.keyboard})
}
