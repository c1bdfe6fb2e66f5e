package config

// Env is the environment as DESIGN §6 lists it. The commands embed it, and kong
// fills it: each variable is a flag as well, and "--help" explains both. The
// values are still words here, so that Load can report every wrong one at once;
// an empty one is not set.
type Env struct {
	Token         Secret `name:"telegram-bot-token" env:"TELEGRAM_BOT_TOKEN" placeholder:"123456:ABC…" help:"Token from BotFather; without one the desk is a demo. Belongs into the environment: others can read flags."`
	TokenFile     string `name:"telegram-bot-token-file" env:"TELEGRAM_BOT_TOKEN_FILE" placeholder:"FILE" help:"File that holds the token."`
	APIURL        string `name:"telegram-api-url" env:"TELEGRAM_API_URL" placeholder:"https://api.telegram.org" help:"Base URL of the Bot API, for a local server or a stand-in."`
	RedisURL      Secret `name:"redis-url" env:"REDIS_URL" placeholder:"redis://127.0.0.1:6379/0" help:"redis://, rediss://, redis+sentinel:// or redis+cluster://."`
	DutyChatID    string `name:"duty-chat-id" env:"DUTY_CHAT_ID" placeholder:"-100…" help:"Group of the team; the bot says a group's id when it is added there. Overrides the desk file."`
	HallChatID    string `name:"hall-chat-id" env:"HALL_CHAT_ID" placeholder:"-100…" help:"Group of the hall clerks. Overrides the desk file."`
	LeaderChatID  string `name:"leader-chat-id" env:"LEADER_CHAT_ID" placeholder:"-100…" help:"Group of the leaders. Overrides the desk file."`
	DeskFile      string `name:"desk-file" env:"DESK_FILE" placeholder:"FILE" help:"The desk's YAML; without one the embedded sample of Wuqiao."`
	ListenAddr    string `name:"listen-addr" env:"LISTEN_ADDR" placeholder:"127.0.0.1:8080" help:"Health, metrics, webhook and page."`
	WebhookURL    string `name:"webhook-url" env:"WEBHOOK_URL" placeholder:"https://…" help:"Public https address at which Telegram brings updates, with a path of its own; without one the desk polls."`
	WebhookSecret Secret `name:"webhook-secret" env:"WEBHOOK_SECRET" placeholder:"NEW[,OLD]" help:"At least 32 characters of A-Z a-z 0-9 _ -; during a rotation the new and the old one, divided by a comma."`
	Proxy         Secret `name:"https-proxy" env:"HTTPS_PROXY,https_proxy" placeholder:"http://…" help:"Proxy for Telegram, and for nothing else."`
	SendRate      string `name:"send-rate" env:"SEND_RATE" placeholder:"25" help:"Sends a second over all chats; 0 = no limit, for a stand-in only."`
	LogLevel      string `name:"log-level" env:"LOG_LEVEL" placeholder:"info" help:"debug, info, warn or error."`
	LogFormat     string `name:"log-format" env:"LOG_FORMAT" placeholder:"text|json" help:"Default: text on a terminal, json else."`
}
