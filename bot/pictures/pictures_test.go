package pictures

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var redraw = flag.Bool("redraw", false, "draw every picture anew from its sources, with chromium")

// sums lists of each picture what it was made of and what came out.
const sums = "png/SUMS"

func source(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("svg", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// drawings lists what there are sources of.
func drawings(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("svg/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range found {
		if name := strings.TrimSuffix(filepath.Base(path), ".svg"); name != "parts" {
			names = append(names, name)
		}
	}
	return names
}

// summed writes a line for each drawing: its name, a digest of its sources, and
// one of its PNG.
func summed(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, name := range drawings(t) {
		made := sha256.New()
		for _, part := range []string{"style.css", "parts.svg", name + ".svg"} {
			made.Write(source(t, part))
		}
		drawn, err := os.ReadFile("png/" + name + ".png")
		if err != nil {
			t.Fatalf("%v; go test ./bot/pictures -redraw", err)
		}
		sum := sha256.Sum256(drawn)
		fmt.Fprintf(&b, "%-10s %s %s\n", name, hex.EncodeToString(made.Sum(nil)[:16]), hex.EncodeToString(sum[:16]))
	}
	return b.String()
}

// Every PNG is made of the sources that lie beside it, also on a machine that has
// no browser: neither can be changed alone.
func TestPicturesAreMadeOfTheirSources(t *testing.T) {
	if *redraw {
		e := newEasel(t)
		for _, name := range drawings(t) {
			if err := os.WriteFile("png/"+name+".png", encode(t, e.draw(name)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(sums, []byte(summed(t)), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("drawn anew; run again without -redraw")
	}
	want, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), summed(t)); diff != "" {
		t.Errorf("a drawing was changed and not drawn anew; go test ./bot/pictures -redraw (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(drawings(t), names()); diff != "" {
		t.Errorf("sources and pictures (-want +got):\n%s", diff)
	}
}

// mostApart is how many of its 480,000 dots a picture may differ in when another
// browser, with another version of the font, draws it.
const mostApart = 2000

// A browser that draws the sources now sees the same as who is sent the PNG.
func TestPicturesShowTheirSources(t *testing.T) {
	if *redraw {
		t.Skip("drawing anew")
	}
	e := newEasel(t)
	for _, name := range names() {
		p, _ := Find(name)
		kept, err := png.Decode(bytes.NewReader(p.PNG))
		if err != nil {
			t.Fatal(err)
		}
		if n := apart(kept, e.draw(name)); n > mostApart {
			t.Errorf("%s differs from its sources in %d dots", name, n)
		}
	}
}

// A picture is no burden on a village's network, and Telegram takes it.
func TestPicturesAreSmall(t *testing.T) {
	t.Parallel()
	hashes := map[string]string{}
	for _, name := range names() {
		p, ok := Find(name)
		if !ok {
			t.Fatalf("%s is listed and not there", name)
		}
		shape, err := png.DecodeConfig(bytes.NewReader(p.PNG))
		if err != nil || shape.Width != width || shape.Height != height {
			t.Errorf("%s is %d by %d: %v", name, shape.Width, shape.Height, err)
		}
		if len(p.PNG) > 40_000 {
			t.Errorf("%s has %d bytes", name, len(p.PNG))
		}
		if other := hashes[p.Hash]; other != "" {
			t.Errorf("%s is the same picture as %s", name, other)
		}
		hashes[p.Hash] = name
	}
	if _, ok := Find("nothing"); ok || slices.Contains(names(), "parts") {
		t.Error("there is a picture that nobody drew")
	}
}

// names lists all drawings in order.
func names() []string { return slices.Sorted(maps.Keys(album())) }
