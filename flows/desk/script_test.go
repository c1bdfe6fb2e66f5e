package desk_test

import (
	"regexp"
	"strconv"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

var (
	pinLine     = regexp.MustCompile(`^\[pin ([\d.]+) ([\d.]+)\]$`)
	contactLine = regexp.MustCompile(`^\[(contact|foreign contact) (\S+)\]$`)
	mediaLine   = regexp.MustCompile(`^\[(photo|voice|video|album)\] ?(.*)$`)
)

// event reads one line of a talk as what the person did.
func event(who talk.Person, line string) talk.Event {
	e := talk.Event{Kind: talk.Text, From: who, Chat: talk.Chat{ID: who.ID, Kind: talk.Private}, Text: line}
	switch {
	case strings.HasPrefix(line, "/"):
		command, rest, _ := strings.Cut(line[1:], " ")
		e.Kind, e.Command, e.Text = talk.Command, command, rest
	case line == "[sticker]":
		e.Kind, e.Text = talk.Other, ""
	case strings.HasPrefix(line, "[edits an old message]"):
		e.Kind, e.Text = talk.Edited, strings.TrimSpace(strings.TrimPrefix(line, "[edits an old message]"))
	case line == "[blocks the bot]":
		e.Kind, e.Text = talk.Blocked, ""
	case line == "[unblocks the bot]":
		e.Kind, e.Text = talk.Blocked, "no"
	case line == "[blank]":
		e.Text = ""
	case line == "[5000 characters]":
		e.Text = strings.Repeat("家里没电了。", 833)
	case mediaLine.MatchString(line):
		m := mediaLine.FindStringSubmatch(line)
		media := job.Attachment{Kind: job.MediaKind(m[1]), FileID: "file-" + m[1], Note: m[2]}
		if m[1] == "album" {
			media.Kind, media.Album = job.Photo, "album-1"
		}
		e.Kind, e.Text, e.Media = talk.Attach, m[2], media
	case pinLine.MatchString(line):
		m := pinLine.FindStringSubmatch(line)
		e.Kind, e.Text = talk.Pinned, ""
		e.Pin.Lat, _ = strconv.ParseFloat(m[1], 64)
		e.Pin.Lon, _ = strconv.ParseFloat(m[2], 64)
	case contactLine.MatchString(line):
		m := contactLine.FindStringSubmatch(line)
		e.Kind, e.Text, e.Phone, e.Foreign = talk.Contact, "", m[2], m[1] != "contact"
	}
	return e
}
