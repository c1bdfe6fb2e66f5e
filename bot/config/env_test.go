package config_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
)

// The variables of DESIGN §6, and no others.
func TestEnvVariables(t *testing.T) {
	t.Parallel()
	var env config.Env
	parser, err := kong.New(&env)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range parser.Model.Flags {
		if f.Name == "help" {
			continue
		}
		got = append(got, f.Envs[0])
		if f.Help == "" || f.PlaceHolder == "" {
			t.Errorf("--%s does not say what to write", f.Name)
		}
	}
	want := []string{
		"TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "TELEGRAM_API_URL", "REDIS_URL", "DUTY_CHAT_ID", "HALL_CHAT_ID", "LEADER_CHAT_ID",
		"DESK_FILE", "LISTEN_ADDR", "WEBHOOK_URL", "WEBHOOK_SECRET", "HTTPS_PROXY", "SEND_RATE", "LOG_LEVEL", "LOG_FORMAT",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
}

// The way from the process to the Config, once with real variables.
func TestEnvFromTheProcess(t *testing.T) {
	for name, value := range map[string]string{
		"TELEGRAM_BOT_TOKEN": hidden, "REDIS_URL": "redis://u:pw@redis:6379/1", "SEND_RATE": "20", "DUTY_CHAT_ID": "-1001", "TELEGRAM_BOT_TOKEN_FILE": "",
	} {
		t.Setenv(name, value)
	}
	var env config.Env
	parser, err := kong.New(&env)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"--listen-addr=:9090", "--https-proxy="}); err != nil {
		t.Fatal(err)
	}
	c, problems := env.Load(today)
	if problems.Fatal() {
		t.Fatalf("problems:\n%s", problems)
	}
	if c.Token.Reveal() != hidden || c.RedisURL.Reveal() != "redis://u:pw@redis:6379/1" || c.SendRate != 20 || c.ListenAddr != ":9090" || c.County.Chats.Duty != -1001 {
		t.Errorf("config = %+v", c)
	}
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	c, problems := config.Env{}.Load(today)
	if len(problems) > 0 {
		t.Fatalf("problems:\n%s", problems)
	}
	if !c.Demo() || c.County.Key != "wuqiao" {
		t.Errorf("demo %v with %q, want the demo of wuqiao", c.Demo(), c.County.Key)
	}
	c.County = county.County{}
	want := config.Config{
		RedisURL: config.NewSecret("redis://127.0.0.1:6379/0"), ListenAddr: "127.0.0.1:8080", SendRate: 25, LogLevel: slog.LevelInfo,
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func secret(s string) config.Secret { return config.NewSecret(s) }

func TestLoad(t *testing.T) {
	t.Parallel()
	long, other := strings.Repeat("a", 32), strings.Repeat("b", 40)
	c, problems := config.Env{
		APIURL: "http://bot-api:8081/", RedisURL: secret("redis+sentinel://s1:26379?addr=s2:26379&master_name=m"), DutyChatID: "-1001", HallChatID: "-1002",
		DeskFile: "testdata/valid.yaml", ListenAddr: ":80", WebhookURL: "https://desk.example:9443/hook", WebhookSecret: secret(long + "," + other),
		Proxy: secret("socks5://u:pw@proxy:1080"), SendRate: "0", LogLevel: "debug", LogFormat: "json",
	}.Load(today)
	if len(problems) > 0 {
		t.Fatalf("problems:\n%s", problems)
	}
	if want := (county.Chats{Duty: -1001, Hall: -1002, Leader: -1003}); c.County.Chats != want {
		t.Errorf("chats = %+v, want %+v", c.County.Chats, want)
	}
	if c.County.Key != "demo" {
		t.Errorf("county %q, want that of the file", c.County.Key)
	}
	c.County = county.County{}
	want := config.Config{
		APIURL: "http://bot-api:8081", RedisURL: secret("redis+sentinel://s1:26379?addr=s2:26379&master_name=m"),
		ListenAddr: ":80", WebhookURL: "https://desk.example:9443/hook", WebhookSecrets: []config.Secret{secret(long), secret(other)},
		Proxy: secret("socks5://u:pw@proxy:1080"), LogLevel: slog.LevelDebug, LogFormat: "json",
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func TestLoadTokenFromAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(hidden+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, problems := config.Env{TokenFile: file}.Load(today)
	if problems.Fatal() || c.Token.Reveal() != hidden {
		t.Errorf("token %v, problems:\n%s", c.Token.Set(), problems)
	}
}

// What is wrong with the environment, as the operator reads it. Each line is one
// problem; the desk file is a good one.
func TestLoadProblems(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("a", 32)
	for _, tt := range []struct {
		name string
		env  config.Env
		want string
	}{
		{"a token cut short", config.Env{Token: secret("hidden-value"), DeskFile: "testdata/valid.yaml"},
			"TELEGRAM_BOT_TOKEN: it does not look like a token; copy the whole line that BotFather gave, such as 123456:ABC…"},
		{"two tokens", config.Env{Token: secret(hidden), TokenFile: empty},
			"TELEGRAM_BOT_TOKEN_FILE: TELEGRAM_BOT_TOKEN is set as well; unset one of them"},
		{"no token's file", config.Env{TokenFile: "testdata/none"},
			"TELEGRAM_BOT_TOKEN_FILE: open testdata/none: no such file or directory; write the path of a file that the desk may read"},
		{"an empty token's file", config.Env{TokenFile: empty},
			"TELEGRAM_BOT_TOKEN_FILE: " + empty + " is empty; write the token into it"},
		{"no duty group", config.Env{Token: secret(hidden), DeskFile: "testdata/valid.yaml", DutyChatID: "0"},
			"DUTY_CHAT_ID: warning: there is no duty group: no job reaches anyone; add the bot to the team's group and write the id that it says"},
		{"API", config.Env{APIURL: "bot-api:8081"},
			"TELEGRAM_API_URL: it is not the address of a Bot API; write http:// or https:// and a host"},
		{"Redis", config.Env{RedisURL: secret("hidden-value@redis:6379")},
			"REDIS_URL: it is not the address of a Redis; write redis://127.0.0.1:6379/0, with special characters of the password percent-encoded"},
		{"Redis password not encoded", config.Env{RedisURL: secret("redis://:hidden-value#%zz@redis:6379")},
			"REDIS_URL: it is not the address of a Redis; write redis://127.0.0.1:6379/0, with special characters of the password percent-encoded"},
		{"listen", config.Env{ListenAddr: "8080"},
			`LISTEN_ADDR: "8080" is not host:port; write 127.0.0.1:8080, or :8080 for every address`},
		{"listen on no port", config.Env{ListenAddr: ":80800"},
			`LISTEN_ADDR: ":80800" is not host:port; write 127.0.0.1:8080, or :8080 for every address`},
		{"webhook without a secret", config.Env{WebhookURL: "https://desk.example/hook"},
			"WEBHOOK_SECRET: a webhook needs one secret or two, not 0; write one secret, or during a rotation the new one, a comma, the old one"},
		{"webhook with a short secret", config.Env{WebhookURL: "https://desk.example/hook", WebhookSecret: secret("hidden-value")},
			"WEBHOOK_SECRET: it has a secret of 12 characters, or with others; write at least 32 characters of A-Z a-z 0-9 _ -"},
		{"webhook with three", config.Env{WebhookURL: "https://desk.example/hook", WebhookSecret: secret(long + "," + long + "," + long)},
			"WEBHOOK_SECRET: a webhook needs one secret or two, not 3; write one secret, or during a rotation the new one, a comma, the old one"},
		{"webhook not encrypted", config.Env{WebhookURL: "http://desk.example/hook", WebhookSecret: secret(long)},
			"WEBHOOK_URL: it is not an address that Telegram calls; write https:// and the public host"},
		{"webhook not encrypted to another machine", config.Env{APIURL: "http://127.0.0.1:8081", WebhookURL: "http://192.168.0.7/hook", WebhookSecret: secret(long)},
			"WEBHOOK_URL: it is not an address that Telegram calls; write https:// and the public host"},
		{"webhook of a Bot API server on this machine", config.Env{APIURL: "http://127.0.0.1:8081", WebhookURL: "http://127.0.0.1:9000/hook", WebhookSecret: secret(long)}, ""},
		{"webhook on another port", config.Env{WebhookURL: "https://desk.example:9000/hook", WebhookSecret: secret(long)},
			"WEBHOOK_URL: Telegram does not call port 9000; write port 443, 80, 88 or 8443"},
		{"webhook without a path", config.Env{WebhookURL: "https://desk.example/", WebhookSecret: secret(long)},
			"WEBHOOK_URL: it needs a path of its own; write a path such as /webhook, of A-Z a-z 0-9 _ - . ~"},
		{"webhook with a path that climbs", config.Env{WebhookURL: "https://desk.example/a/../b", WebhookSecret: secret(long)},
			"WEBHOOK_URL: it needs a path of its own; write a path such as /webhook, of A-Z a-z 0-9 _ - . ~"},
		{"webhook on a page of the desk", config.Env{WebhookURL: "https://desk.example:8443/metrics", WebhookSecret: secret(long)},
			"WEBHOOK_URL: /metrics is a page of the desk; write a path such as /webhook"},
		{"webhook with a secret in it", config.Env{WebhookURL: "https://desk.example/hook?key=1", WebhookSecret: secret(long)},
			"WEBHOOK_URL: it holds more than a host and a path; write host and path alone; what must be secret is WEBHOOK_SECRET"},
		{"a secret for nothing", config.Env{WebhookSecret: secret(long)},
			"WEBHOOK_SECRET: warning: it is not used: the desk polls; set WEBHOOK_URL, or unset it"},
		{"proxy", config.Env{Proxy: secret("hidden-value:8080")},
			"HTTPS_PROXY: it is not the address of a proxy; write http://, https:// or socks5:// and a host"},
		{"rate", config.Env{SendRate: "fast"}, `SEND_RATE: "fast" is not a rate; write sends a second, such as 25`},
		{"rate that is no number", config.Env{SendRate: "NaN"}, `SEND_RATE: "NaN" is not a rate; write sends a second, such as 25`},
		{"rate below zero", config.Env{SendRate: "-1"}, `SEND_RATE: "-1" is not a rate; write sends a second, such as 25`},
		{"no limit for Telegram", config.Env{SendRate: "0"},
			"SEND_RATE: 0 is for a stand-in: Telegram would block the bot; write 25, or set TELEGRAM_API_URL"},
		{"more than Telegram takes", config.Env{SendRate: "50"},
			"SEND_RATE: warning: Telegram takes about 30 sends a second; write 25"},
		{"level", config.Env{LogLevel: "inof"}, `LOG_LEVEL: "inof" is not a level; write "info"`},
		{"format", config.Env{LogFormat: "xml"}, `LOG_FORMAT: "xml" is not a format; write one of: text, json`},
		{"a group by its name", config.Env{DutyChatID: "@team"},
			`DUTY_CHAT_ID: "@team" is not a group's id; write the number that the bot says when it is added, such as -1001234567890`},
		{"a person as a group", config.Env{LeaderChatID: "42"},
			"LEADER_CHAT_ID: 42 is a person's id, not a group's; write the negative number that the bot says when it is added to the group, such as -1001234567890"},
		{"one group twice", config.Env{DeskFile: "testdata/valid.yaml", HallChatID: "-1001"},
			"DUTY_CHAT_ID, HALL_CHAT_ID, LEADER_CHAT_ID: two groups have the same id; write a group of its own for each"},
		{"no desk file", config.Env{DeskFile: "testdata/none.yaml"},
			"DESK_FILE: open testdata/none.yaml: no such file or directory; write the path of a file that the desk may read"},
		{"everything at once", config.Env{SendRate: "x", LogLevel: "y", ListenAddr: "z"},
			`LISTEN_ADDR: "z" is not host:port; write 127.0.0.1:8080, or :8080 for every address` + "\n" +
				`SEND_RATE: "x" is not a rate; write sends a second, such as 25` + "\n" +
				`LOG_LEVEL: "y" is not a level; write one of: debug, info, warn, error`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, problems := tt.env.Load(today)
			if diff := cmp.Diff(tt.want, problems.String()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if strings.Contains(problems.String(), "hidden-value") {
				t.Errorf("a problem shows a secret:\n%s", problems)
			}
		})
	}
}

// With a token the sample is no longer a game.
func TestLoadWarnsOfInventedPeople(t *testing.T) {
	t.Parallel()
	_, problems := config.Env{Token: secret(hidden)}.Load(today)
	want := []string{
		"wuqiao.yaml: warning: 25 people of the roster are invented (example: true); write the real ones",
		"wuqiao.yaml: warning: 38 communities are invented (example: true); write the real ones",
		"wuqiao.yaml: warning: 10 supply stations are invented (example: true); write the real ones",
		"wuqiao.yaml: warning: 6 contact points are invented (example: true); write the real ones",
		"wuqiao.yaml: warning: 3 outlets are invented (example: true); write the real ones",
		"wuqiao.yaml: warning: 3 answers are invented (example: true); write the real ones",
		"DUTY_CHAT_ID: warning: there is no duty group: no job reaches anyone; add the bot to the team's group and write the id that it says",
	}
	if diff := cmp.Diff(want, strings.Split(problems.String(), "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if problems.Fatal() {
		t.Error("the desk would not start, though it could say the group's id")
	}
}

// A year that nobody has announced holidays for yet: two months ahead the desk
// begins to ask for them.
func TestLoadWarnsOfAYearWithoutHolidays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		now  string
		want []string
	}{
		{"2026-10-31", nil},
		{"2026-11-23", []string{"2027"}},
		{"2027-03-01", []string{"2027"}},
		{"2027-12-01", []string{"2027", "2028"}},
	} {
		t.Run(tt.now, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.DateOnly, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			_, problems := config.Env{}.Load(now)
			var got []string
			for _, p := range problems {
				var year string
				if _, err := fmt.Sscanf(p.What, "no holidays of %4s are known", &year); err != nil || !p.Warning {
					t.Errorf("another problem: %s", p)
				}
				got = append(got, year)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("years (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRedisURLShowsItsHostOnly(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ url, want string }{
		{"redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"},
		{"redis://user:hidden-value@redis:6379/1", "redis://***@redis:6379/1"},
		{"rediss://:hidden-value@redis", "rediss://***@redis"},
		{"redis+cluster://c1:6379?addr=c2:6379&password=hidden-value", "redis+cluster://c1:6379?***"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			c, _ := config.Env{RedisURL: secret(tt.url)}.Load(today)
			if got := fmt.Sprint(c.RedisURL); got != tt.want {
				t.Errorf("shown %s, want %s", got, tt.want)
			}
			if c.RedisURL.Reveal() != tt.url {
				t.Error("the URL itself is not kept")
			}
		})
	}
}
