package desk_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"powerdesk/flows"
)

var tag = regexp.MustCompile(`</?(b|i|a)( [^>]*)?>`)

// draw writes a message as a reader sees it: its words, then its buttons.
func draw(s flows.Say) string {
	var b strings.Builder
	if s.Media.FileID != "" {
		fmt.Fprintf(&b, "(%s)\n", s.Media.Kind)
	}
	b.WriteString(html.UnescapeString(tag.ReplaceAllString(s.Text, "")))
	for _, row := range s.Keys {
		b.WriteString("\n ")
		for _, k := range row {
			fmt.Fprintf(&b, " [%s]", k.Text)
		}
	}
	for _, row := range s.Buttons {
		b.WriteString("\n ")
		for _, k := range row {
			fmt.Fprintf(&b, " (%s)", k.Text)
		}
	}
	return b.String()
}

// trace writes the effects of one turn for a transcript. The duty log is left
// out: it says the same once more.
func trace(who flows.Person, effects []flows.Effect) string {
	var lines []string
	for _, e := range effects {
		switch e := e.(type) {
		case flows.Say:
			lines = append(lines, addressee(who, e)+indent(draw(e)))
		case flows.Toast:
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
		case flows.Remind:
			lines = append(lines, "(asks again "+e.At.Format("01-02 15:04")+")")
		case flows.Leave:
			lines = append(lines, "(leaves the group)")
		case flows.Forget:
			lines = append(lines, "(erases what is stored)")
		case flows.Log, flows.Lookup:
		default:
			lines = append(lines, fmt.Sprintf("UNKNOWN EFFECT %T", e))
		}
	}
	return strings.Join(lines, "\n")
}

// addressee names the chat a message goes to: the person's own needs no name.
func addressee(who flows.Person, s flows.Say) string {
	name := fmt.Sprintf("to %d", s.Chat)
	switch s.Chat {
	case -100:
		name = "to the duty group"
	case -300:
		name = "to the leader"
	}
	for n, p := range people {
		if p.ID == s.Chat {
			name = "to " + n
		}
	}
	if s.Chat == who.ID && s.Slot == "" {
		name = ""
	}
	if strings.HasPrefix(s.Slot, "job/") {
		name = "card in the duty group"
	}
	if s.Class == flows.Danger {
		name = strings.TrimSpace(name + " (at once)")
	}
	if name == "" {
		return ""
	}
	return "-> " + name + ":\n"
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(text, "\n", "\n  ")
}
