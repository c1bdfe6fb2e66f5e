package desk_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// screens lists every step that a person can look at, by "flow/step".
func screens(d *talk.Desk) []string {
	var all []string
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			if !s.Self && s.Lookup == "" {
				all = append(all, f.Name+"/"+s.ID)
			}
		}
	}
	return all
}

func stepOf(d *talk.Desk, ref string) (*talk.Flow, *talk.Step) {
	name, id, _ := strings.Cut(ref, "/")
	for _, f := range d.Flows() {
		for i := range f.Steps {
			if f.Name == name && f.Steps[i].ID == id {
				return f, &f.Steps[i]
			}
		}
	}
	return nil, nil
}

// rich is a resident about whom everything is known, in the middle of a talk, at
// a step. Its job is open and asks nothing.
func rich(d *talk.Desk, l words.Lang, ref string) talk.State {
	f, s := stepOf(d, ref)
	place := county.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼"}
	return talk.State{
		Session: &talk.Session{
			Chat: 1, Lang: l, Opened: true, At: monday, Flow: f.Name, Version: f.Version, Step: s.ID,
			Answers: map[string]string{
				"outage/typed": "张庄", "contact/typed": "张庄", "topup/advice": "early", "outage/shown": "Err-18", "outage/whom": "大舅",
			},
			Trail: []talk.Visit{{Step: "menu/menu"}},
			Place: place, Phone: "13900000001", Job: "1123-01", Follows: []string{"1123-01", "1123-02", "1123-03"},
			Home: talk.Home{Place: county.Place{Town: "tiecheng", Community: "xiaowang"}, Phone: "13900000002"},
		},
		Jobs: map[string]*job.Job{
			"1123-01": jobAt("1123-01", place, job.Open), "1123-02": jobAt("1123-02", place, job.Claimed),
			"1123-03": jobAt("1123-03", place, job.Closed),
		},
	}
}

func jobAt(no string, place county.Place, state job.State) *job.Job {
	return &job.Job{
		No: no, Kind: job.Fault, State: state, Place: place, Symptom: "home", Level: job.Ordinary, Cause: "fuse",
		Reports: []job.Report{{Chat: 1, Lang: words.ZH, Name: "王桂兰", Phone: "13900000001", At: monday, Answer: "yes", Rating: "good"}},
		Clocks:  job.Clocks{Reported: monday, Restore: monday, Close: monday},
		History: []job.Entry{{At: monday, What: job.DidOpen, User: 1}},
	}
}

// empty is a resident about whom nothing is known, put at a step.
func empty(d *talk.Desk, l words.Lang, ref string) talk.State {
	f, s := stepOf(d, ref)
	return talk.State{
		Session: &talk.Session{Chat: 1, Lang: l, At: monday, Flow: f.Name, Version: f.Version, Step: s.ID},
		Jobs:    map[string]*job.Job{},
	}
}

// look makes the desk show the screen a person is at: a sticker repeats it.
func look(t failing, d *talk.Desk, s talk.State) talk.Say {
	t.Helper()
	_, effects := d.Step(s, act("[sticker]", s.Session.Lang))
	for _, e := range effects {
		if say, ok := e.(talk.Say); ok {
			return say
		}
	}
	t.Fatalf("%s/%s shows nothing", s.Session.Flow, s.Session.Step)
	return talk.Say{}
}

// act is what resident 1 does, a little after the session's last turn.
func act(line string, l words.Lang) talk.Event {
	e := event(talk.Person{ID: 1, Name: "王桂兰", Lang: l}, line)
	e.ID, e.At, e.Token = "u1", monday.Add(10*1e9), "token"
	return e
}

// ownKeys are the buttons of a screen that are its answers: not the ways out
// that every screen has, and not those that share a phone or a position.
func ownKeys(s talk.Say, l words.Lang) []string {
	var own []string
	for _, row := range s.Keys {
		for _, k := range row {
			if !k.Contact && !k.Location && !isNav(k.Text, l) {
				own = append(own, k.Text)
			}
		}
	}
	return own
}

func isNav(label string, l words.Lang) bool {
	for _, key := range []string{"nav.back", "nav.exit", "nav.person", "nav.come"} {
		if label == words.Plain(l, key, nil) {
			return true
		}
	}
	return false
}

// unfilled is a sentence that was not found, or a blank that nobody filled.
var unfilled = regexp.MustCompile(`\[[a-z_]+(\.[a-z_0-9]+)*\.?\]|{{|<no value>`)

// width measures a label in columns: a Chinese character is as wide as two
// letters.
func width(label string) int {
	n := 0
	for _, r := range label {
		n++
		if unicode.In(r, unicode.Han) || r >= 0xFF00 || r >= 0x3000 && r < 0x3040 {
			n++
		}
	}
	return n
}

// Every screen can be read in both languages, with everything known and with
// nothing known; its buttons fit; and it has a way out and a way to a person.
func TestEveryScreen(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, ref := range screens(d) {
		for _, l := range words.Langs {
			for name, state := range map[string]func(*talk.Desk, words.Lang, string) talk.State{"rich": rich, "empty": empty} {
				t.Run(ref+"/"+string(l)+"/"+name, func(t *testing.T) {
					t.Parallel()
					s := state(d, l, ref)
					say := look(t, d, s)
					text := plain(say.Text)
					if m := unfilled.FindString(text); m != "" {
						t.Errorf("says %q in\n%s", m, text)
					}
					if n := len([]rune(text)); n > 1024 {
						t.Errorf("%d characters: nobody reads that", n)
					}
					checkKeys(t, d, ref, l, say)
				})
			}
		}
	}
}

// paired is how wide each of two labels in a row may be on a small phone.
const paired = 14

func checkKeys(t *testing.T, d *talk.Desk, ref string, l words.Lang, say talk.Say) {
	t.Helper()
	exit, person := false, false
	for _, row := range say.Keys {
		nav := isNav(row[0].Text, l)
		for _, k := range row {
			if m := unfilled.FindString(k.Text); m != "" {
				t.Errorf("a button says %q", k.Text)
			}
			if width(k.Text) > 40 || len(row) > 1 && !nav && width(k.Text) > paired && ref != "menu/menu" && !isMenu(say.Keys, l) {
				t.Errorf("the button %q is too wide, with %d in its row", k.Text, len(row))
			}
			exit = exit || k.Text == words.Plain(l, "nav.exit", nil)
			person = person || k.Text == words.Plain(l, "nav.person", nil) || k.Text == words.Plain(l, "menu.menu.person", nil)
		}
	}
	f, s := stepOf(d, ref)
	over := s.Ends || ref == "menu/menu"
	exit = exit || s.Tiny // typed, it is understood all the same
	if !over && !exit || !person && ref != "contact/person" {
		t.Errorf("no way out (%v) or no way to a person (%v)", exit, person)
	}
	if over && !isMenu(say.Keys, l) {
		t.Errorf("the talk is over, and the menu's buttons are missing")
	}
	sure := 0
	for _, a := range s.Answers {
		label := words.Plain(l, s.WordsKey(f.Name)+"."+a.ID, nil)
		for _, k := range ownKeys(say, l) {
			if k == label && a.ID != "unsure" {
				sure++
			}
		}
	}
	if ref != "menu/menu" && !s.Ends && sure > 5 {
		t.Errorf("%d answers besides \"don't know\": at most five can be told apart", sure)
	}
}

// A button is the same answer however it is given: pressed, as its number, or in
// the other language, as an old keyboard still has it. In particular a danger
// named on a button is that button, and no alarm.
func TestEveryButtonInEveryWriting(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	other := map[words.Lang]words.Lang{words.ZH: words.EN, words.EN: words.ZH}
	for _, ref := range screens(d) {
		_, step := stepOf(d, ref)
		if step.Ends {
			continue
		}
		for _, l := range words.Langs {
			t.Run(ref+"/"+string(l), func(t *testing.T) {
				t.Parallel()
				keys := ownKeys(look(t, d, rich(d, l, ref)), l)
				foreign := ownKeys(look(t, d, rich(d, other[l], ref)), other[l])
				if len(keys) != len(foreign) {
					t.Fatalf("%d buttons in one language, %d in the other", len(keys), len(foreign))
				}
				for i, key := range keys {
					want := leads(t, d, rich(d, l, ref), key, l)
					if got := leads(t, d, rich(d, l, ref), foreign[i], l); got != want {
						t.Errorf("%q leads to %s, %q to %s", key, want, foreign[i], got)
					}
					if step.Free {
						continue
					}
					for _, number := range []string{itoa(i + 1), "第" + itoa(i+1) + "个"} {
						if got := leads(t, d, rich(d, l, ref), number, l); got != want {
							t.Errorf("%q leads to %s, %q to %s", key, want, number, got)
						}
					}
				}
			})
		}
	}
}

func itoa(i int) string { return string(rune('0'+i/10)) + string(rune('0'+i%10)) }

// leads says where a text leads from a state, look-ups finding nothing.
func leads(t *testing.T, d *talk.Desk, s talk.State, text string, l words.Lang) string {
	t.Helper()
	p := newPlay(t, words.ZH)
	p.desk = d
	p.decide(&s, act(text, l))
	return s.Session.Flow + "/" + s.Session.Step + " " + s.Session.Job
}

// tallest is how many rows a keyboard has where the way back and to a person stay in
// sight below a question on a phone 390 dots wide; crowded is from how many rows on a
// label may not need two lines.
const (
	tallest  = 6
	crowded  = 4
	oneLine  = 22
	navShare = 12 // columns of each of three buttons in a row
)

func TestTheWayBackStaysInSight(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, ref := range screens(d) {
		f, s := stepOf(d, ref)
		for _, l := range words.Langs {
			rows := look(t, d, rich(d, l, ref)).Keys
			if ref == "menu/menu" || s.Ends || s.Offer != nil {
				continue // the menu has no way back; what the county offers is as long as it is
			}
			if len(rows) > tallest {
				t.Errorf("%s of %s has %d rows", l, ref, len(rows))
			}
			for _, a := range s.Answers {
				key := s.WordsKey(f.Name) + "." + a.ID
				if words.Has(l, key) && len(words.Blanks(l, key)) == 0 && len(rows) > crowded && width(words.Plain(l, key, nil)) > oneLine {
					t.Errorf("%s of %s: %q is too long for %d rows", l, ref, words.Plain(l, key, nil), len(rows))
				}
			}
		}
	}
	for _, l := range words.Langs {
		for _, key := range []string{"nav.back", "nav.exit", "nav.person"} {
			if label := words.Plain(l, key, nil); width(label) > navShare {
				t.Errorf("%q is too long for a row of three", label)
			}
		}
	}
}
