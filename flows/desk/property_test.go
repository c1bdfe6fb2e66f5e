package desk_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// canary stands in everything that is personal: in names, and in every word a
// resident writes freely. Phones are told by their own beginning.
const canary, canaryPhone = "zqx", "1399999"

// canarySum is a sum of money that only the resident, the clerk and the crew may
// read, and bankCard a number that nobody may.
const canarySum, bankCard = "4713", "6222021234567890123"

// crowd is who takes part in a random day: residents, volunteers and clerks of
// whom some are residents as well, one who is both, leaders, and strangers.
type crowd struct {
	residents, volunteers, clerks, strangers []talk.Person
}

func everybody() crowd {
	c := crowd{strangers: []talk.Person{{ID: 201, Name: "陌生人", Lang: words.ZH}, {ID: 202, Name: "Stranger", Lang: words.EN}}}
	for i := range int64(4) {
		l := words.Langs[i%2]
		c.residents = append(c.residents, talk.Person{ID: 1 + i, Name: fmt.Sprint(canary, "name", i), Lang: l})
		c.volunteers = append(c.volunteers, talk.Person{ID: 101 + i, Name: fmt.Sprint("队员", i), Lang: l, Member: true, Clerk: i == 1})
	}
	c.clerks = []talk.Person{
		{ID: 109, Name: "职员1", Lang: words.ZH, Clerk: true}, {ID: 110, Name: "职员2", Lang: words.EN, Clerk: true},
		c.volunteers[1], {ID: 106, Name: "值班长", Lang: words.ZH, Member: true, Clerk: true},
	}
	return c
}

// day is one random day at the desk with its rules.
type day struct {
	*play
	crowd
	rt     *rapid.T
	opened map[string]bool // every job that was ever stored
	length map[string]int  // of its history
}

// TestMain makes the random days fewer than rapid's hundred: one plays some
// hundred turns. -rapid.checks=6000 is a long look.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Whatever residents, volunteers and strangers do, in whatever order: the rules
// of the desk hold.
func TestARandomDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lang := rapid.SampledFrom(words.Langs).Draw(rt, "lang of the group")
		d := &day{play: newPlay(rt, lang), crowd: everybody(), rt: rt, opened: map[string]bool{}, length: map[string]int{}}
		d.seen = func(e talk.Event, s talk.State, effects []talk.Effect) {
			d.private(effects)
			d.blanked(e, s, effects)
		}
		for range rapid.IntRange(1, 3).Draw(rt, "reports") {
			d.report()
		}
		for range rapid.IntRange(10, 40).Draw(rt, "acts") {
			d.act()
			d.check()
		}
		d.pace = time.Minute // or it may be the second half of a double tap
		for _, p := range d.residents {
			d.turn(event(p, words.Plain(d.session(p.ID).Lang, "nav.exit", nil)))
			if s := d.session(p.ID); s.Flow != "menu" || s.Step != "menu" {
				rt.Errorf("the way out of %s leads to %s/%s", p.Name, s.Flow, s.Step)
			}
		}
	})
}

// do handles an event and checks what it did.
func (d *day) do(e talk.Event) {
	d.rt.Helper()
	d.rt.Logf("%s %s: %q %q %+v %s", e.From.Name, e.Kind, e.Text, e.Command, e.Press, e.Media.Album)
	d.repeats(e)
	before := d.all()
	effects := d.turn(e)
	d.answered(e, effects)
	d.untouched(e, before)
}

// repeats decides the event twice from the same state: the same must come out.
func (d *day) repeats(e talk.Event) {
	d.rt.Helper()
	e.ID, e.At, e.Token = "u", d.now.Add(d.pace), "token"
	first, second := d.load(e.From.ID, e.Press.Job), d.load(e.From.ID, e.Press.Job)
	a, b := d.decide(&first, e), d.decide(&second, e)
	if diff := cmp.Diff(a, b); diff != "" {
		d.rt.Errorf("the same event has other effects the second time:\n%s", diff)
	}
	if x, y := d.encode(first.Session)+d.encode(first.Jobs), d.encode(second.Session)+d.encode(second.Jobs); x != y {
		d.rt.Errorf("the same event leads to another state the second time:\n%s\n%s", x, y)
	}
}

// answered checks that the person hears of what they did: a message in private,
// a toast for a press, each exactly once.
func (d *day) answered(e talk.Event, effects []talk.Effect) {
	d.rt.Helper()
	says, toasts := 0, 0
	for _, effect := range effects {
		switch f := effect.(type) {
		case talk.Say:
			if f.Chat == e.From.ID && f.Slot == "" && !f.Protect {
				says++
			}
		case talk.Toast:
			toasts++
		}
	}
	switch {
	case e.Kind == talk.Press:
		if toasts != 1 {
			d.rt.Errorf("a press is answered by %d toasts, want one", toasts)
		}
	case e.Chat.Kind != talk.Private:
	case e.Kind == talk.Edited, e.Kind == talk.Blocked:
		if says > 1 || says > 0 && e.Kind == talk.Blocked {
			d.rt.Errorf("%s is answered by %d messages", e.Kind, says)
		}
	case says > 1 && d.serves(e.From.ID): // what they do as a clerk is news to them as a resident
	case says > 1, says == 0 && e.Media.Album == "" && !strings.HasPrefix(e.Text, "d"):
		d.rt.Errorf("%s %q is answered by %d messages, want one", e.Kind, e.Text, says)
	}
}

// private checks that nothing personal leaves for a group, the log or a toast.
// What a resident complains of is for the leader, and said so.
func (d *day) private(effects []talk.Effect) {
	d.rt.Helper()
	for _, effect := range effects {
		text := ""
		switch f := effect.(type) {
		case talk.Say:
			if n := len([]rune(plain(f.Text))); n > 4096 || n == 0 && f.Pin == (county.Pin{}) || f.Media.FileID != "" && n > 1024 {
				d.rt.Errorf("a message of %d characters: %q", n, f.Text)
			}
			if f.Chat < 0 && f.Chat != leaderChat {
				text = d.encode(f)
			}
			for _, p := range d.strangers {
				if f.Chat == p.ID && (strings.Contains(f.Text, canary) || f.Slot != "") {
					d.rt.Errorf("a stranger is told %q", f.Text)
				}
			}
		case talk.Toast:
			text = f.Text + f.Start
			if len([]rune(f.Text)) > 200 {
				d.rt.Errorf("a toast of %d characters: %q", len([]rune(f.Text)), f.Text)
			}
		case talk.Log:
			text = d.encode(f)
		}
		if log, is := effect.(talk.Log); is && log.What == job.DidPay { // the sum that was bought is for the log
			text = strings.Replace(text, canarySum, "", 1)
		}
		if strings.Contains(text, canary) || strings.Contains(text, canaryPhone) || strings.Contains(text, canarySum) {
			d.rt.Errorf("%T holds what is personal: %s", effect, text)
		}
	}
}

// all reads every job as it is stored.
func (d *day) all() map[string]string {
	all := make(map[string]string, len(d.jobs))
	for no, raw := range d.jobs {
		all[no] = raw
	}
	return all
}

// untouched checks that an event changes only jobs that are the person's own:
// reported, held, or pressed by a member of the team.
func (d *day) untouched(e talk.Event, before map[string]string) {
	d.rt.Helper()
	for no, raw := range before {
		if raw == d.jobs[no] {
			continue
		}
		var was job.Job
		if err := json.Unmarshal([]byte(raw), &was); err != nil {
			d.rt.Fatalf("decode: %v", err)
		}
		own := was.ReportOf(e.From.ID) != nil || was.Holds(e.From.ID)
		allowed := e.From.Member && !e.Press.Clerks || e.From.Clerk && e.Press.Clerks
		pressed := e.Kind == talk.Press && allowed && e.Press.Job == no
		d.movedHall(e, &was, d.job(no))
		posted := e.Command == "job" && e.Chat.Kind == talk.Duty && e.Text == no // the card moves
		if !own && !pressed && !posted {
			d.rt.Errorf("%s changed %s, which is not theirs", e.From.Name, no)
		}
	}
}

// check looks at every job: nothing is lost, nobody holds two places, and an end
// is a resident's word.
func (d *day) check() {
	d.rt.Helper()
	for no := range d.opened {
		if d.jobs[no] == "" {
			d.rt.Errorf("%s is lost", no)
		}
	}
	for _, no := range sortedKeys(d.jobs) {
		d.opened[no] = true
		j := d.job(no)
		d.visible(j)
		if j.Claims() > j.Places() || j.Pair[0].User == j.Pair[1].User && j.Pair[0].User != 0 {
			d.rt.Errorf("%s is held by %+v", no, j.Pair)
		}
		word := slices.ContainsFunc(j.Reports, func(r job.Report) bool { return r.Answer == "yes" })
		taken := !slices.ContainsFunc(j.Reports, func(r job.Report) bool { return !r.Withdrawn })
		lapsed := !j.Last(job.DidLapse, "", 0).IsZero()
		if j.State == job.Closed && !word && !lapsed || j.State == job.Withdrawn && !taken {
			d.rt.Errorf("%s is %s without a resident's word: %+v", no, j.State, j.Reports)
		}
		if j.State == job.Claimed && j.Claims() != j.Places() || (j.State == job.OnTheWay || j.State == job.Arrived) && j.Claims() == 0 {
			d.rt.Errorf("%s is %s and held by %+v", no, j.State, j.Pair)
		}
		free := j.Short()
		if claimable := strings.Contains(d.encode(d.shown[newest(j)].Buttons), "claim|"); claimable != free {
			d.rt.Errorf("%s (%s, %d held) can be claimed on its card: %v", no, j.State, j.Claims(), claimable)
		}
		d.remembered(j)
		d.findable(j)
		if len(j.History) < d.length[no] {
			d.rt.Errorf("the history of %s has become shorter", no)
		}
		d.length[no] = len(j.History)
	}
	d.takenBack()
}

// longestSilence is how long no living job is left alone by the desk: a day
// after "power is back", or until the office opens after a holiday.
const longestSilence = 80 * time.Hour

// remembered checks that the desk speaks up by itself about every job that is
// not over, sooner or later: there is no state in which it is forgotten.
func (d *day) remembered(j *job.Job) {
	d.rt.Helper()
	r, set := d.reminds["duty/job/"+j.No]
	switch {
	case set != j.Live():
		d.rt.Errorf("%s is %s and has a reminder: %v", j.No, j.State, set)
	case set && r.At.Sub(d.now) > longestSilence:
		d.rt.Errorf("%s (%s) is not looked at before %v", j.No, j.State, r.At)
	}
}

// newest is the slot in which a job's card stands now.
func newest(j *job.Job) string {
	slot := "job/" + j.No
	if j.Room() == job.Clerks {
		slot = "hall/" + j.No
	}
	if j.Posted == 0 {
		return slot
	}
	return fmt.Sprintf("%s/%d", slot, j.Posted)
}

// takenBack checks that nobody who does not hold a live job can still read its
// details, or what came beside them, in any message that was ever sent.
func (d *day) takenBack() {
	d.rt.Helper()
	for _, slot := range sortedKeys(d.shown) {
		parts := strings.Split(slot, "/")
		if parts[0] != "details" && parts[0] != "extra" {
			continue
		}
		say := d.shown[slot]
		j := d.job(parts[1])
		if j.Live() && slices.ContainsFunc(j.Holders(), func(c *job.Claim) bool {
			sending := fmt.Sprintf("%d.%d", c.Epoch, c.Shown)
			if c.Clerk {
				sending = "h" + sending
			}
			return c.User == say.Chat && parts[3] == sending
		}) {
			continue
		}
		if parts[0] == "extra" || strings.Contains(say.Text, canary) || len(say.Buttons) > 0 {
			d.rt.Errorf("%d still reads the details of %s (%s) in %s: %s", say.Chat, j.No, j.State, slot, say.Text)
		}
	}
}
