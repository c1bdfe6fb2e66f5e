package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"powerdesk/flows/words"
)

// redisPassword may stand nowhere but in the address.
const redisPassword = "canary-redis-password-3f9c"

// guarded are the kinds of Redis, each behind a password.
var guarded = map[string]func(testing.TB) string{
	"miniredis": func(tb testing.TB) string {
		mini := miniredis.RunT(tb)
		mini.RequireAuth(redisPassword)
		return "redis://:" + redisPassword + "@" + mini.Addr()
	},
	"redis": func(tb testing.TB) string {
		server := startRedis(tb)
		open := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + server.port})
		defer open.Close()
		if err := open.ConfigSet(context.Background(), "requirepass", redisPassword).Err(); err != nil {
			tb.Fatal(err)
		}
		return strings.Replace(server.url(), "redis://", "redis://:"+redisPassword+"@", 1)
	},
}

// canaries are what a resident gives the desk in the course of a fault: words that
// nobody else says, so that each is known again wherever it turns up.
type canaries struct {
	house, typed, caption, note, pictured, blockedNote, comment, lat, lon string
}

var hers = canaries{
	house: "枣树胡同" + door, typed: "黄雀一号巷口有棵枣树", caption: "黄雀二号电表照片", note: "黄雀三号门没锁",
	pictured: "黄雀四号院门照片", blockedNote: "黄雀五号狗拴着", comment: "黄雀六号师傅很好", lat: "37.628123", lon: "116.391456",
}

// all are those that no group may read. What somebody says of the crew afterwards
// is for the leaders, in their group, and for nobody else (PRODUCT R17).
func (c canaries) all() []string {
	return []string{c.house, c.typed, c.caption, c.note, c.pictured, c.blockedNote, c.lat, c.lon}
}

// life is one resident's, from the dark home to the last word, with all that can
// go wrong for privacy on the way: a message that cannot be delivered, updates
// that cannot be read, a caller whose report somebody else types. When asked is
// true she wants to be forgotten while the crew is on its way, else afterwards.
func life(s *scene, h *threshold, asked bool) (wang *person) {
	s.Helper()
	wang = s.resident(words.ZH)
	s.secrets = append(s.secrets, hers.all()...)
	share := func(answer string) {
		s.Helper()
		lat, _ := strconv.ParseFloat(hers.lat, 64)
		lon, _ := strconv.ParseFloat(hers.lon, 64)
		wang.did(wang.hands.ShareLocation(wang.id, lat, lon))
		wang.hears(answer)
	}
	pictures := func(caption, answer string) {
		s.Helper()
		wang.did(wang.hands.SendPhoto(wang.id, caption))
		wang.hears(answer)
	}
	lines := wang.tripping()
	lines[6] = line{types: hers.house, answer: "outage.neighbours.say"}
	wang.talk(lines[:7]...)
	wang.say(line{types: hers.typed, answer: "router.lost"})
	pictures(hers.caption, "router.media_kept")
	share("router.pin_kept")
	wang.talk(lines[7:]...)
	wang.say(line{tap: "outage.receipt.remember", answer: "outage.remembered.say"})

	li, zhou := s.pair()
	li.say(line{types: "到东门了", answer: "crew.said"})
	wang.hears("news.said")
	wang.say(line{types: hers.note, answer: "router.note_kept"})
	zhou.reads("crew.noted")
	pictures(hers.pictured, "router.media_kept_job")
	share("router.pin_kept_job")

	// What cannot be delivered, and what cannot be read.
	if err := zhou.hands.Block(); err != nil {
		s.Fatal(err)
	}
	wang.say(line{types: hers.blockedNote, answer: "router.note_kept"})
	s.until("a message is given up", func() bool {
		b, err := s.desk.Store.Backlog(s.soon())
		return err == nil && b.Dead > 0
	})
	for _, poison := range []string{
		`{"message": {"message_id": 7, "date": "yesterday", "text": "` + hers.house + `"}}`,
		`{"message": {"message_id": 7, "date": 1, "chat": {"id": "x"}, "contact": {"phone_number": "` + strings.TrimPrefix(wang.phone(), "+") + `"}}}`,
	} {
		if err := s.tg.Inject(poison); err != nil {
			s.Fatal(err)
		}
	}
	if got := h.brings(s.TB.(*testing.T), "POST", "guessed-"+freshSecret[9:], strings.NewReader(`{"update_id":1,"message":{"text":"`+hers.typed+`"}}`), nil); got != 401 {
		s.Errorf("a stranger at the door is answered %d", got)
	}
	sun := s.volunteer("孙伟")
	sun.say(line{types: "/start", answer: "menu.menu.say"})
	sun.say(line{types: s.phoned(), answer: "outage.receipt_known.say"})

	forget := func(answer string) {
		s.Helper()
		s.settled()
		for _, canary := range append(hers.all(), wang.name, strings.TrimPrefix(wang.phone(), "+86")) {
			if len(s.holding(canary)) == 0 {
				s.Errorf("%q is not in Redis before it is forgotten: to find it gone proves nothing", canary)
			}
		}
		wang.say(line{types: "/forget", answer: "forget.forget.say"})
		wang.say(line{tap: "forget.forget.erase", answer: answer})
	}
	if asked {
		forget("forget.later.say")
	}
	li.departs(li.id)
	li.restores("switch")
	wang.hears("news.restored")
	if asked {
		wang.tap("report.back.yes")
		wang.answered()
		s.sees("card.state.closed")
	} else {
		wang.say(line{tap: "report.back.yes", answer: "report.rating.say"})
		wang.say(line{tap: "report.rating.good", answer: "report.praise.say"})
		wang.say(line{types: hers.comment, answer: "report.thanks.say"})
		forget("forget.done.say")
	}
	s.settled()
	return wang
}

// TestCanaries plays a whole life and then looks everywhere for what should not be
// there: the end of the scene searches the log, at its most talkative, and every
// call to a group; here come the metrics, and after /forget all that Redis holds.
func TestCanaries(t *testing.T) {
	t.Parallel()
	for name, start := range guarded {
		for when, asked := range map[string]bool{"forgotten afterwards": false, "forgotten on the way": true} {
			t.Run(name+"/"+when, func(t *testing.T) {
				t.Parallel()
				s := stageFor(t, start(t))
				s.secrets = append(s.secrets, redisPassword)
				h := s.threshold()
				s.openAt(h, freshSecret, staleSecret)
				wang := life(s, h, asked)

				everything := append([]string{secretToken, hers.comment}, s.secrets...)
				for _, secret := range everything {
					if page := s.metrics(); strings.Contains(page, secret) {
						t.Errorf("the metrics hold %q: %s", secret, lineWith(page, secret))
					}
					if strings.Contains(s.log.String(), secret) {
						t.Errorf("the log holds %q: %s", secret, lineWith(s.log.String(), secret))
					}
				}
				for _, c := range s.tg.Calls("") {
					if said := fmt.Sprint(c.Params); c.Chat < 0 && c.Chat != leaderChat && strings.Contains(said, hers.comment) {
						t.Errorf("group %d was told her comment: %s", c.Chat, said)
					}
				}
				personal := append(hers.all(), hers.comment, wang.name, strings.TrimPrefix(wang.phone(), "+86"))
				if !asked { // else her chat remembers which job it asked about, and no more, for as long as a session is kept
					personal = append(personal, strconv.FormatInt(wang.id, 10))
				}
				for _, canary := range append(personal, secretToken, freshSecret, staleSecret, redisPassword) {
					for _, where := range s.holding(canary) {
						t.Errorf("Redis holds %q: %s", canary, where)
					}
				}
			})
		}
	}
}

// holding is where Redis holds something.
func (s *scene) holding(what string) (where []string) {
	s.Helper()
	for key, values := range s.held() {
		for _, value := range values {
			if strings.Contains(value, what) {
				where = append(where, key+": "+value)
			}
		}
	}
	return where
}

// held is everything in Redis, by key: each key's own name, members, fields and
// values, and, of what is JSON, each string as it reads without its escapes.
func (s *scene) held() map[string][]string {
	s.Helper()
	address, err := url.Parse(s.setting.RedisURL)
	if err != nil {
		s.Fatal(err)
	}
	password, _ := address.User.Password()
	client := redis.NewClient(&redis.Options{Addr: address.Host, Password: password})
	defer client.Close()
	ctx := s.soon()
	keys, err := client.Keys(ctx, "*").Result()
	if err != nil {
		s.Fatal(err)
	}
	all := make(map[string][]string)
	for _, key := range keys {
		values := []string{key}
		switch kind := client.Type(ctx, key).Val(); kind {
		case "string":
			values = append(values, client.Get(ctx, key).Val())
		case "hash":
			for field, value := range client.HGetAll(ctx, key).Val() {
				values = append(values, field, value)
			}
		case "zset":
			values = append(values, client.ZRange(ctx, key, 0, -1).Val()...)
		case "set":
			values = append(values, client.SMembers(ctx, key).Val()...)
		case "list":
			values = append(values, client.LRange(ctx, key, 0, -1).Val()...)
		case "stream":
			for _, m := range client.XRange(ctx, key, "-", "+").Val() {
				for field, value := range m.Values {
					values = append(values, field, fmt.Sprint(value))
				}
			}
		case "none": // it has run out since it was listed
			continue
		default:
			s.Fatalf("%s is a %s, into which nobody has looked", key, kind)
		}
		for _, value := range values {
			values = append(values, unescaped(value)...)
		}
		all[key] = values
	}
	return all
}

// unescaped are the strings in a JSON document, which may stand behind a word, as
// those of reminders do.
func unescaped(value string) []string {
	var document any
	start := strings.IndexAny(value, `{[`)
	if start < 0 || json.Unmarshal([]byte(value[start:]), &document) != nil {
		return nil
	}
	var all []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for name, one := range v {
				all = append(all, name)
				walk(one)
			}
		}
	}
	walk(document)
	return all
}
