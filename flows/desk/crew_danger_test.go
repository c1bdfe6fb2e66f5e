package desk_test

import (
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
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
	if asked := p.session(1).Step; asked != "which" {
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

// Who holds two jobs and is asked about the one means that one.
func TestADangerIsOfTheJobThatIsAskedAbout(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ asked, says []string }{
		"what was done": {[]string{"cause", "fuse"}, []string{"着火了", "⚠️ 现在有危险"}},
		"a time":        {[]string{"eta", "exact"}, []string{"着火了"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			li := people["李强"]
			p.turn(event(li, "/start"))
			p.report()
			p.reports(people["邻居"])
			for _, no := range []string{"1123-01", "1123-02"} { // the second is claimed last
				p.turn(talk.Event{
					Kind: talk.Press, From: li, Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}, Callback: "c",
					Press: talk.Button{Job: no, Action: "claim", Epoch: p.job(no).Epoch},
				})
			}
			p.perform(deed{0, "李强", tt.asked[0], tt.asked[1]})
			for _, line := range tt.says {
				p.turn(event(li, line))
			}
			if one, other := p.job("1123-01").Danger, p.job("1123-02").Danger; one != "fire" || other != "" {
				t.Errorf("the danger of the one is %q, of the other %q", one, other)
			}
		})
	}
}

// A danger at a home whose danger was mended, or that was closed by its resident, is
// not only words: the job is taken up again, and group and squad hear of it.
func TestADangerAnewIsToldAnew(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		danger string   // that the job was
		says   []string // of the volunteer once the job is mended, "奶奶:" before hers
	}{
		"she, of a danger":               {"着火了", []string{"奶奶:又着火了"}},
		"she, of a fault":                {"", []string{"奶奶:着火了"}},
		"the volunteer, of a danger":     {"着火了", []string{"又着火了", "⚠️ 现在有危险"}},
		"the volunteer, when it is over": {"", []string{"奶奶:来电了", "着火了", "⚠️ 现在有危险"}},
		"at rest, of a danger":           {"着火了", []string{"没什么要写", "说不清", "又着火了"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t, words.ZH)
			p.turn(event(people["李强"], "/start"))
			p.report()
			if tt.danger != "" {
				p.says(tt.danger)
			}
			p.perform(deed{0, "李强", "claim", ""})
			p.perform(deed{0, "李强", "cause", "fuse"})
			if j := p.job("1123-01"); j.State != job.Restored {
				t.Fatalf("the job is %s", j.State)
			}
			var told string
			for _, line := range tt.says {
				who, said, other := strings.Cut(line, ":")
				if !other {
					who, said = "李强", line
				}
				told = p.told(p.turn(event(people[who], said)), people[who].ID)
			}
			j := p.job("1123-01")
			if j.Danger != "fire" || j.Mended() || len(p.jobs) != 1 || !strings.Contains(told, "the group") || !strings.Contains(told, "冯工") {
				t.Errorf("the job is %s, its danger %q, of %d jobs; told are %s", j.State, j.Danger, len(p.jobs), told)
			}
		})
	}
}

// Whoever no longer has the job, and says that there is danger now, is asked at once
// what it is: it is a report like any.
func TestADangerOfAJobThatWasLost(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.ZH)
	p.turn(event(people["李强"], "/start"))
	p.report()
	p.perform(deed{0, "李强", "claim", ""})
	p.perform(deed{0, "李强", "cause", "fuse"})
	p.turn(event(people["李强"], "着火了"))
	p.turn(talk.Event{Kind: talk.Departed, From: people["李强"], Chat: talk.Chat{ID: dutyChat, Kind: talk.Duty}})
	p.turn(event(people["李强"], "⚠️ 现在有危险"))
	if s := p.session(people["李强"].ID); s.Flow+"/"+s.Step != "outage/danger" || !slices.Contains(s.Notes, "着火了") {
		t.Errorf("李强 is at %s/%s with %q", s.Flow, s.Step, s.Notes)
	}
}
