package demo

import "strings"

// sendMessage and its siblings fill a message and hand it to deliver, which checks what all of them share.
func (t *Telegram) sendMessage(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	if refused != nil {
		return nil, refused
	}
	m := &wireMessage{}
	if m.Text, m.Entities, refused = t.messageText(c); refused != nil {
		return nil, refused
	}
	return t.deliver(c, ch, m)
}

func (t *Telegram) sendLocation(c *call) (any, *apiError) {
	ch, point, refused := t.pointFor(c)
	if refused != nil {
		return nil, refused
	}
	return t.deliver(c, ch, &wireMessage{Location: &point})
}

func (t *Telegram) sendVenue(c *call) (any, *apiError) {
	ch, point, refused := t.pointFor(c)
	if refused != nil {
		return nil, refused
	}
	if c.str("title") == "" || c.str("address") == "" {
		return nil, badRequest("venue title and address must be non-empty")
	}
	return t.deliver(c, ch, &wireMessage{
		Location: &point,
		Venue:    &wireVenue{Location: point, Title: c.str("title"), Address: c.str("address")},
	})
}

func (t *Telegram) pointFor(c *call) (*chat, wirePoint, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	if refused != nil {
		return nil, wirePoint{}, refused
	}
	lat, okLat := c.float("latitude")
	lon, okLon := c.float("longitude")
	switch {
	case c.str("latitude") == "":
		return nil, wirePoint{}, badRequest("latitude is empty")
	case c.str("longitude") == "":
		return nil, wirePoint{}, badRequest("longitude is empty")
	case !okLat || !okLon || lat < -90 || lat > 90 || lon < -180 || lon > 180:
		return nil, wirePoint{}, badRequest("location is invalid")
	}
	return ch, wirePoint{Latitude: lat, Longitude: lon}, nil
}

func (t *Telegram) sendContact(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	switch {
	case refused != nil:
		return nil, refused
	case c.str("phone_number") == "":
		return nil, badRequest("phone number must be non-empty")
	case c.str("first_name") == "":
		return nil, badRequest("first name must be non-empty")
	}
	return t.deliver(c, ch, &wireMessage{
		Contact: &wireContact{Phone: c.str("phone_number"), FirstName: c.str("first_name"), LastName: c.str("last_name")},
	})
}

// chatActions are those the desk can name; the page shows all of them as typing.
const chatActions = " typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location " +
	"record_video_note upload_video_note "

func (t *Telegram) sendChatAction(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	if refused != nil {
		return nil, refused
	}
	if !strings.Contains(chatActions, " "+strings.ToLower(c.str("action"))+" ") {
		return nil, badRequest("wrong parameter action in request")
	}
	t.audience.show("typing", typingEvent{Chat: ch.wire.ID})
	return true, nil
}

// deliver posts a message of the bot with the parameters every sending method has: reply, protection and keyboard.
func (t *Telegram) deliver(c *call, ch *chat, m *wireMessage) (any, *apiError) {
	markup, refused := t.prepare(c, ch, m)
	if refused != nil {
		return nil, refused
	}
	t.post(ch, m)
	t.setKeyboard(ch, markup)
	return m, nil
}

// prepare checks and fills what all sending methods share, without sending.
func (t *Telegram) prepare(c *call, ch *chat, m *wireMessage) (replyMarkup, *apiError) {
	markup, refused := c.markup(ch)
	if refused != nil {
		return markup, refused
	}
	if c.int("message_thread_id") != 0 { // none of these chats is a forum
		return markup, badRequest("message thread not found")
	}
	if m.ReplyTo, refused = c.replyTo(ch); refused != nil {
		return markup, refused
	}
	m.From = t.me
	m.Protected = c.flag("protect_content")
	m.Markup = markup.inline
	return markup, nil
}

// replyTo finds the message a call answers to, by the old parameter or the new one.
func (c *call) replyTo(ch *chat) (*wireMessage, *apiError) {
	var reply struct {
		ID    int  `json:"message_id"`
		Allow bool `json:"allow_sending_without_reply"`
	}
	if _, err := c.object("reply_parameters", &reply); err != nil {
		return nil, badRequest("can't parse reply parameters JSON object")
	}
	if reply.ID == 0 {
		reply.ID, reply.Allow = c.int("reply_to_message_id"), c.flag("allow_sending_without_reply")
	}
	if reply.ID == 0 {
		return nil, nil
	}
	if r := ch.live(reply.ID); r != nil {
		return r.asReply(), nil
	}
	if reply.Allow {
		return nil, nil
	}
	return nil, badRequest("message to be replied not found")
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
