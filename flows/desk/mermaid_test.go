package desk_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/desk"
	"powerdesk/flows/words"
)

// The picture of "no power" beside its flow is the program's own: -rewrite draws
// it anew between its two marks.
func TestTheOutageFlowIsDrawn(t *testing.T) {
	t.Parallel()
	const path, from, to = "../outage/README.md", "<!-- flow:outage -->\n", "<!-- /flow:outage -->"
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not there; it needs a line %q and a line %q for the picture", path, strings.TrimSpace(from), to)
	}
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(raw), from)
	drawn, after, ended := strings.Cut(rest, to)
	if !found || !ended {
		t.Fatalf("%s has no lines %q and %q: the picture of the flow belongs between them", path, strings.TrimSpace(from), to)
	}
	want := "```mermaid\n" + desk.Mermaid(desk.New(countyIn(words.ZH)), "outage") + "```\n"
	if flag.Lookup("rewrite").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, drawn); diff != "" {
		t.Errorf("%s draws another flow; go test ./flows/desk -rewrite (-want +got):\n%s", path, diff)
	}
}

var (
	nodeLine  = regexp.MustCompile(`^ {2,4}(\w+)(\["[^"]+"\]|\(\["[^"]+"\]\)|\{"[^"]+"\})$`)
	arrowLine = regexp.MustCompile(`^  (\w+) (-->|-\.->)\|"[^"]+"\| (\w+)$`)
)

// Every line of a picture is a box or an arrow between boxes, and nothing of the
// flow is missing.
func TestMermaidIsWhole(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, f := range d.Flows() {
		boxes, arrows := map[string]bool{}, map[string]bool{}
		for i, line := range strings.Split(strings.TrimSpace(desk.Mermaid(d, f.Name)), "\n") {
			switch box, arrow := nodeLine.FindStringSubmatch(line), arrowLine.FindStringSubmatch(line); {
			case i == 0 && line == "flowchart TD", line == "  subgraph where", line == "  end":
			case box != nil:
				boxes[box[1]] = true
			case arrow != nil && boxes[arrow[1]] && boxes[arrow[3]]:
				arrows[arrow[1]+" "+arrow[3]] = true
			default:
				t.Errorf("%s: line %d is no box and no arrow between boxes: %s", f.Name, i+1, line)
			}
		}
		for _, a := range d.Graph() {
			from, to := strings.ReplaceAll(a.From, "/", "_"), strings.ReplaceAll(a.To, "/", "_")
			if a.Label == "come" {
				from = f.Name + "_any"
			}
			if strings.HasPrefix(a.From, f.Name+"/") && a.From != a.To && !arrows[from+" "+to] {
				t.Errorf("%s: the arrow from %s to %s is missing", f.Name, a.From, a.To)
			}
		}
	}
	if got := desk.Mermaid(d, "nothing"); got != "" {
		t.Errorf("Mermaid of a flow that is not there = %q", got)
	}
}
