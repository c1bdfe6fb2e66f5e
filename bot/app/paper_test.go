package app

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/store"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func TestPosterHasASheetWithACodeForEveryContactPoint(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := (PosterCmd{Username: "@wuqiao_bot"}).Run(&config.Env{}, Out{&out}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	c, _ := config.Env{}.Load(time.Now())
	if got, want := strings.Count(page, "<section>"), len(c.County.Points); got != want || want == 0 {
		t.Errorf("%d sheets, want %d", got, want)
	}
	for _, p := range c.County.Points {
		for _, want := range []string{p.Name.ZH, p.Who, p.Phone, "https://t.me/wuqiao_bot?start=" + payload(p), "data:image/png;base64,"} {
			if !strings.Contains(page, want) {
				t.Errorf("the sheet of %s lacks %q", p.ID, want)
			}
		}
	}
}

func TestPosterRefusesWhatIsNoUserName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "x", "a b c d", "https://t.me/bot"} {
		if err := (PosterCmd{Username: name}).Run(&config.Env{}, Out{&bytes.Buffer{}}); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}

func TestExportPrintsTheDutyLog(t *testing.T) {
	t.Parallel()
	url := miniURL(t)
	c, _ := config.Env{}.Load(time.Now())
	kept, err := store.Open(store.Options{URL: url, Key: c.County.Key, Keep: c.County.Keep})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Lead(t.Context(), "founder", time.Millisecond); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 11, 40, 0, 0, time.UTC)
	if _, err := kept.Commit(t.Context(), store.Change{Event: "u1", Op: "op", At: at, Logs: []talk.Log{
		{At: at, Job: "1123-01", Who: "resident", What: job.DidOpen},
		{At: at, Job: "1123-01", Who: "=1+1", What: job.DidClaim},
	}}); err != nil {
		t.Fatal(err)
	}
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (ExportCmd{Since: "2026-10"}).Run(t.Context(), &config.Env{RedisURL: config.NewSecret(url)}, Out{&out}); err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := "at,job,who,what,note|2026-11-23T19:40:00+08:00,1123-01,resident,opened,|2026-11-23T19:40:00+08:00,1123-01,'=1+1,claimed,"
	var rows []string
	for _, r := range got {
		rows = append(rows, strings.Join(r, ","))
	}
	if strings.Join(rows, "|") != want {
		t.Errorf("got %s\nwant %s", strings.Join(rows, "|"), want)
	}
}
