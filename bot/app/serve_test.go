package app

import (
	"strings"
	"testing"

	"powerdesk/bot/clock"
	"powerdesk/bot/config"
)

// A setting that is taken and not honoured would leave a county unreachable.
func TestAWebhookIsRefusedAndNotIgnored(t *testing.T) {
	t.Parallel()
	err := serve(t.Context(), config.Config{WebhookURL: "https://desk.example/webhook"}, clock.Real{})
	if err == nil || !strings.Contains(err.Error(), "WEBHOOK_URL") {
		t.Errorf("got %v, want a refusal that names WEBHOOK_URL", err)
	}
}
