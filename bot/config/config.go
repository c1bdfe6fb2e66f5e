package config

import (
	"log/slog"

	"powerdesk/flows/county"
)

// Config is all that the desk is told from outside, checked.
type Config struct {
	Token          Secret     // not set: the demo
	APIURL         string     // base URL of the Bot API; "" = Telegram's
	RedisURL       Secret     // default redis://127.0.0.1:6379/0
	ListenAddr     string     // default 127.0.0.1:8080
	WebhookURL     string     // https, with a path; "" = polling
	WebhookSecrets []Secret   // the one to set, then the one still accepted; none when polling
	Proxy          Secret     // for Telegram only; not set: none
	SendRate       float64    // sends a second over all chats, default 25; 0 = no limit
	LogLevel       slog.Level // default info
	LogFormat      string     // "text" or "json"; "" = text on a terminal, json else
	County         county.County
}

// Demo says whether there is no token, so that the desk plays with itself.
func (c Config) Demo() bool { return !c.Token.Set() }

// The defaults of DESIGN §6. The rate stays below the 30 a second that Telegram
// allows, so that its own counting never strikes first.
const (
	defaultRedis  = "redis://127.0.0.1:6379/0"
	defaultListen = "127.0.0.1:8080"
	defaultRate   = 25
)
