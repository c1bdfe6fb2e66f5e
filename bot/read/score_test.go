package read_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/read"
	"powerdesk/flows/county"
	"powerdesk/flows/understand"
)

var now = time.Date(2026, 11, 23, 19, 40, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))

func sample(t *testing.T) *county.County {
	t.Helper()
	c, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), now)
	if problems.Fatal() {
		t.Fatal(problems)
	}
	return &c
}

func rows(t *testing.T, file string) []read.Row {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := read.Rows(f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The labelled sentences of testdata: said.tsv is the corpus that the desk is judged by,
// unseen.tsv was written by somebody who saw neither it nor the tables. Nothing learns
// from either. -v prints what is taken for what.
func TestTheCorpusIsUnderstood(t *testing.T) {
	t.Parallel()
	for file, least := range map[string]struct{ strict, also, danger, falsely float64 }{
		"testdata/said.tsv":   {85, 90, 97, 2},
		"testdata/unseen.tsv": {75, 78, 90, 3},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			result := read.Of(sample(t), rows(t, file))
			var report strings.Builder
			result.Print(&report, testing.Verbose())
			t.Log("\n" + report.String())
			for _, lang := range []string{"zh", "en"} {
				if strict, also := result.Rates("language " + lang); strict < least.strict || also < least.also {
					t.Errorf("%s: %.1f %% are understood, %.1f %% with the readings that are as good; want %.0f and %.0f", lang, strict, also, least.strict, least.also)
				}
			}
			if got := result.DangerRecall(); got < least.danger {
				t.Errorf("%.1f %% of the dangers are heard, want %.0f", got, least.danger)
			}
			for _, row := range result.Danger.Lost {
				t.Errorf("%q at %s is a danger that nobody hears", row.Said, row.Screen)
			}
			if got := result.FalseRate(); got > least.falsely {
				t.Errorf("%.1f %% alarm falsely, want at most %.0f", got, least.falsely)
			}
			for _, row := range result.Settled {
				t.Errorf("%q at %s settles what it does not say", row.Said, row.Screen)
			}
		})
	}
}

// What the file of a row says is what counts.
func TestRows(t *testing.T) {
	t.Parallel()
	all, err := read.Rows(strings.NewReader("# a comment\nlang\tscreen\tsaid\tintent\tslots\tnote\nzh\tfirst\t没电\toutage\tneighbours=all;town=yuji\talso=status;quiet;hard\n"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if r := all[0]; r.Said != "没电" || r.Intent != understand.Outage || r.Slots["town"] != "yuji" || r.Also[0] != understand.Status || !r.Quiet || !r.Hard {
		t.Errorf("read as %+v", r)
	}
	if _, err := read.Rows(strings.NewReader("zh\tfirst\t没电\n")); err == nil {
		t.Error("a row without an intent is taken")
	}
}
