package web

import (
	"image"
	"image/color"
	"image/png"
	"net/http"
)

// picture draws a meter with a lit lamp, so that a photo bubble has something to show.
func picture(w http.ResponseWriter, _ *http.Request) {
	img := image.NewRGBA(image.Rect(0, 0, 480, 320))
	box, display := image.Rect(130, 40, 350, 290), image.Rect(160, 70, 320, 140)
	for y := range 320 {
		for x := range 480 {
			at := image.Pt(x, y)
			shade := color.RGBA{uint8(150 + y/6), uint8(160 + y/7), 175, 255}
			switch lamp := at.Sub(image.Pt(240, 200)); {
			case lamp.X*lamp.X+lamp.Y*lamp.Y < 200:
				shade = color.RGBA{246, 190, 20, 255}
			case at.In(display):
				shade = color.RGBA{170, 196, 150, 255}
			case at.In(box):
				shade = color.RGBA{240, 240, 234, 255}
			}
			img.SetRGBA(x, y, shade)
		}
	}
	w.Header().Set("Content-Type", "image/png")
	_ = png.Encode(w, img)
}
