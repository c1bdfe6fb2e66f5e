package desk_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// spelled is each kind of danger in words beyond doubt.
var spelled = map[string]map[words.Lang]string{
	"fire": {words.ZH: "着火了", words.EN: "the house is on fire"}, "wire": {words.ZH: "电线掉下来了", words.EN: "there is a wire down"},
	"shock": {words.ZH: "有人触电了", words.EN: "somebody got an electric shock"}, "water": {words.ZH: "家里进水了", words.EN: "water is coming in"},
	"tingle": {words.ZH: "洗衣机麻手", words.EN: "the washing machine tingles"},
}

// ways are how a danger comes to be said: in words, and by the buttons, with and
// without knowing what it is.
func ways(l words.Lang) map[string]struct {
	lines []string
	kind  string
} {
	all := map[string]struct {
		lines []string
		kind  string
	}{}
	label := func(key string) string { return words.Plain(l, key, nil) }
	buttons := []string{"/report", label("outage.danger.yes")}
	for _, kind := range talk.DangerKinds {
		way := all[kind]
		way.kind, way.lines = kind, []string{spelled[kind][l]}
		all[kind+" in words"] = way
		way.lines = append(slices.Clone(buttons), label("outage.kind."+kind))
		all[kind+" by buttons"] = way
		delete(all, kind)
	}
	way := all[""]
	way.kind, way.lines = job.UnknownDanger, append(slices.Clone(buttons), label("outage.kind.unsure"))
	all["not known by buttons"] = way
	return all
}

var door = county.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼"}

// before are what the desk may know of somebody's place when a danger is said.
func before(d *talk.Desk, l words.Lang) map[string]talk.State {
	all := map[string]talk.State{}
	for name, j := range map[string]*job.Job{
		"open": jobAt("1123-01", door, job.Open), "claimed": jobAt("1123-01", door, job.Claimed), "mended": jobAt("1123-01", door, job.Restored),
		"closed": jobAt("1123-01", door, job.Closed), "taken back": jobAt("1123-01", door, job.Withdrawn),
	} {
		s := empty(d, l, "menu/menu")
		s.Session.Follows, s.Jobs["1123-01"] = []string{"1123-01"}, j
		switch j.State {
		case job.Open, job.Claimed:
			j.Clocks.Restore, j.Clocks.Close, j.Reports[0].Answer = time.Time{}, time.Time{}, ""
		case job.Restored:
			j.Clocks.Close, j.Reports[0].Answer = time.Time{}, ""
		case job.Withdrawn:
			j.Reports[0].Withdrawn = true
		}
		all[name] = s
	}
	home := empty(d, l, "menu/menu")
	home.Session.Home = talk.Home{Place: door, Phone: "13900000001"}
	all["home"] = home
	return all
}

// say plays lines, and gives what the person was told last.
func say(t *testing.T, d *talk.Desk, s *talk.State, l words.Lang, lines ...string) (last talk.Say, effects []talk.Effect) {
	t.Helper()
	p := newPlay(t, words.ZH)
	p.desk = d
	at := s.Session.At.Add(10 * time.Second)
	for _, line := range lines {
		e := act(line, l)
		e.At = at
		at = at.Add(10 * time.Second)
		effects = p.decide(s, e)
	}
	said := 0
	for _, e := range effects {
		if f, ok := e.(talk.Say); ok && f.Chat == 1 {
			last = f
			said++
		}
	}
	if said != 1 {
		t.Errorf("%q is answered by %d messages", lines, said)
	}
	return last, effects
}

// The safety text is all of the last message, short, with the numbers, the ambulance
// first where somebody is hurt and the fire brigade first where it burns; and what
// stands below it leaves it in sight on a small phone.
func TestTheSafetyTextStaysInSight(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, l := range words.Langs {
		states := before(d, l)
		states["nothing"] = empty(d, l, "menu/menu")
		for known := range states {
			for name, way := range ways(l) {
				t.Run(string(l)+"/"+known+"/"+name, func(t *testing.T) {
					t.Parallel()
					s := empty(d, l, "menu/menu")
					if known != "nothing" {
						s = before(d, l)[known]
					}
					last, _ := say(t, d, &s, l, way.lines...)
					text := plain(last.Text)
					safety := plain(words.Say(l, "outage.safety."+way.kind, words.Args{"Hotline": "95598"}))
					if !strings.HasPrefix(text, safety) || strings.Count(text[len(safety):], "\n") != 1 {
						t.Errorf("the safety text is not the message, with one line below it:\n%s", text)
					}
					if n := len([]rune(safety)); n > 160 {
						t.Errorf("%d characters: nobody in danger reads that", n)
					}
					if n := len([]rune(text)); n > 230 {
						t.Errorf("%d characters with the place", n)
					}
					for _, number := range []string{"119", "120", "95598"} {
						if !strings.Contains(safety, number) {
							t.Errorf("does not name %s", number)
						}
					}
					first := map[string]string{"fire": "119", "shock": "120"}[way.kind]
					if i := strings.Index(safety, first); first != "" && (i > 20 || strings.Contains(safety[:i], "1")) {
						t.Errorf("does not name %s first", first)
					}
					keys := 0
					for _, row := range last.Keys {
						keys += len(row)
					}
					if keys > 4 || len(last.Keys) > 3 {
						t.Errorf("%d buttons in %d rows: %v", keys, len(last.Keys), last.Keys)
					}
					if last.Class != talk.Danger && known == "nothing" && way.kind != job.UnknownDanger {
						t.Errorf("it leaves as %v, not before all others", last.Class)
					}
				})
			}
		}
	}
}

// After every earlier job of the last day, and where a home is remembered, the place of
// a danger is not asked: the crew has it, its reader sees which it is, and another that
// is typed is the place.
func TestAKnownPlaceIsNotAskedInDanger(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, l := range words.Langs {
		for known := range before(d, l) {
			for name, way := range ways(l) {
				t.Run(string(l)+"/"+known+"/"+name, func(t *testing.T) {
					t.Parallel()
					s := before(d, l)[known]
					last, _ := say(t, d, &s, l, way.lines...)
					in := func() county.Place {
						for _, j := range s.Jobs {
							if j.No == s.Session.Job {
								return j.Place
							}
						}
						return county.Place{}
					}
					if got := in(); got != door || s.Session.Step != "safety" {
						t.Errorf("the crew is sent to %+v, and the talk is at %s", got, s.Session.Step)
					}
					if name := d.County.HomeName(door, l); !strings.Contains(plain(last.Text), name) || strings.Contains(plain(last.Text), plain(words.Say(l, "outage.safety.where", nil))) {
						t.Errorf("asks for the place, or does not say which it took:\n%s", last.Text)
					}
					say(t, d, &s, l, "小王庄")
					if got := in(); got.Community != "xiaowang" {
						t.Errorf("after another place was typed the crew is sent to %+v", got)
					}
				})
			}
		}
	}
}

// Older jobs, and those somebody typed for a caller, say nothing of where a danger is.
func TestAnOldPlaceIsAskedInDanger(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for name, change := range map[string]func(*job.Job){
		"two days ago":       func(j *job.Job) { j.Clocks.Close = monday.Add(-48 * time.Hour) },
		"typed for a caller": func(j *job.Job) { j.Reports[0].Typed = true },
	} {
		s := before(d, words.ZH)["closed"]
		change(s.Jobs["1123-01"])
		if last, _ := say(t, d, &s, words.ZH, "着火了"); !strings.HasSuffix(plain(last.Text), words.Plain(words.ZH, "outage.safety.where", nil)) {
			t.Errorf("%s: the place is not asked:\n%s", name, last.Text)
		}
	}
}

// Whatever is written while a danger goes on, at every question of it and after it,
// is read by who holds the job at once; the group sees that there is something, and
// nothing of what.
func TestWordsOfADangerReachTheCrew(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, at := range []string{
		"outage/safety", "outage/danger_on", "outage/where", "outage/town", "outage/community", "outage/which", "outage/building", "outage/onsite",
		"outage/danger_phone", "outage/safe", "menu/menu",
	} {
		for l, lines := range map[words.Lang][]string{
			words.ZH: {"他又喘气了", "火更大了", "现在又冒烟了", "老太太腿动不了"}, words.EN: {"he is breathing again", "the fire is bigger", "now there is smoke as well", "she can't walk"},
		} {
			for _, line := range lines {
				t.Run(at+"/"+line, func(t *testing.T) {
					t.Parallel()
					s := before(d, l)["open"]
					f, step := stepOf(d, at)
					s.Session.Flow, s.Session.Step, s.Session.Version = f.Name, step.ID, f.Version
					j := s.Jobs["1123-01"]
					j.Danger, j.Pair[0] = "fire", job.Claim{User: 101, Name: "李强", Lang: words.ZH, Chat: true, At: monday}
					if at != "menu/menu" {
						s.Session.Job, s.Session.Place = "1123-01", county.Place{Town: "sangyuan"}
						s.Session.Answers = map[string]string{"outage/danger": "yes", "outage/opened": "yes", "outage/typed": "张庄"}
						delete(s.Session.Answers, map[string]string{"outage/town": "outage/typed", "outage/where": "outage/typed"}[at])
					}
					_, effects := say(t, d, &s, l, line)
					heard, card := false, false
					for _, e := range effects {
						f, ok := e.(talk.Say)
						if !ok {
							continue
						}
						heard = heard || f.Chat == 101 && strings.Contains(plain(f.Text), line)
						card = card || f.Chat == dutyChat
						if f.Chat < 0 && strings.Contains(plain(f.Text), line) {
							t.Errorf("a group reads %q", f.Text)
						}
					}
					if !heard {
						t.Errorf("the holder does not read it; the talk is at %s/%s", s.Session.Flow, s.Session.Step)
					}
					if learns := slices.Contains([]string{"outage/community", "outage/building", "outage/onsite"}, at); !card && !learns {
						t.Error("the group does not see that there is something")
					}
				})
			}
		}
	}
}

// "We are safe now" tells the crew and closes nothing; the same danger told again and
// again rings the group once a minute at most, and puts no rung off.
func TestSafeNowClosesNothing(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, l := range words.Langs {
		s := empty(d, l, "menu/menu")
		say(t, d, &s, l, spelled["fire"][l], words.Plain(l, "outage.safety.safe", nil))
		no := slices.Collect(maps.Keys(s.Jobs))[0]
		if j := s.Jobs[no]; j.State != job.Open || j.Danger != "fire" || j.Last(job.DidSafe, "", 1).IsZero() {
			t.Errorf("%s: after safe it is %s %q: %+v", l, j.State, j.Danger, j.History)
		}
		short := s.Jobs[no].Clocks.Short
		for range 12 {
			say(t, d, &s, l, spelled["fire"][l]+strings.Repeat("!", len(s.Jobs[no].History)))
		}
		worse := 0
		for _, e := range s.Jobs[no].History {
			if e.What == job.DidWorsen {
				worse++
			}
		}
		if worse != 2 || !s.Jobs[no].Clocks.Short.Equal(short) {
			t.Errorf("%s: told anew %d times in two minutes, the wait begins %v, want %v", l, worse, s.Jobs[no].Clocks.Short, short)
		}
	}
}
