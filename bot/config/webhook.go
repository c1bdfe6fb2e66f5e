package config

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// secretPattern is what Telegram takes as a webhook's secret_token, with the
// least length that cannot be guessed (DESIGN §6).
var secretPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{32,256}$`)

// webhookPorts are the ports that Telegram's own servers call (Bot API,
// setWebhook).
var webhookPorts = []string{"", "443", "80", "88", "8443"}

func (l *loader) webhook() {
	raw, secrets := l.env.WebhookURL, l.env.WebhookSecret
	if raw == "" {
		if secrets.Set() {
			l.doubtful("WEBHOOK_SECRET", "set WEBHOOK_URL, or unset it", "it is not used: the desk polls")
		}
		return
	}
	l.config.WebhookURL = raw
	l.webhookURL(raw)
	var all []string
	if secrets.Set() {
		all = strings.Split(secrets.Reveal(), ",")
	}
	for _, s := range all {
		if !secretPattern.MatchString(s) {
			l.wrong("WEBHOOK_SECRET", "write at least 32 characters of A-Z a-z 0-9 _ -", "it has a secret of %d characters, or with others", len(s))
		}
		l.config.WebhookSecrets = append(l.config.WebhookSecrets, NewSecret(s))
	}
	if len(all) == 0 || len(all) > 2 {
		l.wrong("WEBHOOK_SECRET", "write one secret, or during a rotation the new one, a comma, the old one", "a webhook needs one secret or two, not %d", len(all))
	}
}

// webhookPath is what may stand in the path: anything else would have to be
// encoded, and Telegram, the proxy and the desk may each do that differently.
var webhookPath = regexp.MustCompile(`^(/[A-Za-z0-9_-][A-Za-z0-9._~-]*)+$`)

// ownPaths are the desk's own pages.
var ownPaths = []string{"/livez", "/healthz", "/metrics", "/try"}

// atHome says whether updates come from a Bot API server of one's own to this
// very machine: then nobody is on the way who could read them.
func (l *loader) atHome(host string) bool {
	ip, err := netip.ParseAddr(host)
	return l.env.APIURL != "" && (host == "localhost" || err == nil && ip.IsLoopback())
}

func (l *loader) webhookURL(raw string) {
	u, ok := webURL(raw, "https", "http")
	switch {
	case !ok, u.Scheme == "http" && !l.atHome(u.Hostname()):
		l.wrong("WEBHOOK_URL", "write https:// and the public host", "it is not an address that Telegram calls")
	case l.env.APIURL == "" && !slices.Contains(webhookPorts, u.Port()):
		l.wrong("WEBHOOK_URL", "write port 443, 80, 88 or 8443", "Telegram does not call port %s", u.Port())
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		l.wrong("WEBHOOK_URL", "write host and path alone; what must be secret is WEBHOOK_SECRET", "it holds more than a host and a path")
	case !webhookPath.MatchString(u.Path):
		l.wrong("WEBHOOK_URL", "write a path such as /webhook, of A-Z a-z 0-9 _ - . ~", "it needs a path of its own")
	case slices.ContainsFunc(ownPaths, func(own string) bool { return u.Path == own || strings.HasPrefix(u.Path, own+"/") }):
		l.wrong("WEBHOOK_URL", "write a path such as /webhook", "%s is a page of the desk", u.Path)
	}
}
