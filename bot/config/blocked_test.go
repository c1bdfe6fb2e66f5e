package config_test

import (
	"strings"
	"testing"
	"time"

	"powerdesk/bot/config"
)

func TestBlockedUntilTheEndOfTheLastDay(t *testing.T) {
	t.Parallel()
	file := read(t, "valid.yaml") + "\nblocked:\n  - {id: 7123456789, until: 2026-06-02, reason: false reports}\n"
	c, problems := config.ReadDesk("desk.yaml", []byte(file), today)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	end := time.Date(2026, 6, 3, 0, 0, 0, 0, c.Zone)
	if !c.Bars(7123456789, end.Add(-time.Second)) || c.Bars(7123456789, end) || c.Bars(7123456788, today) {
		t.Errorf("blocked is %+v, want the person until %s", c.Barred, end)
	}
}

func TestNobodyOfTheRosterIsBlocked(t *testing.T) {
	t.Parallel()
	file := read(t, "valid.yaml") + "\nblocked:\n  - {id: 12, until: 2026-06-02, reason: fun}\n"
	_, problems := config.ReadDesk("desk.yaml", []byte(file), today)
	if got := problems.String(); !strings.Contains(got, "李二 of the roster is blocked; take one of the two away") {
		t.Errorf("problems: %s", got)
	}
}
