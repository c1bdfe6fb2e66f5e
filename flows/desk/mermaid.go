package desk

import (
	"fmt"
	"strings"

	"powerdesk/flows"
)

// Mermaid draws the graph of one conversation.
func Mermaid(d *flows.Desk, flow string) string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, a := range d.Graph() {
		if strings.HasPrefix(a.From, flow+"/") {
			fmt.Fprintf(&b, "  %s -- %q --> %s\n", strings.ReplaceAll(a.From, "/", "_"), a.Label, strings.ReplaceAll(a.To, "/", "_"))
		}
	}
	return b.String()
}
