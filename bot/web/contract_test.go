package web

import "time"

// The shapes of the contract between the page and the stand-in desk.
type (
	person struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
		Role string `json:"role"`
		Lang string `json:"lang"`
	}
	button struct {
		Text string `json:"text"`
		Data string `json:"data,omitempty"`
		URL  string `json:"url,omitempty"`
	}
	message struct {
		ID        int        `json:"id"`
		From      int64      `json:"from"`
		Name      string     `json:"name"`
		Bot       bool       `json:"bot"`
		Kind      string     `json:"kind"`
		HTML      string     `json:"html"`
		File      string     `json:"file,omitempty"`
		Lat       float64    `json:"lat,omitempty"`
		Lon       float64    `json:"lon,omitempty"`
		Phone     string     `json:"phone,omitempty"`
		Buttons   [][]button `json:"buttons,omitempty"`
		Edited    bool       `json:"edited,omitempty"`
		Protected bool       `json:"protected,omitempty"`
		At        time.Time  `json:"at"`
		ReplyTo   int        `json:"reply_to,omitempty"`
	}
	key struct {
		Text     string `json:"text"`
		Contact  bool   `json:"contact,omitempty"`
		Location bool   `json:"location,omitempty"`
	}
	keyboard struct {
		Rows        [][]key `json:"rows"`
		Persistent  bool    `json:"persistent,omitempty"`
		Placeholder string  `json:"placeholder,omitempty"`
		OneTime     bool    `json:"one_time,omitempty"`
	}
	command struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	chat struct {
		ID       int64     `json:"id"`
		Kind     string    `json:"kind"`
		Title    string    `json:"title"`
		User     int64     `json:"user,omitempty"`
		Messages []message `json:"messages"`
		Keyboard *keyboard `json:"keyboard"`
		Opened   bool      `json:"opened"`
		Commands []command `json:"commands"`
		Members  []int64   `json:"members,omitempty"`
	}
	bot struct {
		ID       int64  `json:"id"`
		Name     string `json:"name"`
		Username string `json:"username"`
	}
	next struct {
		Step  string               `json:"step"`
		Chat  int64                `json:"chat"`
		As    int64                `json:"as"`
		Press []string             `json:"press"`
		Hours map[string]time.Time `json:"hours"`
	}
	state struct {
		Now    *time.Time `json:"now,omitempty"`
		Bot    bot        `json:"bot"`
		People []person   `json:"people"`
		Chats  []*chat    `json:"chats"`
	}
	act struct {
		As      int64   `json:"as"`
		Chat    int64   `json:"chat"`
		Do      string  `json:"do"`
		Text    string  `json:"text"`
		Message int     `json:"message"`
		Data    string  `json:"data"`
		Lat     float64 `json:"lat"`
		Lon     float64 `json:"lon"`
		Caption string  `json:"caption"`
		Payload string  `json:"payload"`
	}
)
