package pictures

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A drawing is as wide as a phone's screen has dots, and so high that the words
// below it are seen with it.
const (
	width  = 800
	height = 600
)

// colours is how many a PNG has: the few of style.css, and those between them on
// the edges of strokes.
const colours = 64

// easel is a browser that draws.
type easel struct {
	t   *testing.T
	ctx context.Context
}

// newEasel starts a browser. A machine without one skips the test and says so;
// with REQUIRE_REAL=1 it fails.
func newEasel(t *testing.T) easel {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("REQUIRE_REAL") != "1" {
		t.Skip("chromium is not installed; the drawings are not drawn again")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(stop)
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-lcd-text", true), chromedp.Flag("force-color-profile", "srgb"))
	t.Cleanup(stopAlloc)
	tab, stopTab := chromedp.NewContext(alloc)
	t.Cleanup(stopTab)
	e := easel{t, tab}
	_, err = chromedp.Call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	if err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	return e
}

// draw makes a picture of a drawing's sources.
func (e easel) draw(name string) image.Image {
	e.t.Helper()
	page := `<!doctype html><meta charset="utf-8"><style>html, body { margin: 0; background: #fff }` + string(source(e.t, "style.css")) +
		`</style><div style="display: none">` + string(source(e.t, "parts.svg")) + `</div>` +
		strings.Replace(string(source(e.t, name+".svg")), "<svg ", `<svg style="display: block" width="800" height="600" `, 1)
	if err := chromedp.Do(e.ctx, chromedp.Navigate("data:text/html,"+url.PathEscape(page))); err != nil {
		e.t.Fatalf("opening %s: %v", name, err)
	}
	lost, err := chromedp.Run(e.ctx, chromedp.Evaluate[[]string](
		`[...document.querySelectorAll('use')].map((u) => u.getAttribute('href')).filter((id) => !document.querySelector(id))`))
	if err != nil || len(lost) > 0 {
		e.t.Fatalf("%s uses parts that are not there: %v (%v)", name, lost, err)
	}
	shot, err := chromedp.Run(e.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		e.t.Fatalf("drawing %s: %v", name, err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		e.t.Fatalf("drawing %s: %v", name, err)
	}
	return picture
}

// encode writes a picture with the colours that it has most of.
func encode(t *testing.T, picture image.Image) []byte {
	t.Helper()
	count := make(map[color.Color]int)
	for y := range height {
		for x := range width {
			count[picture.At(x, y)]++
		}
	}
	var most color.Palette
	for c := range count {
		most = append(most, c)
	}
	slices.SortFunc(most, func(a, b color.Color) int {
		if d := count[b] - count[a]; d != 0 {
			return d
		}
		return int(hex24(a)) - int(hex24(b))
	})
	out := image.NewPaletted(image.Rect(0, 0, width, height), most[:min(len(most), colours)])
	draw.Draw(out, out.Bounds(), picture, image.Point{}, draw.Src)
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, out); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func hex24(c color.Color) uint32 {
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}

// apart counts the dots at which two pictures differ to the eye.
func apart(a, b image.Image) int {
	n := 0
	for y := range height {
		for x := range width {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) {
				n++
			}
		}
	}
	return n
}

// far says whether two parts of a colour, of 16 bits, differ by more than a
// quarter of all there is.
func far(a, b uint32) bool { return max(a, b)-min(a, b) > 0x4000 }
