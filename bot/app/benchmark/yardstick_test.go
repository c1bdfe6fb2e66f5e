package benchmark

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// yardstick is the bot that the desk is compared with: what a good programmer
// writes in an afternoon, with net/http and go-redis alone. It asks the same
// questions with the same buttons, handles chats at the same time and one chat
// in order, and keeps what was answered. A turn is one GET, one SET and 1.75
// calls. It promises nothing: what it has fetched when it dies is gone.
//
// The test binary is the yardstick's program too, when these variables are set.
type yardstick struct {
	redis *redis.Client
	http  http.Client
	api   string // with the token
	turns atomic.Int64
	chats [256]sync.Mutex
}

// connections is how many it keeps to Redis, and to Telegram. With go-redis's ten
// a processor it writes less in one go, and fsync costs it half as much again.
const connections = 64

const (
	yardstickAPI   = "YARDSTICK_API"
	yardstickRedis = "YARDSTICK_REDIS"
)

// standing is what the yardstick keeps of a chat.
type standing struct {
	Step    int               `json:"step"`
	Answers map[string]string `json:"answers"`
}

// runYardstick never returns: the benchmark ends the process.
func runYardstick() error {
	options, err := redis.ParseURL(os.Getenv(yardstickRedis))
	if err != nil {
		return err
	}
	options.PoolSize = connections
	y := &yardstick{redis: redis.NewClient(options), api: os.Getenv(yardstickAPI) + "/bot1:token/"}
	y.http.Transport = &http.Transport{MaxIdleConns: connections, MaxIdleConnsPerHost: connections}
	for offset := 0; ; {
		var batch []struct {
			ID      int `json:"update_id"`
			Message struct {
				Text    string
				Contact struct {
					Phone string `json:"phone_number"`
				}
				Chat struct{ ID int64 }
			}
		}
		if err := y.call("getUpdates", url.Values{"offset": {strconv.Itoa(offset)}, "timeout": {"25"}, "limit": {"100"}}, &batch); err != nil {
			return err
		}
		for _, u := range batch {
			offset = u.ID + 1
			go y.turn(u.Message.Chat.ID, u.Message.Text+u.Message.Contact.Phone)
		}
	}
}

// turn takes an answer and asks the next question.
func (y *yardstick) turn(chat int64, answer string) {
	lock := &y.chats[chat%int64(len(y.chats))]
	lock.Lock()
	defer lock.Unlock()
	if err := y.answer(context.Background(), chat, answer); err != nil {
		fmt.Fprintln(os.Stderr, "yardstick:", err)
	}
}

func (y *yardstick) answer(ctx context.Context, chat int64, answer string) error {
	key := fmt.Sprint("chat:", chat)
	var s standing
	raw, err := y.redis.Get(ctx, key).Bytes()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	if err == nil {
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
	}
	if s.Answers == nil {
		s.Answers = map[string]string{}
	}
	s.Answers[strconv.Itoa(s.Step)] = answer
	asks := questions[s.Step%len(questions)]
	s.Step++
	if raw, err = json.Marshal(s); err != nil {
		return err
	}
	if err := y.redis.Set(ctx, key, raw, 180*24*time.Hour).Err(); err != nil {
		return err
	}
	var sent struct {
		ID int `json:"message_id"`
	}
	if err := y.call("sendMessage", url.Values{
		"chat_id": {strconv.FormatInt(chat, 10)}, "text": {asks.say}, "parse_mode": {"HTML"}, "reply_markup": {asks.markup()},
	}, &sent); err != nil {
		return err
	}
	if y.turns.Add(1)%4 == 0 {
		return nil
	}
	return y.call("deleteMessage", url.Values{
		"chat_id": {strconv.FormatInt(chat, 10)}, "message_id": {strconv.Itoa(sent.ID)},
	}, nil)
}

func (y *yardstick) call(method string, params url.Values, result any) error {
	response, err := y.http.Post(y.api+method, "application/x-www-form-urlencoded", strings.NewReader(params.Encode()))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var reply struct {
		OK     bool
		Result json.RawMessage
	}
	if err := json.Unmarshal(body, &reply); err != nil {
		return err
	}
	if !reply.OK {
		return fmt.Errorf("%s: %s", method, body)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(reply.Result, result)
}
