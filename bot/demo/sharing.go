package demo

import "fmt"

// ShareContact shares the person's own card with the bot. Telegram fills in the user id itself, so it can be trusted (RELIABILITY §2, contacts).
func (a Actor) ShareContact() (int, error) {
	return a.write("sharing the own contact", a.id, func(ch *chat) (*wireMessage, error) {
		p := ch.user.Person
		if p.Phone == "" {
			return nil, fmt.Errorf("no phone: %w", ErrNotAllowed)
		}
		return &wireMessage{Contact: &wireContact{Phone: p.Phone, FirstName: p.Name, LastName: p.LastName, UserID: p.ID}}, nil
	})
}

// ShareForeignContact sends somebody else's card. owner is that person's user id, 0 when they do not use Telegram.
func (a Actor) ShareForeignContact(phone, name string, owner int64) (int, error) {
	return a.write("sharing a contact", a.id, func(*chat) (*wireMessage, error) {
		return &wireMessage{Contact: &wireContact{Phone: phone, FirstName: name, UserID: owner}}, nil
	})
}

// ShareLocation sends a pin, in degrees of WGS 84.
func (a Actor) ShareLocation(chatID int64, lat, lon float64) (int, error) {
	return a.write("sharing a location", chatID, func(*chat) (*wireMessage, error) {
		if !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
			return nil, ErrNotAllowed
		}
		return &wireMessage{Location: &wirePoint{Latitude: lat, Longitude: lon}}, nil
	})
}

// SendPhoto sends the sample picture, a prepaid meter whose yellow lamp is lit, in two sizes as Telegram offers them.
func (a Actor) SendPhoto(chatID int64, caption string) (int, error) {
	return a.write("sending a photo", chatID, func(*chat) (*wireMessage, error) {
		return a.t.photoMessage(caption), nil
	})
}

// SendAlbum sends n sample pictures at once, the caption on the first. Each is a message of its own; the ids are in order.
func (a Actor) SendAlbum(chatID int64, n int, caption string) ([]int, error) {
	var ids []int
	err := a.act("sending an album", chatID, func(u *user, ch *chat) error {
		if err := ch.mayWrite(a.id); err != nil {
			return err
		}
		group := a.t.albumID()
		for range n {
			m := a.t.photoMessage(caption)
			m.MediaGroup, caption = group, ""
			a.t.postFrom(u, ch, m)
			ids = append(ids, m.ID)
		}
		return nil
	})
	return ids, err
}

func (t *Telegram) photoMessage(caption string) *wireMessage {
	m := &wireMessage{}
	m.Caption, _ = tidy(caption, nil)
	m.CapEnts = findEntities(m.Caption, nil)
	var sizes []wireFile
	for _, png := range [][]byte{meterSmall, meterLarge} {
		sizes = append(sizes, t.storeUpload("photo", upload{name: "meter.png", data: png}).wire)
	}
	m.attach("photo", sizes...)
	return m
}

// SendVoice sends a voice message of so many seconds.
func (a Actor) SendVoice(chatID int64, seconds int) (int, error) {
	return a.sendFile(chatID, file{kind: "voice", data: silence, wire: wireFile{Mime: "audio/ogg", Duration: seconds}})
}

// SendSticker sends a sticker.
func (a Actor) SendSticker(chatID int64) (int, error) {
	return a.sendFile(chatID, file{kind: "sticker", data: silence, wire: wireFile{Width: 512, Height: 512}})
}

// silence is the beginning of an Ogg file. Recordings here have no sound and no picture: bots pass them on by their id and never listen.
var silence = []byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00")

func (a Actor) sendFile(chatID int64, f file) (int, error) {
	return a.write("sending a "+f.kind, chatID, func(*chat) (*wireMessage, error) {
		m := &wireMessage{}
		m.attach(f.kind, a.t.files.add(f).wire)
		return m, nil
	})
}
