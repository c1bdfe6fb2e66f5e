// Package read counts how well sentences are understood against labelled rows: the
// corpus of shared/corpus and whatever is added to it. `bot read --score` and the tests
// call it; the desk never does.
package read

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"powerdesk/flows/understand"
)

// Row is one labelled sentence, as the corpus' README describes it.
type Row struct {
	Lang, Screen, Said string
	Intent             understand.Intent
	Also               []understand.Intent // readings that are as good
	Slots              understand.Slots
	Quiet, Hard        bool
}

// Rows reads tab-separated rows: "lang screen said intent slots note". Lines that
// begin with # and the line of the columns' names are passed over.
func Rows(from io.Reader) ([]Row, error) {
	var rows []Row
	lines := bufio.NewScanner(from)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "lang\tscreen\t") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 4 {
			return nil, fmt.Errorf("line %d: %d fields, at least lang, screen, said and intent are needed", n, len(fields))
		}
		fields = append(fields, "", "")
		row := Row{Lang: fields[0], Screen: fields[1], Said: fields[2], Intent: understand.Intent(fields[3]), Slots: understand.Slots{}}
		for slot := range strings.SplitSeq(fields[4], ";") {
			if key, value, ok := strings.Cut(slot, "="); ok {
				row.Slots[strings.TrimSpace(key)] = strings.TrimSpace(value)
			}
		}
		for note := range strings.SplitSeq(fields[5], ";") {
			switch note = strings.TrimSpace(note); {
			case note == "quiet":
				row.Quiet = true
			case note == "hard":
				row.Hard = true
			case strings.HasPrefix(note, "also="):
				row.Also = append(row.Also, understand.Intent(note[len("also="):]))
			}
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}
