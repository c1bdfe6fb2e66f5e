package demo

// The types of this file are Telegram's JSON objects as the Bot API writes them (Bot API reference, "Available types"), cut to the fields that
// the methods of this server can produce. A value that has been published is never changed again: edits make a new one, so replies and ledger
// entries can be encoded outside the lock.

type wireUser struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name,omitempty"`
	Username  string `json:"username,omitempty"`
	Language  string `json:"language_code,omitempty"`
}

// wireMe is the answer of getMe: a user with the abilities that only a bot learns about itself.
type wireMe struct {
	wireUser
	CanJoinGroups   bool `json:"can_join_groups"`
	CanReadAll      bool `json:"can_read_all_group_messages"`
	SupportsInline  bool `json:"supports_inline_queries"`
	CanConnect      bool `json:"can_connect_to_business"`
	HasMainWebApp   bool `json:"has_main_web_app"`
	HasTopicsEnable bool `json:"has_topics_enabled"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	// AllAdmins is written for basic groups only, as Telegram does.
	AllAdmins bool `json:"all_members_are_administrators,omitempty"`
}

type wireMessage struct {
	ID         int          `json:"message_id"`
	From       *wireUser    `json:"from,omitempty"`
	Chat       *wireChat    `json:"chat"`
	Date       int64        `json:"date"`
	EditDate   int64        `json:"edit_date,omitempty"`
	Origin     *wireOrigin  `json:"forward_origin,omitempty"`
	ReplyTo    *wireMessage `json:"reply_to_message,omitempty"`
	Protected  bool         `json:"has_protected_content,omitempty"`
	MediaGroup string       `json:"media_group_id,omitempty"`
	Text       string       `json:"text,omitempty"`
	Entities   []entity     `json:"entities,omitempty"`
	Photo      []wireFile   `json:"photo,omitempty"`
	Voice      *wireFile    `json:"voice,omitempty"`
	Video      *wireFile    `json:"video,omitempty"`
	Document   *wireFile    `json:"document,omitempty"`
	Sticker    *wireSticker `json:"sticker,omitempty"`
	Caption    string       `json:"caption,omitempty"`
	CapEnts    []entity     `json:"caption_entities,omitempty"`
	Contact    *wireContact `json:"contact,omitempty"`
	Location   *wirePoint   `json:"location,omitempty"`
	Venue      *wireVenue   `json:"venue,omitempty"`

	NewMembers  []*wireUser   `json:"new_chat_members,omitempty"`
	LeftMember  *wireUser     `json:"left_chat_member,omitempty"`
	MigrateTo   int64         `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom int64         `json:"migrate_from_chat_id,omitempty"`
	Pinned      *wireMessage  `json:"pinned_message,omitempty"`
	Markup      *inlineMarkup `json:"reply_markup,omitempty"`
}

// wireOrigin tells where a forwarded message was first written. Today's API sends it instead of forward_from (RELIABILITY §1.18).
type wireOrigin struct {
	Type string    `json:"type"`
	User *wireUser `json:"sender_user,omitempty"`
	Date int64     `json:"date"`
}

// wireFile serves for a photo size, a voice note, a video and a document: their fields overlap and absent ones are not written.
type wireFile struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"`
	Name     string `json:"file_name,omitempty"`
	Mime     string `json:"mime_type,omitempty"`
	Size     int    `json:"file_size,omitempty"`
}

type wireSticker struct {
	wireFile
	Type     string `json:"type"`
	Animated bool   `json:"is_animated"`
	Video    bool   `json:"is_video"`
	Emoji    string `json:"emoji,omitempty"`
}

type wireContact struct {
	Phone     string `json:"phone_number"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name,omitempty"`
	UserID    int64  `json:"user_id,omitempty"`
}

type wirePoint struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type wireVenue struct {
	Location wirePoint `json:"location"`
	Title    string    `json:"title"`
	Address  string    `json:"address"`
}

type wireCallback struct {
	ID       string    `json:"id"`
	From     *wireUser `json:"from"`
	Message  any       `json:"message,omitempty"` // *wireMessage, or wireInaccessible once it is gone
	Instance string    `json:"chat_instance"`
	Data     string    `json:"data"`
}

// wireInaccessible stands for a message the bot can no longer see; its date is always 0 (RELIABILITY §2, callbacks).
type wireInaccessible map[string]any

type wireMemberUpdate struct {
	Chat *wireChat  `json:"chat"`
	From *wireUser  `json:"from"`
	Date int64      `json:"date"`
	Old  wireMember `json:"old_chat_member"`
	New  wireMember `json:"new_chat_member"`
}

// wireUpdate holds exactly one of its pointers.
type wireUpdate struct {
	ID           int               `json:"update_id"`
	Message      *wireMessage      `json:"message,omitempty"`
	Edited       *wireMessage      `json:"edited_message,omitempty"`
	Callback     *wireCallback     `json:"callback_query,omitempty"`
	MyChatMember *wireMemberUpdate `json:"my_chat_member,omitempty"`
	ChatMember   *wireMemberUpdate `json:"chat_member,omitempty"`
}
