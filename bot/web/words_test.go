package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	wordTable = regexp.MustCompile(`(?s)const (zh|en) = \{\n(.*?)\n\};`)
	wordKey   = regexp.MustCompile(`(?m)^  (\w+):`)
	wordGap   = regexp.MustCompile(`\{\w+\}`)
)

// pageWords reads the keys and placeholders of words.js by language.
func pageWords(t *testing.T) map[string]map[string][]string {
	t.Helper()
	tables := map[string]map[string][]string{}
	for _, table := range wordTable.FindAllStringSubmatch(string(pageFiles()["/words.js"].body), -1) {
		words := map[string][]string{}
		for _, line := range strings.Split(table[2], "\n") {
			if key := wordKey.FindStringSubmatch(line); key != nil {
				gaps := wordGap.FindAllString(line, -1)
				slices.Sort(gaps)
				words[key[1]] = gaps
			}
		}
		tables[table[1]] = words
	}
	if len(tables["zh"]) == 0 {
		t.Fatal("words.js holds no table of Chinese words")
	}
	return tables
}

func TestPageSaysEverythingInBothLanguages(t *testing.T) {
	t.Parallel()
	tables := pageWords(t)
	if diff := cmp.Diff(tables["zh"], tables["en"]); diff != "" {
		t.Errorf("words with their placeholders (-Chinese +English):\n%s", diff)
	}
}

func TestPageUsesEveryWordItHas(t *testing.T) {
	t.Parallel()
	var rest strings.Builder
	for target, file := range pageFiles() {
		if target != "/words.js" {
			rest.Write(file.body)
		}
	}
	for key := range pageWords(t)["zh"] {
		if !strings.Contains(rest.String(), "'"+key+"'") && !strings.Contains(rest.String(), `"`+key+`"`) {
			t.Errorf("the word %q is never shown", key)
		}
	}
}
