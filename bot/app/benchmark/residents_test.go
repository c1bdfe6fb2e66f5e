package benchmark

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"powerdesk/flows/words"
)

// A resident answers whatever is asked by the first of these buttons that the
// message shows, so a question that comes to the talk or leaves it changes the
// number of turns and nothing here. What shows none of them asks for the door.
var (
	place    = []string{"桑园镇", "翰林住宅小区"}
	tripping = slices.Concat(place, labels("outage.receipt.remember", "menu.menu.outage", "outage.danger.no", "outage.household.none",
		"outage.known_hit.mine", "outage.neighbours.me", "outage.meter.no", "outage.switch.down", "outage.reset.trips"))
	elderly = slices.Concat(place, labels("outage.receipt.remember", "menu.menu.outage", "outage.danger.no", "outage.household.helpless",
		"outage.known_hit.mine", "outage.neighbours.me"))
	inDanger = slices.Concat(place, labels("menu.menu.outage", "outage.danger.yes", "outage.kind.fire", "outage.safety.type", "outage.where.list"))
	remember = labels("outage.receipt.remember")
	ways     = [][]string{tripping, elderly, tripping, inDanger}

	door    = "3号楼2单元201"
	contact = `"request_contact":true`
	receipt = regexp.MustCompile(`\b\d{4}-\d{2,6}\b`) // a job has a number, a phone of the county has seven digits
)

func labels(keys ...string) []string {
	var all []string
	for _, key := range keys {
		if !words.Has(words.ZH, key) {
			panic("the benchmark's residents know the words " + key + ", and nobody else does")
		}
		all = append(all, words.Plain(words.ZH, key, nil))
	}
	return all
}

// question is one of the yardstick's.
type question struct {
	say  string
	keys []string
}

// questions make a talk of the yardstick, about as long as one of the desk's.
var questions = func() []question {
	var all []question
	for _, of := range [][]string{
		{"menu.menu.say", "menu.menu.outage", "menu.menu.topup", "menu.menu.planned", "menu.menu.person"},
		{"outage.danger.say", "outage.danger.yes", "outage.danger.no", "outage.danger.unsure"},
		{"outage.household.say", "outage.household.medical", "outage.household.helpless", "outage.household.none"},
		{"outage.neighbours.say", "outage.neighbours.dark", "outage.neighbours.me", "outage.neighbours.part"},
		{"outage.meter.say", "outage.meter.yes", "outage.meter.no", "outage.meter.unsure"},
		{"outage.switch.say", "outage.switch.up", "outage.switch.down", "outage.switch.unsure"},
		{"outage.reset.say", "outage.reset.stays", "outage.reset.trips", "outage.reset.sealed"},
	} {
		all = append(all, question{words.Say(words.ZH, of[0], nil), labels(of[1:]...)})
	}
	return append(all,
		question{"在哪个镇？", place[:1]},
		question{"在哪个村、哪个小区？", place[1:]},
		question{"几号楼、几单元、几号？", []string{"说不清，到了找我"}},
		question{"✅ 报修单 1123-01 已收到，正在找两位队员。要我记住吗？", remember},
		question{"记住了。", labels("menu.menu.outage")},
	)
}()

// markup draws the buttons as Telegram wants them.
func (q question) markup() string {
	type key struct {
		Text string `json:"text"`
	}
	keyboard := struct {
		Keyboard [][]key `json:"keyboard"`
		Resize   bool    `json:"resize_keyboard"`
	}{Resize: true}
	for _, text := range q.keys {
		keyboard.Keyboard = append(keyboard.Keyboard, []key{{text}})
	}
	raw, _ := json.Marshal(keyboard)
	return string(raw)
}

// crowd is the residents of one stand-in and what they have seen.
type crowd struct {
	*standin
	pause time.Duration // between an answer and what is said to it
	ways  [][]string    // taken in turn
	turns atomic.Int64

	mu      sync.Mutex
	waits   []time.Duration // of every turn
	failure error
	chats   int64
}

// resident is one of them, in the middle of a talk.
type resident struct {
	*crowd
	chat     int64
	phone    chan message
	way      []string
	says     string // next, as the JSON of an update's content
	reported bool
	over     bool
}

// patience is how long a resident waits for an answer before the measurement
// counts as failed.
const patience = 60 * time.Second

func text(s string) string { return fmt.Sprintf(`"text":%q`, s) }

// newcomer is somebody who has never written to the bot.
func (c *crowd) newcomer() *resident {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.chats++
	chat := 5_000_000_000 + c.chats
	start := `"text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}]`
	r := &resident{crowd: c, chat: chat, way: c.ways[c.chats%int64(len(c.ways))], says: start}
	return r
}

// talk takes so many turns, or all that there are to the end of the talk.
func (r *resident) talk(turns int) {
	r.phone = r.standin.phone(r.chat)
	for n := 0; n < turns && !r.over; n++ {
		began := time.Now()
		r.push(r.chat, r.says)
		select {
		case m := <-r.phone:
			r.turned(time.Since(began))
			r.reads(m)
		case <-time.After(patience):
			r.fail(fmt.Errorf("resident %d has no answer to %s", r.chat, r.says))
			return
		}
		if n == mostTurns {
			r.fail(fmt.Errorf("resident %d gets no receipt and is asked to answer %s", r.chat, r.says))
			return
		}
		if r.pause > 0 {
			time.Sleep(r.pause)
		}
	}
}

// mostTurns is more than any way to the receipt has; whole is no bound.
const (
	mostTurns = 25
	whole     = 1000
)

// reads decides what to say to a message.
func (r *resident) reads(m message) {
	r.says = ""
	for _, label := range r.way {
		if strings.Contains(m.markup, `"text":"`+label+`"`) {
			r.says = text(label)
			break
		}
	}
	switch {
	case r.reported:
		r.over = true
	case receipt.MatchString(m.text):
		r.reported = true
		// The receipt of a danger asks nothing more.
		r.over = r.says != text(remember[0])
	case r.says != "":
	case strings.Contains(m.markup, contact):
		r.says = fmt.Sprintf(`"contact":{"phone_number":"861390000%04d","user_id":%d,"first_name":"王桂兰"}`, r.chat%10_000, r.chat)
	default:
		r.says = text(door)
	}
}

func (c *crowd) turned(wait time.Duration) {
	c.turns.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = append(c.waits, wait)
}

func (c *crowd) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failure == nil {
		c.failure = err
	}
}

func (c *crowd) failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failure
}

// play lets newcomers talk, so many at the same time, until all of them have
// taken so many turns or are at the end of their talk. It gives them.
func (c *crowd) play(newcomers, atOnce, turns int) []*resident {
	all := make([]*resident, newcomers)
	for i := range all {
		all[i] = c.newcomer()
	}
	c.walk(all, atOnce, turns)
	return all
}

// walk lets residents go on.
func (c *crowd) walk(all []*resident, atOnce, turns int) {
	var next atomic.Int64
	var talking sync.WaitGroup
	for i := range atOnce {
		talking.Go(func() {
			// Who pauses does not begin in step with the others.
			time.Sleep(c.pause * time.Duration(i) / time.Duration(atOnce))
			for n := next.Add(1); n <= int64(len(all)) && c.failed() == nil; n = next.Add(1) {
				all[n-1].talk(turns)
			}
		})
	}
	talking.Wait()
}
