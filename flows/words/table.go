package words

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed heard/*.tsv
var heard embed.FS

// Row is a row of a table: its line in the file, and its fields.
type Row struct {
	Line   int
	Fields []string
}

// Table gives the fields of the rows of a table of flows/words/heard, each of as many
// as the table's first line names; what is missing at the end of a row is "".
func Table(name string) [][]string {
	rows := Rows(name)
	all := make([][]string, len(rows))
	for i, row := range rows {
		all[i] = row.Fields
	}
	return all
}

// Rows gives the rows of a table with their lines. The tables are part of the program
// and proved by a test, so one that is missing or has too many fields is a fault of the
// build.
func Rows(name string) []Row {
	raw, err := heard.ReadFile("heard/" + name)
	if err != nil {
		panic(fmt.Sprintf("words: %v", err))
	}
	var rows []Row
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
		rows = append(rows, Row{n + 1, fields})
	}
	return rows
}
