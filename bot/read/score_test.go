package read_test

import (
	"os"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/read"
)

func TestDev(t *testing.T) {
	f, err := os.Open(os.Getenv("SAID"))
	if err != nil {
		t.Skip()
	}
	rows, err := read.Rows(f)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := config.ReadDesk("wuqiao.yaml", config.Sample(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
	read.Of(&c, rows).Print(os.Stdout, os.Getenv("SHOW") != "")
}
