package duty

import (
	"fmt"
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// detailsCard is what a holder sees in private (PRODUCT V3): where exactly, who,
// which phone, what was said and sent. It is protected, and taken back by an
// edit when the claim ends.
func detailsCard(t *flows.Turn, j *flows.Job, c *flows.Claim) flows.Say {
	l := c.Lang
	say := func(key string, args words.Args) string { return words.Say(l, "details."+key, args) }
	lines := []string{say("title", words.Args{"No": j.No}), cardText(t, j, l), ""}
	if exact := exactly(j.Place); exact != "" {
		lines = append(lines, say("exact", words.Args{"Exact": exact}))
	}
	for _, r := range j.Reports {
		if r.Withdrawn {
			continue
		}
		lines = append(lines, say("reporter", words.Args{"Name": r.Name, "Phone": phoneOr(r.Phone, l), "Chat": r.Chat}))
		if r.Onsite != "" {
			lines = append(lines, say("onsite", words.Args{"Onsite": r.Onsite}))
		}
	}
	if j.Meter != "" {
		lines = append(lines, say("meter", words.Args{"Meter": j.Meter}))
	}
	for _, n := range j.Notes {
		if n.Text != "" {
			lines = append(lines, say("note", words.Args{"Text": n.Text}))
		}
	}
	show := flows.Say{
		Chat: c.User, Slot: detailsSlot(j, c.User), Text: strings.Join(lines, "\n"),
		Buttons: buttons(j, "", l, false), Class: flows.CardClass, Protect: true,
	}
	if url := route(t.Desk.County, j.Place); url != "" && j.Live() {
		show.Buttons = append(show.Buttons, []flows.Inline{{Text: words.Plain(l, "button.route", nil), URL: url}})
	}
	return show
}

func detailsSlot(j *flows.Job, user int64) string {
	return fmt.Sprintf("details/%s/%d", j.No, user)
}

func exactly(p flows.Place) string {
	return strings.TrimSpace(p.Words + " " + p.Detail)
}

func phoneOr(phone string, l words.Lang) string {
	if phone == "" {
		return words.Plain(l, "details.no_phone", nil)
	}
	return phone
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

// tellPair sends a holder the details, and the pictures when they are new to
// them.
func tellPair(t *flows.Turn, j *flows.Job, c *flows.Claim, media bool) {
	if !c.Chat {
		return
	}
	t.Do(detailsCard(t, j, c))
	if !media {
		return
	}
	for _, n := range j.Notes {
		sendMedia(t, j, c, n)
	}
}

func sendMedia(t *flows.Turn, j *flows.Job, c *flows.Claim, n flows.Note) {
	if n.Media.FileID == "" || !c.Chat {
		return
	}
	text := words.Say(c.Lang, "details.media", words.Args{"No": j.No, "Text": n.Media.Note})
	t.Do(flows.Say{Chat: c.User, Text: text, Media: n.Media, Class: flows.CardClass, Protect: true})
}

// takeBack empties the details of somebody who no longer holds the job.
func takeBack(t *flows.Turn, j *flows.Job, user int64, l words.Lang) {
	t.Do(flows.Say{
		Chat: user, Slot: detailsSlot(j, user), Class: flows.EditClass, Protect: true,
		Text: words.Say(l, "details.taken_back", words.Args{"No": j.No}),
	})
}
