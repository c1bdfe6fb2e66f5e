package telegram

import (
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/job"
)

// A file can only be sent again as what it was received as: "can't use file of
// type VideoNote as Video". The flows know four kinds, so the two that pass as
// a Video keep their own name in front of the file id, as in
// "video_note:DQACAgIAAx". No file id holds a colon.
const (
	animation = "animation"
	videoNote = "video_note"
)

// attachment finds the file of a message, in its order of preference: an
// animation also comes as a document, and a photo in several sizes.
func attachment(m *wireMessage) (job.Attachment, bool) {
	a := job.Attachment{Album: opaque(m.Album)}
	switch {
	case len(m.Photo) > 0:
		a.Kind, a.FileID = job.Photo, largest(m.Photo)
	case m.Voice != nil:
		a.Kind, a.FileID = job.Voice, m.Voice.ID
	case m.Video != nil:
		a.Kind, a.FileID = job.Video, m.Video.ID
	case m.VideoNote != nil:
		a.Kind, a.FileID = job.Video, videoNote+":"+m.VideoNote.ID
	case m.Animation != nil:
		a.Kind, a.FileID = job.Video, animation+":"+m.Animation.ID
	case m.Document != nil:
		a.Kind, a.FileID = job.Document, m.Document.ID
	}
	a.FileID = opaque(a.FileID)
	return a, a.FileID != ""
}

func largest(sizes []tgbotapi.PhotoSize) string {
	best := sizes[0]
	for _, p := range sizes[1:] {
		if p.Width*p.Height > best.Width*best.Height {
			best = p
		}
	}
	return best.FileID
}

// upload names the method that sends the attachment, the parameter that takes
// the file, and the file id.
func upload(a job.Attachment) (method, field, id string) {
	field, id, ok := strings.Cut(a.FileID, ":")
	if !ok {
		field, id = string(a.Kind), a.FileID
	}
	if method, ok := uploads[field]; ok {
		return method, field, id
	}
	return "sendDocument", string(job.Document), id
}

// uploads are the methods by the parameter that takes the file. A file of another
// kind goes as a document.
var uploads = map[string]string{
	animation:         "sendAnimation",
	videoNote:         "sendVideoNote",
	string(job.Photo): "sendPhoto",
	string(job.Voice): "sendVoice",
	string(job.Video): "sendVideo",
}
