package demo

import (
	"encoding/json"
	"strconv"
)

// sendFile makes the method that sends one file of a kind; the parameter with the file has the kind's name.
func sendFile(kind string) func(*Telegram, *call) (any, *apiError) {
	return func(t *Telegram, c *call) (any, *apiError) {
		ch, refused := t.chatFor(c, toWrite)
		if refused != nil {
			return nil, refused
		}
		m := &wireMessage{}
		m.Caption, m.CapEnts, refused = t.caption(c.str("caption"), c.str("parse_mode"), c.str("caption_entities"))
		if refused != nil {
			return nil, refused
		}
		f, refused := t.inputFile(c, kind, kind, c.str(kind))
		if refused != nil {
			return nil, refused
		}
		w := f.wire
		if kind != "photo" {
			w.Duration = c.int("duration")
		}
		m.attach(kind, w)
		return t.deliver(c, ch, m)
	}
}

// albumItem is one entry of the parameter media of sendMediaGroup.
type albumItem struct {
	Type      string          `json:"type"`
	Media     string          `json:"media"`
	Caption   string          `json:"caption"`
	ParseMode string          `json:"parse_mode"`
	Entities  json.RawMessage `json:"caption_entities"`
}

// album decodes the parameter media. Its length is also what an album costs of the send limits.
func (c *call) album() ([]albumItem, *apiError) {
	var items []albumItem
	switch given, err := c.object("media", &items); {
	case err != nil:
		return nil, badRequest("can't parse media JSON object")
	case !given || len(items) < 2 || len(items) > 10:
		return nil, badRequest("media must include 2-10 items")
	}
	return items, nil
}

// sendMediaGroup sends nothing unless every item can be sent. Each item is a message of its own with a common media_group_id.
func (t *Telegram) sendMediaGroup(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	if refused != nil {
		return nil, refused
	}
	items, refused := c.album()
	if refused != nil {
		return nil, refused
	}
	group := t.albumID()
	var album []*wireMessage
	for _, item := range items {
		m, refused := t.albumMessage(c, item)
		if refused != nil {
			return nil, refused
		}
		if _, refused = t.prepare(c, ch, m); refused != nil {
			return nil, refused
		}
		m.MediaGroup, m.Markup = group, nil // an album has no buttons
		album = append(album, m)
	}
	for _, m := range album {
		t.post(ch, m)
	}
	return album, nil
}

func (t *Telegram) albumMessage(c *call, item albumItem) (*wireMessage, *apiError) {
	switch item.Type {
	case "photo", "video", "document":
	default:
		return nil, badRequest("can't parse InputMedia: type must be one of photo, video, document")
	}
	m := &wireMessage{}
	var refused *apiError
	entities := string(item.Entities)
	if entities == "null" {
		entities = ""
	}
	if m.Caption, m.CapEnts, refused = t.caption(item.Caption, item.ParseMode, entities); refused != nil {
		return nil, refused
	}
	f, refused := t.inputFile(c, item.Type, "", item.Media)
	if refused != nil {
		return nil, refused
	}
	m.attach(item.Type, f.wire)
	return m, nil
}

// albumID is a number beyond any other id, as Telegram's are.
func (t *Telegram) albumID() string {
	t.nextAlbum++
	return strconv.Itoa(13_000_000_000_000_000 + t.nextAlbum)
}
