package nemesis

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// resident is somebody at home in the dark. They answer what they are asked, as
// their role has it, and wait as long as it takes.
type resident struct {
	*world
	id    int64
	lang  words.Lang
	hands demo.Actor
	role  string
	place [2]string // town and community
	door  string
	knows recogniser
	seen  map[string]bool // texts that were answered: one that comes twice is answered once
	skip  map[string]bool // questions that were answered before they came
	last  int             // the message with which they last acted
	job   string
}

// The roles. What a role does not say is answered as in common.
var (
	common = map[string]string{
		"menu.menu.say": "menu.menu.outage", "outage.danger.say": "outage.danger.no", "outage.household.say": "outage.household.none",
		"outage.planned_hit.say": "outage.planned_hit.still", "outage.known_hit.say": "outage.known_hit.mine",
		"outage.neighbours.say": "outage.neighbours.me", "outage.meter.say": "outage.meter.no", "outage.switch.say": "outage.switch.down",
		"outage.reset.say": "outage.reset.trips", "outage.kind.say": "outage.kind.fire",
		"outage.safety.where": "outage.safety.type", "outage.where.say": "outage.where.list",
		"report.back.say": "report.back.yes", "news.restored": "report.back.yes", "report.rating.say": "report.rating.good",
		"report.praise.say": "report.praise.skip",
		// Said by no key of the words:
		"place.town.say": "@town", "place.community.say": "@community", "place.building.say": "@door",
		"outage.summary.say": "@phone", "outage.danger_phone.say": "@phone",
		// These end a part of the talk:
		"outage.receipt.say": "@received", "outage.danger_receipt.say": "@received",
		"report.thanks.say": "@done", "outage.solved.say": "@done", "report.withdrew.say": "@done", "report.none.say": "@done",
		"news.claimed_both": "@claimed", "router.note_kept": "@heard",
		"news.claimed": "@heard", "news.on_the_way_eta": "@heard", "news.arrived": "@heard", "news.released_one": "@heard", "news.released": "@heard",
	}
	roles = map[string]map[string]string{
		"reports":   {},
		"hurries":   {}, // types the first answers without waiting
		"leaves":    {"outage.receipt.say": "@quit"},
		"danger":    {"outage.danger.say": "outage.danger.yes", "outage.danger_receipt.say": "@quit"},
		"withdraws": {"outage.receipt.say": "@status", "report.job.say": "report.job.back"},
		"solves":    {"outage.reset.say": "outage.reset.stays", "outage.branches.say": "outage.branches.all"},
		"asks":      {"menu.menu.say": "@status"},
	}
	// order in which a text is read: a message may say several sentences, and the
	// one that asks comes first here.
	order = []string{
		"outage.receipt.say", "outage.danger_receipt.say", "report.thanks.say", "outage.solved.say", "report.withdrew.say", "report.none.say",
		"report.praise.say", "report.rating.say", "news.restored", "report.back.say", "news.claimed_both", "news.claimed", "news.on_the_way_eta",
		"news.arrived", "news.released_one", "news.released", "router.note_kept", "report.job.say",
		"place.town.say", "place.community.say", "place.building.say", "outage.summary.say", "outage.danger_phone.say",
		"outage.safety.where", "outage.where.say", "outage.kind.say", "outage.planned_hit.say", "outage.known_hit.say", "outage.neighbours.say", "outage.meter.say", "outage.switch.say",
		"outage.reset.say", "outage.branches.say", "outage.household.say", "outage.danger.say", "menu.menu.say", "router.away",
	}
	knowing = map[words.Lang]recogniser{words.ZH: recognise(words.ZH, order...), words.EN: recognise(words.EN, order...)}
)

var numbers = regexp.MustCompile(`\b\d{4}-\d{2,}\b`)

// live is the resident's whole evening. It ends with ctx at the latest.
func (r *resident) live(ctx context.Context) {
	r.act("", "/start")
	if r.role == "hurries" {
		for _, key := range []string{"menu.menu.outage", "outage.danger.no", "outage.household.none"} {
			r.act("", words.Plain(r.lang, key, nil))
		}
		for _, key := range []string{"menu.menu.say", "outage.danger.say", "outage.household.say"} {
			r.skip[key] = true
		}
	}
	asked := "/start"
	for {
		key, ok := r.hears(ctx)
		if !ok {
			r.history.add(event{Kind: "stuck", Who: r.id, What: asked, Text: r.role})
			return
		}
		answer := roles[r.role][key]
		if answer == "" {
			answer = common[key]
		}
		if r.skip[key] || answer == "@heard" || key == "router.away" {
			continue
		}
		if !r.answers(key, answer) {
			return
		}
		asked = key
	}
}

// answers does what the thumb does, and says whether the evening goes on.
func (r *resident) answers(key, answer string) bool {
	switch answer {
	case "@town":
		r.act(key, r.place[0])
	case "@community":
		r.act(key, r.place[1])
	case "@door":
		r.act(key, r.door)
	case "@phone":
		id, err := r.hands.ShareContact()
		r.did(key, "contact", id, err)
	case "@status":
		r.act(key, "/status")
	case "@received":
		r.crew(r.job, true)
	case "@claimed":
		if !r.skip[key] {
			r.skip[key] = true // the pair may change; the dog stays
			r.act(key, "院子里有狗，我在门口等。")
		}
	case "@quit":
		r.crew(r.job, false)
		return false
	case "@done":
		return false
	default:
		r.act(key, words.Plain(r.lang, answer, nil))
	}
	return true
}

func (r *resident) act(key, text string) {
	id, err := r.hands.Send(r.id, text)
	r.did(key, text, id, err)
}

func (r *resident) did(key, text string, id int, err error) {
	if err != nil {
		panic(fmt.Sprintf("resident %d: %v", r.id, err)) // the stand-in lets everybody write
	}
	r.last = id
	r.history.add(event{Kind: "act", Who: r.id, What: key, Text: text, ID: id})
}

// hears waits for something that this person has not read yet.
func (r *resident) hears(ctx context.Context) (key string, ok bool) {
	m, err := r.tg.Await(ctx, r.id, 0, func(m demo.Message) bool {
		return m.Bot && !r.seen[m.Text] && r.knows.name(m.Text) != ""
	})
	if err != nil {
		return "", false
	}
	r.seen[m.Text] = true
	key = r.knows.name(m.Text)
	no := numbers.FindString(m.Text)
	if strings.HasSuffix(key, "receipt.say") {
		r.job = no
	}
	r.history.add(event{Kind: "heard", Who: r.id, What: key, Job: no, ID: m.ID})
	return key, true
}
