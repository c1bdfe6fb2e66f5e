package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"sync"
)

// picture is a drawn photograph.
type picture struct {
	png           []byte
	width, height int
}

// samplePictures is the photo that people of the demo send, small and large, as Telegram orders sizes: a prepaid meter that shows -0.58 with its
// yellow trip lamp lit, which means that the money is used up and the meter itself has cut the power (DOMAIN §3). It is drawn once.
var samplePictures = sync.OnceValue(func() []picture {
	return []picture{drawMeter(1), drawMeter(4)}
})

// drawMeter draws on a grid of 80×100 cells, each so many pixels wide. Encoding a picture in memory cannot fail; if it does, it is a bug and panics.
func drawMeter(scale int) picture {
	const columns, lines = 80, 100
	c := canvas{Paletted: image.NewPaletted(image.Rect(0, 0, columns*scale, lines*scale), meterColours), scale: scale}
	c.box(0, 0, columns, lines, wall)
	c.box(10, 8, 60, 84, casing)
	c.box(13, 11, 54, 78, face)
	c.box(18, 18, 44, 22, display)
	c.minus(20, 29)
	c.digit(26, 22, 0)
	c.box(35, 34, 2, 2, ink)
	c.digit(39, 22, 5)
	c.digit(49, 22, 8)
	c.lamp(25, 52, red)
	c.lamp(55, 52, yellow)
	c.box(20, 66, 40, 3, ink) // the slot of the card
	for x := 22; x < 60; x += 8 {
		c.box(x, 92, 4, 8, ink) // wires
	}
	var out bytes.Buffer
	if err := png.Encode(&out, c.Paletted); err != nil {
		panic(fmt.Sprintf("encoding the sample picture: %v", err))
	}
	return picture{png: out.Bytes(), width: columns * scale, height: lines * scale}
}

const (
	wall uint8 = iota
	casing
	face
	display
	ink
	red
	yellow
)

var meterColours = color.Palette{
	wall:    color.RGBA{0xb8, 0xb2, 0xa6, 0xff},
	casing:  color.RGBA{0x8c, 0x90, 0x94, 0xff},
	face:    color.RGBA{0xf2, 0xf2, 0xee, 0xff},
	display: color.RGBA{0xa9, 0xbc, 0x93, 0xff},
	ink:     color.RGBA{0x22, 0x26, 0x22, 0xff},
	red:     color.RGBA{0x5a, 0x1e, 0x1e, 0xff}, // dark: no energy flows
	yellow:  color.RGBA{0xff, 0xc8, 0x14, 0xff},
}

// canvas draws in cells.
type canvas struct {
	*image.Paletted
	scale int
}

func (c canvas) box(x, y, width, height int, colour uint8) {
	for py := y * c.scale; py < (y+height)*c.scale; py++ {
		for px := x * c.scale; px < (x+width)*c.scale; px++ {
			c.SetColorIndex(px, py, colour)
		}
	}
}

// lamp draws a disc with a dark ring around the cell.
func (c canvas) lamp(x, y int, colour uint8) {
	centreX, centreY, radius := x*c.scale, y*c.scale, 6*c.scale
	for dy := -radius; dy <= radius; dy++ {
		for dx := -radius; dx <= radius; dx++ {
			switch square := dx*dx + dy*dy; {
			case square <= radius*radius*2/3:
				c.SetColorIndex(centreX+dx, centreY+dy, colour)
			case square <= radius*radius:
				c.SetColorIndex(centreX+dx, centreY+dy, ink)
			}
		}
	}
}

// segments of a seven-segment digit: x, y, width and height in cells.
var segments = [7][4]int{
	{1, 0, 5, 1}, {6, 1, 1, 6}, {6, 8, 1, 6}, {1, 14, 5, 1}, {0, 8, 1, 6}, {0, 1, 1, 6}, {1, 7, 5, 1},
}

// lit tells by bits which segments each digit lights.
var lit = [10]uint8{0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f}

func (c canvas) digit(x, y, n int) {
	for i, s := range segments {
		if lit[n]>>i&1 == 1 {
			c.box(x+s[0], y+s[1], s[2], s[3], ink)
		}
	}
}

func (c canvas) minus(x, y int) { c.box(x, y, 4, 1, ink) }
