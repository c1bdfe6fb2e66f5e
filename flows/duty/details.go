package duty

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// detailsLimit keeps the details below Telegram's 4096 characters, with room for
// the job to grow. Older words that do not fit were sent one by one.
const detailsLimit = 3000

// details is what a holder sees in private (PRODUCT V3): where exactly, who,
// which phone, what was said. It is protected, and taken back by an edit when
// the claim ends.
func details(t *talk.Turn, j *job.Job, c *job.Claim) talk.Say {
	lines := append(about(t, j, c), shownNotes(t, j, c)...)
	menu := opened(t, j, t.E.Chat.Kind == talk.Private && t.E.From.ID == c.User)
	return talk.Say{
		Chat: c.User, Slot: detailsSlot(j, c), Text: strings.Join(lines, "\n"),
		Buttons: ownButtons(t, j, c, menu), Class: talk.CardClass, Protect: true,
	}
}

// ownButtons are the buttons below somebody's details.
func ownButtons(t *talk.Turn, j *job.Job, c *job.Claim, menu string) [][]talk.Inline {
	if c.Clerk {
		return buttons(t, j, c, true, menu, c.Lang)
	}
	return withRoute(t, j, buttons(t, j, c, false, menu, c.Lang), c.Lang)
}

// withRoute adds the way to the place below the buttons of the details.
func withRoute(t *talk.Turn, j *job.Job, all [][]talk.Inline, l words.Lang) [][]talk.Inline {
	pin := whereabouts(t.Desk.County, j.Place)
	if pin == (county.Pin{}) || !j.Live() || !j.Drives() {
		return all
	}
	return append(all, []talk.Inline{{Text: words.Plain(l, "button.route", nil), URL: route(pin)}})
}

func about(t *talk.Turn, j *job.Job, c *job.Claim) []string {
	l := c.Lang
	say := func(key string, args words.Args) string { return words.Say(l, "details."+key, args) }
	card := cardText
	if c.Clerk {
		card = topUpText
	}
	lines := []string{say("title", words.Args{"No": j.No}), card(t, j, l), ""}
	if exact := exactly(j.Place); exact != "" {
		lines = append(lines, say("exact", words.Args{"Exact": exact}))
	}
	for _, r := range j.Reports {
		if r.Withdrawn || r.Chat == 0 || r.Joined {
			continue
		}
		phone := r.Phone
		if phone == "" {
			phone = words.Plain(l, "details.no_phone", nil)
		}
		key := "reporter"
		switch {
		case r.Typed && r.Phone == "":
			key = "typed_no_phone"
		case r.Typed:
			key = "typed"
		}
		lines = append(lines, words.Say(l, j.Phrase("details."+key), words.Args{"Name": r.Name, "Phone": phone, "Chat": r.Chat}))
		if r.Onsite != "" {
			lines = append(lines, say("onsite", words.Args{"Onsite": r.Onsite}))
		}
		if r.FalseBefore > 0 && j.Danger == "" && j.Households() == 1 {
			lines = append(lines, say("marks", words.Args{"N": r.FalseBefore}))
		}
	}
	if j.Meter != "" {
		lines = append(lines, say("meter", words.Args{"Meter": j.Meter}))
	}
	if j.Paid != (job.Payment{}) {
		lines = append(lines, say("paid", words.Args{"By": paid(l, "topup.channel.", j.Paid.By), "When": paid(l, "topup.when.", j.Paid.When)}))
	}
	if j.TopUp.State != "" {
		lines = append(lines, topUpDetails(j, l)...)
	}
	return lines
}

// paid is where or when somebody paid: the button that was pressed, or what was
// written instead.
func paid(l words.Lang, family, said string) string {
	if key := family + said; words.Has(l, key) {
		return words.Plain(l, key, nil)
	}
	return said
}

// exactly is the part of a place that only who holds the job may read: the pair,
// and the clerk who tops up for it.
func exactly(p county.Place) string { return strings.TrimSpace(p.Words + " " + p.Detail) }

// fitting gives the index of the oldest note from which all words fit into the
// details.
func fitting(t *talk.Turn, j *job.Job, c *job.Claim) int {
	room := detailsLimit
	for _, line := range about(t, j, c) {
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

func shownNotes(t *talk.Turn, j *job.Job, c *job.Claim) []string {
	l := c.Lang
	first := fitting(t, j, c)
	var lines []string
	if first > 0 {
		lines = append(lines, words.Say(l, "details.more", words.Args{"N": first}))
	}
	for _, n := range j.Notes[first:] {
		if n.Text != "" {
			key := "details.note"
			if n.Changed {
				key = "details.note_changed"
			}
			lines = append(lines, words.Say(l, key, words.Args{"Text": n.Text}))
		}
	}
	return lines
}

// detailsSlot names one sending of the details to one holder: sent again, they
// are a new message at the bottom of the chat, and the one before is emptied.
func detailsSlot(j *job.Job, c *job.Claim) string {
	return fmt.Sprintf("details/%s/%d/%s", j.No, c.User, sending(c))
}

// sending tells one sending of the details from another: a clerk may hold a
// place of the pair as well.
func sending(c *job.Claim) string {
	if c.Clerk {
		return fmt.Sprintf("h%d.%d", c.Epoch, c.Shown)
	}
	return fmt.Sprintf("%d.%d", c.Epoch, c.Shown)
}

// whereabouts is where a map leads to: the position that was sent, else that of
// the community.
func whereabouts(c *county.County, p county.Place) county.Pin {
	if community, ok := c.Community(p.Town, p.Community); p.Pin == (county.Pin{}) && ok {
		return community.Pin
	}
	return p.Pin
}

// route is a link that opens a map with the way to the place: by coordinates
// only, so that no address leaves the desk.
func route(pin county.Pin) string {
	return fmt.Sprintf("https://uri.amap.com/navigation?to=%.6f,%.6f&mode=car&coordinate=wgs84", pin.Lon, pin.Lat)
}

// sendDetails gives a holder everything in new messages: the details, the place
// on a map, the words that did not fit, and the pictures.
func sendDetails(t *talk.Turn, j *job.Job, c *job.Claim) {
	if c.Shown > 0 {
		empty(t, j, c, "details.moved")
	}
	c.Shown++
	t.Do(details(t, j, c))
	sendPin(t, j, c)
	first := fitting(t, j, c)
	for i, n := range j.Notes {
		if i < first || n.Media.FileID != "" {
			sendNote(t, j, c, i)
		}
	}
}

// sendPin shows a holder the position that a resident sent.
func sendPin(t *talk.Turn, j *job.Job, c *job.Claim) {
	if j.Place.Pin != (county.Pin{}) && !c.Clerk { // a clerk goes nowhere
		t.Do(talk.Say{Chat: c.User, Slot: extraSlot(j, c, "pin"), Class: talk.CardClass, Protect: true, Pin: j.Place.Pin})
	}
}

// sendNote passes one note on as a message of its own.
func sendNote(t *talk.Turn, j *job.Job, c *job.Claim, i int) {
	n := j.Notes[i]
	if n.Chat == c.User {
		return // their own
	}
	say := talk.Say{
		Chat: c.User, Slot: extraSlot(j, c, fmt.Sprint("note", i)), Class: talk.CardClass, Protect: true, Media: n.Media,
		Writer: n.Chat, Job: j.No,
	}
	if j.Danger != "" {
		say.Class = talk.Danger
	}
	switch {
	case n.Media.FileID != "":
		say.Text = words.Say(c.Lang, "details.media", words.Args{"No": j.No, "Text": n.Media.Note})
	case j.Holder(n.Chat) != nil:
		say.Text = words.Say(c.Lang, "crew.passed", words.Args{"No": j.No, "Name": j.Holder(n.Chat).Name, "Text": n.Text})
	case n.Changed:
		say.Text = words.Say(c.Lang, "crew.noted_changed", words.Args{"No": j.No, "Text": n.Text})
	default:
		say.Text = words.Say(c.Lang, "crew.noted", words.Args{"No": j.No, "Text": n.Text})
	}
	t.Do(say)
}

// extraSlot names a message that belongs to one sending of the details and goes
// with it.
func extraSlot(j *job.Job, c *job.Claim, what string) string {
	return fmt.Sprintf("extra/%s/%d/%s/%s", j.No, c.User, sending(c), what)
}

// empty takes the details away: from somebody who no longer holds the job, or as
// they are sent anew. The text is edited, so that its reader knows what became
// of it; what came beside it is deleted.
func empty(t *talk.Turn, j *job.Job, c *job.Claim, key string) {
	t.Do(talk.Say{
		Chat: c.User, Slot: detailsSlot(j, c), Class: talk.EditClass, Protect: true,
		Text: words.Say(c.Lang, key, words.Args{"No": j.No}),
	})
	if j.Place.Pin != (county.Pin{}) && !c.Clerk {
		remove(t, j, c, "pin", job.Attachment{})
	}
	for i, n := range j.Notes {
		remove(t, j, c, fmt.Sprint("note", i), n.Media)
	}
	for i, e := range j.History {
		if e.What == job.DidComplete && !e.At.Before(c.At) {
			remove(t, j, c, fmt.Sprint("learned", i), job.Attachment{})
		}
	}
}

// remove takes away what was sent beside the details.
func remove(t *talk.Turn, j *job.Job, c *job.Claim, what string, media job.Attachment) {
	t.Do(talk.Say{
		Chat: c.User, Slot: extraSlot(j, c, what), Class: talk.EditClass, Protect: true, Delete: true, Media: media,
		Text: words.Say(c.Lang, "details.gone", nil),
	})
}
