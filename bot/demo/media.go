package demo

import (
	"encoding/json"
	"strconv"
)

// sendFile makes the method that sends one file of a kind; the parameter with the file has the kind's name.
func sendFile(kind string) func(*Telegram, *call) any {
	return sending(func(t *Telegram, c *call) *wireMessage {
		m := &wireMessage{}
		m.Caption, m.CapEnts = t.caption(c)
		w := t.inputFile(c, kind, kind, c.str(kind)).wire
		if kind != "photo" {
			w.Duration = c.int("duration")
		}
		m.attach(kind, w)
		return m
	})
}

// albumItem is one entry of the parameter media of sendMediaGroup.
type albumItem struct {
	Type      string          `json:"type"`
	Media     string          `json:"media"`
	Caption   string          `json:"caption"`
	ParseMode string          `json:"parse_mode"`
	Entities  json.RawMessage `json:"caption_entities"`
}

// sendMediaGroup sends nothing unless every item can be sent. Each item is a message of its own with a common media_group_id.
func (t *Telegram) sendMediaGroup(c *call, ch *chat) any {
	var items []albumItem
	switch given, err := c.object("media", &items); {
	case err != nil:
		refuse(badRequest("can't parse media JSON object"))
	case !given || len(items) < 2 || len(items) > 10:
		refuse(badRequest("media must include 2-10 items"))
	}
	group := t.albumID()
	var album []*wireMessage
	for _, item := range items {
		m := t.albumMessage(c, item)
		t.prepare(c, ch, m)
		m.MediaGroup, m.Markup = group, nil // an album has no buttons
		album = append(album, m)
	}
	for _, m := range album {
		t.post(ch, m)
	}
	return album
}

func (t *Telegram) albumMessage(c *call, item albumItem) *wireMessage {
	switch item.Type {
	case "photo", "video", "document":
	default:
		refuse(badRequest("can't parse InputMedia: type must be one of photo, video, document"))
	}
	entities := string(item.Entities)
	if entities == "null" {
		entities = ""
	}
	m := &wireMessage{}
	m.Caption, m.CapEnts = t.captionOf(item.Caption, item.ParseMode, entities)
	m.attach(item.Type, t.inputFile(c, item.Type, "", item.Media).wire)
	return m
}

// albumID is a number beyond any other id, as Telegram's are.
func (t *Telegram) albumID() string {
	t.nextAlbum++
	return strconv.Itoa(13_000_000_000_000_000 + t.nextAlbum)
}
