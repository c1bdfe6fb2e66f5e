package demo

import "net/http"

// What people, and Telegram itself, do in the tests of this package alone.

var video = file{kind: "video", data: silence, wire: wireFile{Name: "video.mp4", Mime: "video/mp4", Width: 640, Height: 480, Duration: 5}}

func document(name, content string) file {
	return file{kind: "document", data: []byte(content), wire: wireFile{Name: name, Mime: http.DetectContentType([]byte(content))}}
}

// unblock lets the bot write again, without a START.
func (w *world) unblock(userID int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.setBlocked(w.chats[userID], false)
}

// restartQueue forgets what is pending and numbers the coming updates from next on, as Telegram does after a quiet week (RELIABILITY §1.2).
func (w *world) restartQueue(next int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = queue{next: next, allowed: w.queue.allowed}
}

// keyboardIn is the reply keyboard that a chat shows, nil when it shows none.
func (w *world) keyboardIn(chatID int64) *Keyboard {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.chats[chatID].keyboard
}

// Message reads one message, also a deleted one, of which only Deleted and its sender are left.
func (w *world) Message(chatID int64, id int) (Message, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.chats[chatID].messages[id]
	if r == nil {
		return Message{}, ErrNoMessage
	}
	return view(r), nil
}

// id is that of the person a member is, as it came over the wire.
func (m wireMember) id() any { return m["user"].(map[string]any)["id"] }

// What copyMessage and getFile answer.
type (
	messageID struct {
		ID int `json:"message_id"`
	}
	filePaths struct {
		FileID   string `json:"file_id"`
		UniqueID string `json:"file_unique_id"`
		Size     int    `json:"file_size"`
		Path     string `json:"file_path"`
	}
)
