package app

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"regexp"

	"github.com/skip2/go-qrcode"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

// PosterCmd prints a sheet for every contact point as one HTML page (PRODUCT
// L4): who is there, the phones, the promises, and a QR code that opens the
// bot's chat with the community filled in.
type PosterCmd struct {
	Username string `arg:"" help:"The bot's user name, with or without the @."`
}

//go:embed poster.html
var posterPage string

var posterTemplate = template.Must(template.New("poster").Parse(posterPage))

// username is the form of a bot's user name.
var username = regexp.MustCompile(`^@?([A-Za-z][A-Za-z0-9_]{3,31})$`)

// sheet is one contact point's page.
type sheet struct {
	Point county.Point
	Link  string
	QR    template.URL // a PNG as a data address: the page needs nothing else
}

// qrPixels is large enough to print at 6 cm with 200 dots an inch.
const qrPixels = 480

// Run prints the page.
func (p PosterCmd) Run(env *config.Env, out Out) error {
	match := username.FindStringSubmatch(p.Username)
	if match == nil {
		return errors.New("poster: a bot's user name is 4 to 32 letters, digits or _")
	}
	c, err := load(env)
	if err != nil {
		return err
	}
	var sheets []sheet
	for _, point := range c.County.Points {
		link := "https://t.me/" + match[1] + "?start=" + payload(point)
		png, err := qrcode.Encode(link, qrcode.Medium, qrPixels)
		if err != nil {
			return fmt.Errorf("poster of %s: %w", point.ID, err)
		}
		sheets = append(sheets, sheet{
			Point: point, Link: link, QR: template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)),
		})
	}
	if err := posterTemplate.Execute(out, struct {
		County county.County
		Sheets []sheet
	}{c.County, sheets}); err != nil {
		return fmt.Errorf("poster: %w", err)
	}
	return nil
}

// payload names the community of a contact point; one that serves several, or a
// whole town, opens the chat without filling anything in.
func payload(p county.Point) string {
	if len(p.Communities) == 1 {
		return talk.CommunityLink + p.Communities[0]
	}
	return "poster"
}
