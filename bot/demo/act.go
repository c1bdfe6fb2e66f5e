package demo

import (
	"fmt"
	"net/http"
)

// stageAct is something a person does on the page.
type stageAct struct {
	As      int64    `json:"as"`
	Chat    int64    `json:"chat"`
	Do      string   `json:"do"`
	Text    string   `json:"text"`
	Caption string   `json:"caption"`
	Payload string   `json:"payload"`
	Message int      `json:"message"`
	Data    string   `json:"data"`
	Lat     *float64 `json:"lat"`
	Lon     *float64 `json:"lon"`
}

// stageDeeds are the values of do. A press is answered by the toast event.
var stageDeeds = map[string]func(Actor, stageAct) error{
	"text":    func(a Actor, s stageAct) error { return second(a.Send(s.Chat, s.Text)) },
	"press":   func(a Actor, s stageAct) error { return second(a.Press(s.Chat, s.Message, s.Data)) },
	"contact": func(a Actor, _ stageAct) error { return second(a.ShareContact()) },
	"photo":   func(a Actor, s stageAct) error { return second(a.SendPhoto(s.Chat, s.Caption)) },
	"voice":   func(a Actor, s stageAct) error { return second(a.SendVoice(s.Chat, 5)) },
	"sticker": func(a Actor, s stageAct) error { return second(a.SendSticker(s.Chat)) },
	"start":   func(a Actor, s stageAct) error { return second(a.Start(s.Payload)) },
	"join":    func(a Actor, s stageAct) error { return a.Join(s.Chat) },
	"leave":   func(a Actor, s stageAct) error { return a.Leave(s.Chat) },
	"location": func(a Actor, s stageAct) error {
		if s.Lat == nil || s.Lon == nil {
			return fmt.Errorf("a location needs lat and lon: %w", errBadRequest)
		}
		return second(a.ShareLocation(s.Chat, *s.Lat, *s.Lon))
	},
}

func second[T any](_ T, err error) error { return err }

func (t *Telegram) serveAct(r *http.Request) (any, error) {
	var act stageAct
	if err := readJSON(r, &act); err != nil {
		return nil, err
	}
	deed, ok := stageDeeds[act.Do]
	if !ok {
		return nil, fmt.Errorf("nobody can do %q: %w", act.Do, errBadRequest)
	}
	return stageOK, deed(t.As(act.As), act)
}
