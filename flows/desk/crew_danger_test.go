package desk_test

import (
	"strings"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// A danger that a holder writes where the desk asks them something else is a danger of
// the job they hold: whatever the question is. Where they say what they did, it may be
// what they found: unless it ends well, they are asked.
func TestAHoldersDangerIsTheJobs(t *testing.T) {
	t.Parallel()
	li, feng := "李强", "冯会计"
	claim, hall := [3]string{li, "claim"}, [3]string{li, "call", "hall"}
	restore := [3]string{li, "cause", "fuse"}
	for name, tt := range map[string]struct {
		presses [][3]string
		says    []string
		step    string // after the first line
		danger  string
	}{
		"a time":                 {[][3]string{claim, {li, "eta", "exact"}}, []string{"着火了"}, "work/eta", "fire"},
		"an account":             {[][3]string{claim, hall}, []string{"着火了"}, "work/account", "fire"},
		"a sum":                  {[][3]string{claim, hall, {feng, "take"}, {feng, "paid", "exact"}}, []string{"着火了"}, "work/amount", "fire"},
		"whose it is":            {[][3]string{claim, restore}, []string{"跳过", "着火了"}, "work/property", "fire"},
		"what was done":          {[][3]string{claim, restore}, []string{"着火了"}, "work/danger", ""},
		"it goes on":             {[][3]string{claim, restore}, []string{"着火了", "⚠️ 现在有危险"}, "work/danger", "fire"},
		"it was found":           {[][3]string{claim, restore}, []string{"着火了", "✅ 已经处理好了"}, "work/danger", ""},
		"it ends well":           {[][3]string{claim, restore}, []string{"插座冒烟，换了保险丝，现在好了"}, "work/property", ""},
		"it began anew":          {[][3]string{claim, restore}, []string{"换了保险丝，又冒烟了"}, "work/danger", ""},
		"it ends well, and more": {[][3]string{claim, restore}, []string{"换好了。快来人，着火了"}, "work/danger", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			for _, who := range []string{li, feng} {
				p.turn(event(people[who], "/start"))
			}
			p.report()
			who := ""
			for _, press := range tt.presses {
				who = press[0]
				p.perform(deed{0, who, press[1], press[2]})
			}
			for i, line := range tt.says {
				p.turn(event(people[who], line))
				if s := p.session(people[who].ID); i == 0 && s.Flow+"/"+s.Step != tt.step {
					t.Errorf("%q leads to %s/%s, want %s", line, s.Flow, s.Step, tt.step)
				}
			}
			j := p.job("1123-01")
			if j.Danger != tt.danger || len(p.jobs) != 1 {
				t.Errorf("the danger of the job is %q, want %q; there are %d jobs", j.Danger, tt.danger, len(p.jobs))
			}
			if tt.danger == "" && tt.step == "work/danger" && len(tt.says) == 2 && (len(j.Done) != 1 || j.Done[0].Text != tt.says[0]) {
				t.Errorf("what was found is not kept: %+v", j.Done)
			}
		})
	}
}

// Words that open a job again reach its pair once, and nothing of them stays when the
// pair no longer has it.
func TestWordsThatOpenAJobAgainAreTakenBackWithIt(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	li := people["李强"]
	p.turn(event(li, "/start"))
	p.report()
	p.perform(deed{0, "李强", "claim", ""})
	p.perform(deed{0, "李强", "arrive", ""})
	p.later("2h1m") // the desk asks, and sends the details once more
	p.perform(deed{0, "李强", "cause", "fuse"})
	p.says("有人触电 小名二丫")
	p.perform(deed{0, "李强", "reason", "busy"})
	for slot, say := range p.shown {
		if say.Chat == li.ID && strings.Contains(say.Text, "二丫") {
			t.Errorf("%s still reads %q in %s", li.Name, say.Text, slot)
		}
	}
}

// A position that was sent stays with the job when the village is typed after it; and
// one that is the job's no more does not stay with who held it.
func TestAPositionStaysWithItsJob(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	li := people["李强"]
	p.turn(event(li, "/start"))
	p.says("着火了", "[pin 37.60 116.39]")
	p.perform(deed{0, "李强", "claim", ""})
	if asked := p.session(1).Step; asked != "community" {
		t.Fatalf("she is asked for the %s", asked)
	}
	p.says("小胡庄")
	j := p.job("1123-01")
	if j.Place.Pin == (county.Pin{}) || j.Place.Words != "小胡庄" {
		t.Errorf("the place is %+v", j.Place)
	}
	for slot := range p.shown {
		if strings.HasSuffix(slot, "/pin") {
			return
		}
	}
	t.Error("李强 has no position")
}

func TestAPositionThatIsTheJobsNoMoreIsTakenAway(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.turn(event(people["李强"], "/start"))
	p.says("着火了", "[pin 37.60 116.39]")
	p.perform(deed{0, "李强", "claim", ""})
	p.says(words.Plain(words.ZH, "nav.back", nil), "铁城镇")
	if j := p.job("1123-01"); j.Place.Pin != (county.Pin{}) || j.Place.Town != "tiecheng" {
		t.Fatalf("the place is %+v", j.Place)
	}
	for slot, say := range p.shown {
		if strings.HasSuffix(slot, "/pin") && say.Pin != (county.Pin{}) {
			t.Errorf("李强 keeps %+v in %s", say.Pin, slot)
		}
	}
}
