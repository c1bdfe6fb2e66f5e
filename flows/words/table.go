package words

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed heard/*.tsv
var heard embed.FS

// Table gives the rows of a table of flows/words/heard, each of as many fields as
// the table's first line names; what is missing at the end of a row is "". The
// tables are part of the program and proved by a test, so one that is missing or has
// too many fields is a fault of the build.
func Table(name string) [][]string {
	raw, err := heard.ReadFile("heard/" + name)
	if err != nil {
		panic(fmt.Sprintf("words: %v", err))
	}
	var rows [][]string
	width := 0
	for n, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		fields := strings.Split(line, "\t")
		switch {
		case width == 0:
			width = len(fields)
			continue
		case len(fields) > width:
			panic(fmt.Sprintf("words: heard/%s: line %d has %d fields of %d", name, n+1, len(fields), width))
		}
		for len(fields) < width {
			fields = append(fields, "")
		}
		rows = append(rows, fields)
	}
	return rows
}
