package nemesis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/demo"
	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

const (
	dutyChat, hallChat, leaderChat = -1001000000001, -1001000000002, -1001000000003

	secretToken = "1000001:canary-token-AAF7xw0rK3pQ2zT9sYbNc4"
)

// world is everything outside and inside of a desk: the stand-in, a way to
// Redis, Redis, and two replicas.
type world struct {
	testing.TB
	tg       *demo.Telegram
	redis    *redisServer
	way      *proxy
	replicas [2]*replica
	store    *store.Store // looks past the proxy
	county   county.County
	history  *history

	evening context.Context // ends when nobody waits any longer
	load    sync.WaitGroup

	mu     sync.Mutex
	chance *rand.Rand
	people int64
	teams  int
}

// newWorld puts up everything but the replicas, with so many volunteers in the
// duty group. They are there from the start: to join is another story.
func newWorld(tb testing.TB, seed uint64, teams int) *world {
	tb.Helper()
	w := &world{TB: tb, redis: startRedis(tb), history: &history{}, chance: rand.New(rand.NewPCG(seed, 0))}
	w.way = startProxy(tb, w.redis.addr())
	var problems config.Problems
	if w.county, problems = config.ReadDesk("wuqiao.yaml", config.Sample(), time.Now()); problems.Fatal() {
		tb.Fatal(problems)
	}
	kept, err := store.Open(store.Options{URL: "redis://" + w.redis.addr(), Key: w.county.Key, Keep: w.county.Keep})
	if err != nil {
		tb.Fatal(err)
	}
	w.store = kept
	tb.Cleanup(func() { kept.Close() })

	w.tg = demo.New(demo.Options{Token: secretToken, Bot: demo.Bot{Name: "Desk", Username: "wuqiao_desk_bot"}, KeepCalls: 1_000_000})
	duty := demo.Group{ID: dutyChat, Title: "Duty", Supergroup: true, Bot: demo.Administrator, Members: map[int64]demo.Status{}}
	for i := range teams {
		for j := range teamSize {
			id := volunteerID(i, j)
			w.add(id, fmt.Sprintf("队员%d", id%10_000), "zh-hans", "volunteer")
			duty.Members[id] = demo.Member
		}
	}
	w.tg.AddGroup(duty)
	for id, title := range map[int64]string{hallChat: "Hall", leaderChat: "Leader"} {
		w.tg.AddGroup(demo.Group{ID: id, Title: title, Supergroup: true, Bot: demo.Administrator})
	}
	api := httptest.NewServer(w.tg.Handler())
	tb.Cleanup(func() { w.tg.Close(); api.CloseClientConnections(); api.Close() })
	for i := range w.replicas {
		name := "replica " + strconv.Itoa(i+1)
		died := func() { w.history.add(event{Kind: "death", What: name}) }
		w.replicas[i] = &replica{name: name, path: build(tb, "failpoints"), died: died, env: []string{
			"TELEGRAM_BOT_TOKEN=" + secretToken, "TELEGRAM_API_URL=" + api.URL, "REDIS_URL=redis://" + w.way.addr(),
			"DUTY_CHAT_ID=" + strconv.Itoa(dutyChat), "HALL_CHAT_ID=" + strconv.Itoa(hallChat), "LEADER_CHAT_ID=" + strconv.Itoa(leaderChat),
			"LISTEN_ADDR=127.0.0.1:0", "SEND_RATE=0", "LOG_LEVEL=debug", "LOG_FORMAT=json",
		}}
	}
	return w
}

// open starts both replicas, each with a failpoint unless that is empty.
func (w *world) open(failpoints ...string) {
	w.Helper()
	for i, r := range w.replicas {
		if err := r.start(append(failpoints, "", "")[i]); err != nil {
			w.Fatal(err)
		}
		w.Cleanup(func() { r.end(9) })
		if i == 0 {
			w.until("the first replica leads", r.leads)
		}
	}
}

// until waits for what no event tells.
func (w *world) until(what string, holds func() bool) {
	w.Helper()
	if !w.comes(patience, holds) {
		w.Fatalf("waited in vain until %s", what)
	}
}

// comes says whether something comes true within a time.
func (w *world) comes(within time.Duration, holds func() bool) bool {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(within)
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
	return true
}

const teamSize = 3

func volunteerID(team, member int) int64 { return 6_000_000_000 + int64(team*teamSize+member) }

func (w *world) add(id int64, name, language, role string, secrets ...string) {
	w.tg.AddPerson(demo.Person{ID: id, Name: name, Language: language, Phone: phoneOf(id)})
	w.history.add(event{Kind: "person", Who: id, What: role, Secrets: secrets})
}

// phoneOf is somebody's own number, of a range that nobody has.
func phoneOf(id int64) string { return fmt.Sprintf("+861390000%04d", id%10_000) }

// team gives the next volunteers, now and then a stranger with them, and
// whether one of them will give the job back.
func (w *world) team() (team []volunteer, stranger *volunteer, drops bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for j := range teamSize {
		id := volunteerID(w.teams, j)
		team = append(team, volunteer{w, id, w.tg.As(id)})
	}
	w.teams++
	if w.chance.IntN(5) == 0 {
		id := 7_000_000_000 + int64(w.teams)
		w.add(id, "路人", "zh-hans", "stranger")
		stranger = &volunteer{w, id, w.tg.As(id)}
	}
	return team, stranger, w.chance.IntN(6) == 0
}

// comesHome lets a new resident live their evening.
func (w *world) comesHome(role string) {
	w.mu.Lock()
	w.people++
	id := 5_000_000_000 + w.people
	lang := words.Langs[w.chance.IntN(len(words.Langs))]
	town := w.county.Towns[w.chance.IntN(len(w.county.Towns))]
	community := town.Communities[w.chance.IntN(len(town.Communities))]
	w.mu.Unlock()
	r := &resident{
		world: w, id: id, lang: lang, hands: w.tg.As(id), role: role, knows: knowing[lang], seen: map[string]bool{}, skip: map[string]bool{},
		place: [2]string{town.Name.In(lang), community.Name.In(lang)}, door: fmt.Sprintf("%d号楼2单元%d", id%97+1, 100+id%9000),
	}
	name := fmt.Sprintf("王桂兰%d", id%10_000)
	w.add(id, name, map[words.Lang]string{words.ZH: "zh-hans", words.EN: "en"}[lang], "resident",
		name, strings.TrimPrefix(phoneOf(id), "+86"), r.door)
	w.load.Go(func() { r.live(w.evening) })
}

// drained waits until nothing waits any more, and notes what does.
func (w *world) drained(within time.Duration) {
	w.Helper()
	began := time.Now()
	waiting := -1
	w.comes(within, func() bool {
		b, err := w.store.Backlog(w.Context())
		if err != nil {
			return false
		}
		waiting = b.Waiting + w.tg.Pending()
		return waiting == 0
	})
	w.history.add(event{Kind: "rest", Waiting: waiting, Text: time.Since(began).Round(time.Millisecond).String()})
}

// close ends the replicas and notes what is known in the end.
func (w *world) close() {
	w.Helper()
	for _, r := range w.replicas {
		if page, err := r.ask("/metrics"); err == nil {
			w.history.add(event{Kind: "output", What: "metrics of " + r.name, Text: page})
		}
		r.end(15)
		w.history.add(event{Kind: "output", What: "log of " + r.name, Text: r.log.String()})
	}
	for _, c := range w.tg.Calls("") {
		if c.Method != "getUpdates" || !c.OK() {
			w.history.add(event{At: c.At, Kind: "call", Call: &c})
		}
	}
	for _, v := range w.tg.Violations() {
		w.history.add(event{At: v.At, Kind: "early", What: v.Method + " in the wait of " + v.Scope, Who: v.Chat, Early: v.Early})
	}
	known := map[string]bool{}
	for _, e := range w.history.events {
		if e.Job != "" && !known[e.Job] {
			known[e.Job] = true
			w.keep(e.Job)
		}
	}
}

// keep notes what the desk knows of a job.
func (w *world) keep(no string) {
	w.Helper()
	state, _, err := w.store.Load(w.Context(), store.Want{Job: no})
	if err != nil {
		w.Fatal(err)
	}
	j := state.Jobs[no]
	if j == nil {
		return // the checker misses it
	}
	e := event{Kind: "job", Job: no, What: string(j.State)}
	for _, c := range j.Pair {
		if c.User != 0 {
			e.Holders = append(e.Holders, c.User)
		}
	}
	for _, r := range j.Reports {
		e.Chats = append(e.Chats, r.Chat)
	}
	for _, h := range j.History {
		e.Entries = append(e.Entries, entry{h.At, h.What, h.User})
	}
	w.history.add(e)
}
