package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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
