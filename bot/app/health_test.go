package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"powerdesk/bot/web"
	"powerdesk/flows/county"
)

// Who acts must hear Telegram; who stands by is well without.
func TestADeafLeaderIsNotReady(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	s.setting.APIURL = "http://127.0.0.1:1"
	s.open()
	s.until("it leads", s.desk.leads)
	page := httptest.NewRecorder()
	call := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/healthz", nil)
	s.desk.Front(s.clock, nil).ServeHTTP(page, call)
	if page.Code != http.StatusServiceUnavailable || !strings.Contains(page.Body.String(), "telegram has not answered a poll yet") {
		t.Errorf("/healthz says %d %s", page.Code, page.Body)
	}
}

// A group that takes nothing is trouble, a person's chat a remark without its id.
func TestHealthNamesTheGroupThatRefusesAndNoPerson(t *testing.T) {
	t.Parallel()
	desk := county.Chats{Duty: -1, Leader: -3}
	for name, tt := range map[string]struct {
		chats []int64
		says  string
		red   bool
	}{
		"none":                      {nil, "", false},
		"the duty group":            {[]int64{-1}, "taken by: duty.", true},
		"a person":                  {[]int64{4711}, "no messages: 1", false},
		"a person and two groups":   {[]int64{4711, -3, -1}, "taken by: duty, leaders.", true},
		"a group that is not named": {[]int64{0, -9}, "no messages: 2", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := refusing(desk, tt.chats)
			_, remark := errors.AsType[web.Remark](err)
			if said := fmt.Sprint(err); (err != nil && !remark) != tt.red || !strings.Contains(said, tt.says) || strings.Contains(said, "4711") {
				t.Errorf("says %v, want %q, red: %t", err, tt.says, tt.red)
			}
		})
	}
}
