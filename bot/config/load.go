package config

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/county"
)

// loader reads one environment.
type loader struct {
	env      Env
	config   Config
	problems Problems
}

// Load reads the environment, the token's file and the desk file. It returns
// every problem of all of them; with a Fatal one the Config is not to be used.
// Now decides which years' holidays must be known.
func (e Env) Load(now time.Time) (Config, Problems) {
	l := &loader{env: e}
	l.token()
	l.apiURL()
	l.redis()
	l.listen()
	l.webhook()
	l.proxy()
	l.rate()
	l.log()
	l.desk(now)
	return l.config, l.problems
}

// wrong reports a mistake in a variable; doubtful one that the desk can run with.
func (l *loader) wrong(variable, remedy, what string, args ...any) {
	l.problems = append(l.problems, Problem{File: variable, What: fmt.Sprintf(what, args...), Remedy: remedy})
}

func (l *loader) doubtful(variable, remedy, what string, args ...any) {
	l.wrong(variable, remedy, what, args...)
	l.problems[len(l.problems)-1].Warning = true
}

// tokenPattern is the form of a bot's token: its id and a key.
var tokenPattern = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

func (l *loader) token() {
	variable, token := "TELEGRAM_BOT_TOKEN", l.env.Token
	if file := l.env.TokenFile; file != "" {
		if token.Set() {
			l.wrong("TELEGRAM_BOT_TOKEN_FILE", "unset one of them", "TELEGRAM_BOT_TOKEN is set as well")
			return
		}
		variable = "TELEGRAM_BOT_TOKEN_FILE"
		data, err := os.ReadFile(file)
		if err != nil {
			l.wrong(variable, "write the path of a file that the desk may read", "%v", err)
			return
		}
		token = NewSecret(strings.TrimSpace(string(data)))
		if !token.Set() {
			l.wrong(variable, "write the token into it", "%s is empty", file)
			return
		}
	}
	if token.Set() && !tokenPattern.MatchString(token.Reveal()) {
		l.wrong(variable, "copy the whole line that BotFather gave, such as 123456:ABC…", "it does not look like a token")
	}
	l.config.Token = token
}

func (l *loader) apiURL() {
	raw := l.env.APIURL
	if _, ok := webURL(raw, "http", "https"); raw != "" && !ok {
		l.wrong("TELEGRAM_API_URL", "write http:// or https:// and a host", "it is not the address of a Bot API")
	}
	l.config.APIURL = strings.TrimRight(raw, "/")
}

// webURL parses an address with a host and one of the schemes.
func webURL(raw string, schemes ...string) (*url.URL, bool) {
	u, err := url.Parse(raw)
	return u, err == nil && u.Hostname() != "" && slices.Contains(schemes, u.Scheme)
}

func (l *loader) redis() {
	raw := cmp.Or(l.env.RedisURL.Reveal(), defaultRedis)
	if _, ok := webURL(raw, "redis", "rediss", "redis+sentinel", "rediss+sentinel", "redis+cluster", "rediss+cluster"); !ok {
		l.wrong("REDIS_URL", "write "+defaultRedis+", with special characters of the password percent-encoded", "it is not the address of a Redis")
	}
	l.config.RedisURL = secretURL(raw)
}

func (l *loader) listen() {
	l.config.ListenAddr = cmp.Or(l.env.ListenAddr, defaultListen)
	_, port, err := net.SplitHostPort(l.config.ListenAddr)
	if n, perr := strconv.ParseUint(port, 10, 16); err != nil || perr != nil || n > 65535 {
		l.wrong("LISTEN_ADDR", "write "+defaultListen+", or :8080 for every address", "%q is not host:port", l.config.ListenAddr)
	}
}

func (l *loader) proxy() {
	raw := l.env.Proxy.Reveal()
	if _, ok := webURL(raw, "http", "https", "socks5", "socks5h"); raw != "" && !ok {
		l.wrong("HTTPS_PROXY", "write http://, https:// or socks5:// and a host", "it is not the address of a proxy")
	}
	l.config.Proxy = secretURL(raw)
}

// telegramRate is how many sends a second Telegram takes (RELIABILITY §2).
const telegramRate = 30

func (l *loader) rate() {
	raw := cmp.Or(l.env.SendRate, strconv.Itoa(defaultRate))
	rate, err := strconv.ParseFloat(raw, 64)
	switch {
	case err != nil || !(rate >= 0) || rate > 1e6:
		l.wrong("SEND_RATE", fmt.Sprintf("write sends a second, such as %d", defaultRate), "%q is not a rate", raw)
	case l.env.APIURL != "":
	case rate == 0:
		l.wrong("SEND_RATE", fmt.Sprintf("write %d, or set TELEGRAM_API_URL", defaultRate), "0 is for a stand-in: Telegram would block the bot")
	case rate > telegramRate:
		l.doubtful("SEND_RATE", fmt.Sprintf("write %d", defaultRate), "Telegram takes about %d sends a second", telegramRate)
	}
	l.config.SendRate = rate
}

func (l *loader) log() {
	if raw := l.env.LogLevel; raw != "" && l.config.LogLevel.UnmarshalText([]byte(raw)) != nil {
		l.wrong("LOG_LEVEL", suggest(raw, []string{"debug", "info", "warn", "error"}), "%q is not a level", raw)
	}
	if raw := l.env.LogFormat; raw != "" && raw != "text" && raw != "json" {
		l.wrong("LOG_FORMAT", suggest(raw, []string{"text", "json"}), "%q is not a format", raw)
	}
	l.config.LogFormat = l.env.LogFormat
}

// desk reads the desk file, puts the groups of the environment in place of its
// own, and looks at what matters only when real people write to the desk.
func (l *loader) desk(now time.Time) {
	file, data := l.env.DeskFile, Sample()
	if file == "" {
		file = sampleName
	} else {
		var err error
		if data, err = os.ReadFile(file); err != nil {
			l.wrong("DESK_FILE", "write the path of a file that the desk may read", "%v", err)
			return
		}
	}
	c, problems := ReadDesk(file, data, now)
	l.problems = append(l.problems, problems...)
	l.chats(&c.Chats)
	if l.config.Token.Set() {
		l.problems = append(l.problems, invented(file, &c)...)
		if c.Chats.Duty == 0 {
			l.doubtful("DUTY_CHAT_ID", "add the bot to the team's group and write the id that it says", "there is no duty group: no job reaches anyone")
		}
	}
	l.config.County = c
}

func (l *loader) chats(c *county.Chats) {
	set := false
	for _, chat := range []struct {
		variable, raw string
		id            *int64
	}{
		{"DUTY_CHAT_ID", l.env.DutyChatID, &c.Duty},
		{"HALL_CHAT_ID", l.env.HallChatID, &c.Hall},
		{"LEADER_CHAT_ID", l.env.LeaderChatID, &c.Leader},
	} {
		if chat.raw == "" {
			continue
		}
		id, err := strconv.ParseInt(chat.raw, 10, 64)
		what, remedy := chatProblem(id)
		if err != nil {
			what, remedy = fmt.Sprintf("%q is not a group's id", chat.raw), "write the number that the bot says when it is added, such as -1001234567890"
		}
		if what != "" {
			l.wrong(chat.variable, remedy, "%s", what)
		}
		*chat.id, set = id, true
	}
	same := c.Duty != 0 && (c.Duty == c.Hall || c.Duty == c.Leader) || c.Hall != 0 && c.Hall == c.Leader
	if set && same {
		l.wrong("DUTY_CHAT_ID, HALL_CHAT_ID, LEADER_CHAT_ID", "write a group of its own for each", "two groups have the same id")
	}
}
