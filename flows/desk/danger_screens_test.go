package desk_test

import (
	"strings"
	"testing"

	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// said in each language: what is a danger beyond doubt, and what may be one.
var (
	certainly = map[words.Lang]string{words.ZH: "墙上插座烫手", words.EN: "the wall socket is red hot"}
	perhaps   = map[words.Lang]string{words.ZH: "有点怪味", words.EN: "an odd smell somewhere"}
)

// dangers lists the kinds of danger of all jobs of a state.
func dangers(s talk.State) (all []string) {
	for _, no := range sortedKeys(s.Jobs) {
		if kind := s.Jobs[no].Danger; kind != "" {
			all = append(all, kind)
		}
	}
	return all
}

// Whatever is asked, with everything known of a person and with nothing: a danger
// beyond doubt alerts the crew. One in doubt asks the danger question, and where
// that is asked it is the answer. Only the crew is left to its own questions: who
// mends wires writes of them.
func TestDangerOnEveryScreen(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, ref := range screens(d) {
		for _, l := range words.Langs {
			for name, state := range map[string]func(*talk.Desk, words.Lang, string) talk.State{"rich": rich, "empty": empty} {
				t.Run(ref+"/"+string(l)+"/"+name, func(t *testing.T) {
					t.Parallel()
					after := func(text string) talk.State {
						p, s := newPlay(t, words.ZH), state(d, l, ref)
						p.desk = d
						p.decide(&s, act(text, l))
						return s
					}
					if got := strings.Join(dangers(after(certainly[l])), " "); got != "fire" {
						t.Errorf("%q alerts to %q, want fire", certainly[l], got)
					}
					s := after(perhaps[l])
					asked, out := s.Session.Flow+"/"+s.Session.Step == "outage/danger", len(dangers(s)) > 0
					switch {
					case strings.HasPrefix(ref, "work/"):
						if asked || out {
							t.Errorf("%q asks the crew (%v) or alerts it (%v)", perhaps[l], asked, out)
						}
					case ref == "outage/danger":
						if !out {
							t.Errorf("%q is no answer to the danger question", perhaps[l])
						}
					case !asked || out:
						t.Errorf("%q leads to %s/%s", perhaps[l], s.Session.Flow, s.Session.Step)
					}
				})
			}
		}
	}
}

// After "no" the talk goes on where the danger question came between, and what
// was written there is what it was written for. Nothing said before is asked again.
func TestTheTalkGoesOnAfterADoubt(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, no := range []string{"没有", "2", "没有冒烟"} {
		for at, want := range map[string]struct{ said, next, detail string }{
			"outage/building": {"麻纺厂旁边那家", "outage/neighbours", "麻纺厂旁边那家"}, // a place, and never asked
			"outage/onsite":   {"火生他二叔", "outage/neighbours", "3号楼"},
			"outage/meter":    {"有点怪味", "outage/meter", "3号楼"},
			"topup/when":      {"味儿大那天交的", "outage/place", "3号楼"},
		} {
			t.Run(at+"/"+no, func(t *testing.T) {
				t.Parallel()
				p, s := newPlay(t, words.ZH), rich(d, words.ZH, at)
				p.desk = d
				delete(s.Jobs, "1123-01")
				s.Session.Job = ""
				s.Session.Answers["outage/household"], s.Session.Answers["outage/danger"] = "none", "no"
				p.decide(&s, act(want.said, words.ZH))
				if s.Session.Flow+"/"+s.Session.Step == "outage/danger" {
					s.Session.At = s.Session.At.Add(-1e10)
					e := act(no, words.ZH)
					e.At = e.At.Add(1e10)
					p.decide(&s, e)
				} else if at != "outage/building" {
					t.Errorf("%q does not ask", want.said)
				}
				if got := s.Session.Flow + "/" + s.Session.Step; got != want.next || s.Session.Place.Detail != want.detail {
					t.Errorf("the talk is at %s with %q, want %s with %q", got, s.Session.Place.Detail, want.next, want.detail)
				}
				if len(dangers(s)) > 0 || s.Session.Answers["outage/household"] != "none" {
					t.Errorf("alerted to %q, or asked anew", dangers(s))
				}
			})
		}
	}
}

// What answers the danger question in other words: with a kind, without, as a
// fear, and after a "no".
func TestADoubtAnswersTheDangerQuestion(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for said, want := range map[string]string{
		"有股怪味": "fire outage/safety", "smoke": "fire outage/safety", "手有点麻": "tingle outage/safety", "yes, a wire in the yard": "wire outage/safety",
		"出事了": "unknown outage/kind", "怕着火": " outage/danger", "is it dangerous to wait?": " outage/danger", "没有 就是有点味": " outage/danger", "no, it was a smell": " outage/danger",
	} {
		s := empty(d, words.ZH, "outage/danger")
		p := newPlay(t, words.ZH)
		p.desk = d
		p.decide(&s, act(said, words.ZH))
		if got := strings.Join(dangers(s), " ") + " " + s.Session.Flow + "/" + s.Session.Step; got != want {
			t.Errorf("%q leads to %q, want %q", said, got, want)
		}
	}
}

// A danger gets through where words are not looked for: behind a command, as one,
// in the caption of an album's later picture, and when nothing more can be kept.
func TestDangerBesideTheWords(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for name, lines := range map[string][]string{
		"behind a command": {"/help 插座冒烟了"}, "behind an unknown one": {"/abc 插座冒烟了"}, "behind /start": {"/start 插座冒烟了"}, "as a command": {"/fire! sparks"},
		"a later picture": {"[album]", "[album] 插座冒烟了"}, "a full talk": append(strings.Split(strings.Repeat("[photo]\n", job.MaxKept), "\n")[:job.MaxKept], "[photo] 插座冒烟了"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, s := newPlay(t, words.ZH), empty(d, words.ZH, "outage/household")
			p.desk = d
			for _, line := range lines {
				p.decide(&s, act(line, words.ZH))
			}
			if got := strings.Join(dangers(s), " "); got != "fire" {
				t.Errorf("alerts to %q, want fire", got)
			}
		})
	}
}

// Words that no list holds and nobody understood are asked about when they name
// what a danger comes from, unless they name a usual fault or deny a danger. After
// "no" the talk is back where it was, or goes on with the report that they began, and
// is not asked about again.
func TestWhatMayBeADangerIsAskedAbout(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for at, said := range map[string]string{
		"outage/household": "接线盒那儿不大对头", "outage/neighbours": "插头那儿不大对头", "topup/card": "铁栅栏那儿不大对头",
	} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			p, s := newPlay(t, words.ZH), empty(d, words.ZH, at)
			p.desk = d
			p.decide(&s, act(said, words.ZH))
			if got := s.Session.Flow + "/" + s.Session.Step; got != "outage/danger" {
				t.Fatalf("%q leads to %s", said, got)
			}
			no := act("没有", words.ZH)
			no.At = no.At.Add(1e10)
			p.decide(&s, no)
			if got := s.Session.Flow + "/" + s.Session.Step; got != at || len(dangers(s)) > 0 {
				t.Errorf("after no the talk is at %s, alerted to %q", got, dangers(s))
			}
		})
	}
	for _, said := range []string{"表上显示囤积是咋了", "电视没信号", "nobody's hurt and no wires down"} {
		p, s := newPlay(t, words.ZH), empty(d, words.ZH, "menu/menu")
		p.desk = d
		if p.decide(&s, act(said, words.ZH)); s.Session.Step == "danger" {
			t.Errorf("%q is asked about", said)
		}
	}
}
