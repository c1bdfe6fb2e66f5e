// Package pictures holds the drawings that the guide to card and meter shows
// (PRODUCT R7): our own line art, to be understood without reading, the same in
// both languages. A step of a flow names one (talk.Step.Picture), and bot/app
// sends it with the step's words.
//
//	svg/<name>.svg    a drawing as it was written, 800 by 600
//	svg/parts.svg     what several drawings share: meter, card, clock, hand …
//	svg/style.css     the strokes and colours, each of which means one thing
//	png/<name>.png    what Telegram is sent, drawn from these three by a browser
//
// To change a drawing, change its source and draw all of them anew:
//
//	go test ./bot/pictures -redraw
//
// A test fails when a PNG was not made from the sources beside it. The package
// knows neither flows nor Telegram.
package pictures

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"strings"
	"sync"
)

//go:embed png/*.png
var files embed.FS

// Picture is a drawing, ready to be sent.
type Picture struct {
	PNG  []byte
	Hash string // of PNG: 16 hexadecimal digits, another for every change
}

// album is every drawing by its name, read once.
var album = sync.OnceValue(func() map[string]Picture {
	entries, err := files.ReadDir("png")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	all := make(map[string]Picture, len(entries))
	for _, e := range entries {
		png, err := files.ReadFile("png/" + e.Name())
		if err != nil {
			panic(err) // as above
		}
		sum := sha256.Sum256(png)
		all[strings.TrimSuffix(e.Name(), ".png")] = Picture{PNG: png, Hash: hex.EncodeToString(sum[:8])}
	}
	return all
})

// Find gives a drawing by its name, and whether there is one.
func Find(name string) (Picture, bool) {
	p, ok := album()[name]
	return p, ok
}
