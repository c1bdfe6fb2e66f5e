package duty

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// detailsLimit keeps the details below Telegram's 4096 characters, with room for
// the job to grow. Older words that do not fit were sent one by one.
const detailsLimit = 3000

// details is what a holder sees in private (PRODUCT V3): where exactly, who,
// which phone, what was said. It is protected, and taken back by an edit when
// the claim ends.
func details(t *flows.Turn, j *flows.Job, c *flows.Claim) flows.Say {
	lines := append(about(t, j, c.Lang), shownNotes(t, j, c.Lang)...)
	show := flows.Say{
		Chat: c.User, Slot: detailsSlot(j, c), Text: strings.Join(lines, "\n"),
		Buttons: buttons(j, "", c.Lang, false), Class: flows.CardClass, Protect: true,
	}
	if url := route(t.Desk.County, j.Place); url != "" && j.Live() && !j.Call() {
		show.Buttons = append(show.Buttons, []flows.Inline{{Text: words.Plain(c.Lang, "button.route", nil), URL: url}})
	}
	return show
}

func about(t *flows.Turn, j *flows.Job, l words.Lang) []string {
	say := func(key string, args words.Args) string { return words.Say(l, "details."+key, args) }
	lines := []string{say("title", words.Args{"No": j.No}), cardText(t, j, l), ""}
	if exact := exactly(j.Place); exact != "" {
		lines = append(lines, say("exact", words.Args{"Exact": exact}))
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 {
			continue
		}
		phone := r.Phone
		if phone == "" {
			phone = words.Plain(l, "details.no_phone", nil)
		}
		lines = append(lines, say("reporter", words.Args{"Name": r.Name, "Phone": phone, "Chat": r.Chat}))
		if r.Onsite != "" {
			lines = append(lines, say("onsite", words.Args{"Onsite": r.Onsite}))
		}
	}
	if j.Meter != "" {
		lines = append(lines, say("meter", words.Args{"Meter": j.Meter}))
	}
	return lines
}

// exactly is the part of a place that only the pair may read.
func exactly(p flows.Place) string { return strings.TrimSpace(p.Words + " " + p.Detail) }

// fitting gives the index of the oldest note from which all words fit into the
// details.
func fitting(t *flows.Turn, j *flows.Job, l words.Lang) int {
	room := detailsLimit
	for _, line := range about(t, j, l) {
		room -= visible(line) + 1
	}
	for i, n := range slices.Backward(j.Notes) {
		if room -= utf8.RuneCountInString(n.Text) + 3; room < 0 {
			return i + 1
		}
	}
	return 0
}

// visible counts the characters of a line as a reader sees them, tags included:
// rather too many than too few.
func visible(line string) int { return utf8.RuneCountInString(html.UnescapeString(line)) }

func shownNotes(t *flows.Turn, j *flows.Job, l words.Lang) []string {
	first := fitting(t, j, l)
	var lines []string
	if first > 0 {
		lines = append(lines, words.Say(l, "details.more", words.Args{"N": first}))
	}
	for _, n := range j.Notes[first:] {
		if n.Text != "" {
			lines = append(lines, words.Say(l, "details.note", words.Args{"Text": n.Text}))
		}
	}
	return lines
}

// detailsSlot names one sending of the details to one holder: sent again, they
// are a new message at the bottom of the chat, and the one before is emptied.
func detailsSlot(j *flows.Job, c *flows.Claim) string {
	return fmt.Sprintf("details/%s/%d/%d.%d", j.No, c.User, c.Epoch, c.Shown)
}

// route is a link that opens a map with the way to the place: by coordinates
// only, so that no address leaves the desk.
func route(c *flows.County, p flows.Place) string {
	pin := p.Pin
	if community, ok := c.Community(p.Town, p.Community); pin == (flows.Pin{}) && ok {
		pin = community.Pin
	}
	if pin == (flows.Pin{}) {
		return ""
	}
	return fmt.Sprintf("https://uri.amap.com/navigation?to=%.6f,%.6f&mode=car&coordinate=wgs84", pin.Lon, pin.Lat)
}

// sendDetails gives a holder everything in new messages: the details, the words
// that did not fit into them, and the pictures.
func sendDetails(t *flows.Turn, j *flows.Job, c *flows.Claim) {
	if c.Shown > 0 {
		empty(t, j, c, "details.moved")
	}
	c.Shown++
	t.Do(details(t, j, c))
	first := fitting(t, j, c.Lang)
	for i, n := range j.Notes {
		if i < first || n.Media.FileID != "" {
			sendNote(t, j, *c, n)
		}
	}
}

// sendNote passes one note on as a message of its own.
func sendNote(t *flows.Turn, j *flows.Job, c flows.Claim, n flows.Note) {
	say := flows.Say{Chat: c.User, Class: flows.CardClass, Protect: true, Media: n.Media}
	if n.Media.FileID != "" {
		say.Text = words.Say(c.Lang, "details.media", words.Args{"No": j.No, "Text": n.Media.Note})
	} else {
		say.Text = words.Say(c.Lang, "crew.noted", words.Args{"No": j.No, "Text": n.Text})
	}
	t.Do(say)
}

// empty edits the details away: of somebody who no longer holds the job, or of a
// message that is sent anew.
func empty(t *flows.Turn, j *flows.Job, c *flows.Claim, key string) {
	t.Do(flows.Say{
		Chat: c.User, Slot: detailsSlot(j, c), Class: flows.EditClass, Protect: true,
		Text: words.Say(c.Lang, key, words.Args{"No": j.No}),
	})
}
