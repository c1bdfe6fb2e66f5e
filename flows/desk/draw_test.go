package desk_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

var tag = regexp.MustCompile(`</?(b|i|a)( [^>]*)?>`)

// plain is a message's text as a reader sees it.
func plain(text string) string { return html.UnescapeString(tag.ReplaceAllString(text, "")) }

// draw writes a message as a reader sees it: its words, then its buttons. The
// two keyboards that nearly every message has are written short: the menu's, and
// the row of back, menu and person.
func draw(s talk.Say) []string {
	var lines []string
	if s.Pin != (county.Pin{}) {
		return []string{fmt.Sprintf("(map %.3f %.3f)", s.Pin.Lat, s.Pin.Lon)}
	}
	if s.Media.FileID != "" {
		lines = append(lines, "("+string(s.Media.Kind)+")")
	}
	if s.Picture != "" {
		lines = append(lines, "(picture: "+s.Picture+")")
	}
	lines = append(lines, strings.Split(plain(s.Text), "\n")...)
	if slices.ContainsFunc(words.Langs, func(l words.Lang) bool { return isMenu(s.Keys, l) }) {
		return append(lines, "  [the menu]")
	}
	for _, row := range s.Keys {
		line := " "
		for _, k := range row {
			line += " [" + short(k.Text) + "]"
		}
		lines = append(lines, line)
	}
	for _, row := range s.Buttons {
		line := " "
		for _, k := range row {
			line += " (" + k.Text + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func isMenu(keys [][]talk.Key, l words.Lang) bool {
	if len(keys) == 0 || len(keys[0]) == 0 {
		return false
	}
	last := keys[len(keys)-1]
	return keys[0][0].Text == words.Plain(l, "menu.menu.outage", nil) && last[len(last)-1].Text == words.Plain(l, "menu.menu.person", nil)
}

// short leaves of the buttons that every screen has their sign.
func short(label string) string {
	for _, l := range words.Langs {
		for _, key := range []string{"nav.back", "nav.exit", "nav.person"} {
			if label == words.Plain(l, key, nil) {
				sign, _, _ := strings.Cut(label, " ")
				return sign
			}
		}
	}
	return label
}

// trace writes the effects of one turn for a transcript. The duty log is left
// out: it says the same once more. What is drawn again in its place is written
// with the lines that changed.
func (p *play) trace(who talk.Person, effects []talk.Effect) string {
	var lines []string
	for _, e := range effects {
		switch e := e.(type) {
		case talk.Say:
			if e.Delete && p.read[e.Slot] == nil {
				continue // it was never there
			}
			lines = append(lines, p.heading(who, e)+indent(p.news(e)))
		case talk.Toast:
			text := e.Text
			if e.Start != "" {
				text = "(opens the bot's chat)"
			}
			if e.Alert {
				text += "  (a window)"
			}
			if text != "" {
				lines = append(lines, "~ "+text)
			}
		case talk.Remind:
			if strings.HasPrefix(e.Name, "duty/") || strings.HasPrefix(e.Name, "contact/") {
				continue // each job, and each talk in which something was said, has one all the time
			}
			lines = append(lines, "(asks again "+e.At.Format("01-02 15:04")+")")
		case talk.Leave:
			lines = append(lines, "(leaves the group)")
		case talk.Member:
			lines = append(lines, map[bool]string{false: "(joins ", true: "(leaves "}[e.Gone]+e.Set+")")
		case talk.Forget:
			lines = append(lines, "(erases what is stored)")
		case talk.Log, talk.Lookup, talk.Fact:
		default:
			p.t.Errorf("unknown effect %T", e)
		}
	}
	return strings.Join(lines, "\n")
}

// news is a message's lines, or, in a slot that was drawn before, those that are
// new.
func (p *play) news(s talk.Say) []string {
	if s.Delete {
		delete(p.read, s.Slot)
		return []string{"(taken away)"}
	}
	lines := draw(s)
	before := p.read[s.Slot]
	if s.Slot == "" {
		return lines
	}
	p.read[s.Slot] = lines
	if before == nil {
		return lines
	}
	var changed []string
	for _, line := range lines {
		if !slices.Contains(before, line) {
			changed = append(changed, line)
		}
	}
	if changed == nil {
		return []string{"(drawn again)"}
	}
	return changed
}

// heading names the chat a message goes to: the person's own needs no name.
func (p *play) heading(who talk.Person, s talk.Say) string {
	name := fmt.Sprintf("to %d", s.Chat)
	switch s.Chat {
	case dutyChat:
		name = "to the duty group"
	case leaderChat:
		name = "to the leaders' group"
	case hallChat:
		name = "to the hall"
	}
	for n, person := range people {
		if person.ID == s.Chat {
			name = "to " + n
		}
	}
	own := s.Chat == who.ID && s.Slot == ""
	switch {
	case own:
		name = ""
	case strings.HasPrefix(s.Slot, "job/"):
		name = "card in the duty group"
	case strings.HasPrefix(s.Slot, "topup/"), strings.HasPrefix(s.Slot, "hall/"):
		name = "card in the hall"
	case strings.HasPrefix(s.Slot, "extra/"):
		name += ", with the details"
	case s.Slot != "":
		name += ", details"
	}
	if s.Slot != "" && p.read[s.Slot] != nil {
		name += ", changed"
	}
	if s.Class == talk.Danger {
		name = strings.TrimSpace(name + " (at once)")
	}
	if name == "" {
		return ""
	}
	return "-> " + name + ":\n"
}

func indent(lines []string) string { return "  " + strings.Join(lines, "\n  ") }
