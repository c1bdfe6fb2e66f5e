package app

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/sync/errgroup"

	"powerdesk/bot/config"
	"powerdesk/bot/telegram"
)

// serve runs the desk for a county.
func serve(ctx context.Context, c config.Config, clock Clock) error {
	log := logger(c, c.Token.Reveal())
	proxy, err := proxyOf(c.Proxy)
	if err != nil {
		return err
	}
	r, err := Build(Setting{
		County: &c.County, Token: c.Token.Reveal(), APIURL: c.APIURL, RedisURL: c.RedisURL.Reveal(), Proxy: proxy,
		SendRate: int(math.Ceil(c.SendRate)), Webhook: webhookOf(c), Clock: clock, Log: log,
	})
	if err != nil {
		return err
	}
	l, err := open(ctx, c.ListenAddr)
	if err != nil {
		return err
	}
	log.Info("the desk is open", "county", c.County.Key, "listen", l.Addr().String(), "duty", c.County.Chats.Duty)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return listen(ctx, l, r.Front(clock, nil), log) })
	group.Go(func() error { return r.Run(ctx) })
	err = group.Wait()
	log.Info("the desk is closed")
	return err
}

// webhookOf is the webhook of a configuration.
func webhookOf(c config.Config) WebhookSetting {
	w := WebhookSetting{URL: c.WebhookURL}
	for _, s := range c.WebhookSecrets {
		w.Secrets = append(w.Secrets, s.Reveal())
	}
	return w
}

// proxyOf honours HTTPS_PROXY for Telegram only: Redis is inside the house.
func proxyOf(s config.Secret) (func(*http.Request) (*url.URL, error), error) {
	if !s.Set() {
		return nil, nil
	}
	u, err := url.Parse(s.Reveal())
	if err != nil {
		return nil, errors.New("HTTPS_PROXY is not an address")
	}
	return http.ProxyURL(u), nil
}

// logger writes text to a terminal and JSON to everything else, and masks the
// token in whatever is written.
func logger(c config.Config, token string) *slog.Logger {
	out := telegram.MaskWriter(os.Stderr, token)
	opts := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "text" || c.LogFormat == "" && terminal(os.Stderr) {
		return slog.New(slog.NewTextHandler(out, opts))
	}
	return slog.New(slog.NewJSONHandler(out, opts))
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
