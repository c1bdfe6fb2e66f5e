package job

// Attachment is a file that stays with Telegram; the desk keeps its id only.
type Attachment struct {
	Kind   MediaKind `json:"kind,omitempty"`
	FileID string    `json:"file,omitempty"`
	Album  string    `json:"album,omitempty"` // media_group_id: one act of the sender, several events
	Note   string    `json:"note,omitempty"`  // the caption
}

// MediaKind is what an Attachment is.
type MediaKind string

// The kinds of attachment the desk keeps and passes on.
const (
	Photo    MediaKind = "photo"
	Voice    MediaKind = "voice"
	Video    MediaKind = "video"
	Document MediaKind = "document"
)
