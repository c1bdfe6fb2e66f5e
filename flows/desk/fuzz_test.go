package desk_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// lines are what the fuzzers start from: words, buttons, and the acts of
// event.
var lines = []string{
	"", "家里没电", "没有", "1", "第二个", "着火了", "没有冒烟", "翰林小区3号楼", "13900000001", "📱", "<b>&amp;</b>", "/start c-hanlin", "/nonsense", "[photo] 着火",
	"[album]", "[pin 37.633 116.391]", "[contact 13900000001]", "[sticker]", "no power", "come", strings.Repeat("电", 1200), "\u202e\u0000\ufeff", "🏠 主菜单", "↩ 上一步",
}

// Whatever is written, wherever the talk is: the desk does not fall over, and
// answers once, in a message that Telegram takes.
func FuzzRouter(f *testing.F) {
	d := desk.New(countyIn(words.ZH))
	all := screens(d)
	for i, line := range lines {
		f.Add(line, uint(i*7), i%2 == 0, i%3 == 0)
	}
	f.Fuzz(func(t *testing.T, line string, at uint, known, english bool) {
		ref, l := all[at%uint(len(all))], words.ZH
		if english {
			l = words.EN
		}
		s := empty(d, l, ref)
		if known {
			s = rich(d, l, ref)
		}
		e := act(strings.ToValidUTF8(line, ""), l) // an Event's text is clean
		p := newPlay(t, words.ZH)
		p.desk = d
		answersOnce(t, e, p.decide(&s, e))
	})
}

// answersOnce checks the effects of one private turn.
func answersOnce(t *testing.T, e talk.Event, effects []talk.Effect) {
	t.Helper()
	says := 0
	for _, effect := range effects {
		say, ok := effect.(talk.Say)
		if !ok {
			continue
		}
		if n := utf8.RuneCountInString(plain(say.Text)); n > 4096 || n == 0 || !utf8.ValidString(say.Text) {
			t.Errorf("a message of %d characters: %q", n, say.Text)
		}
		if say.Chat == e.From.ID && say.Slot == "" {
			says++
		}
	}
	quiet := e.Kind == talk.Edited || e.Kind == talk.Blocked
	if says != 1 && !quiet && e.Media.Album == "" || says > 1 {
		t.Errorf("%s %q is answered %d times, want once", e.Kind, e.Text, says)
	}
}

// Whatever was stored, by this desk, an older one or nobody: the desk does not
// fall over, answers once, and the way out leads to the menu.
func FuzzSession(f *testing.F) {
	d := desk.New(countyIn(words.ZH))
	for i, ref := range screens(d) {
		session, err := json.Marshal(rich(d, words.ZH, ref).Session)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(session), `{"no":"1123-01","state":"restored","reports":[{"chat":1,"lang":"zh"}]}`, lines[i%len(lines)])
	}
	f.Add(`{"flow":"outage","step":"come","version":1,"trail":[{"step":"x","given":99}],"job":"1123-01"}`, `{"no":"1123-01","reports":null,"symptom":"talk"}`, "返回")
	f.Add(`{"flow":"report","step":"rating","version":1,"lang":"fr","answers":null,"holds":["1123-01","1123-01"]}`, `{"no":"1123-01","pair":[{"user":1},{"user":1}]}`, "满意")
	f.Fuzz(func(t *testing.T, session, no, line string) {
		s := talk.State{Session: &talk.Session{}, Jobs: map[string]*job.Job{}}
		j := &job.Job{}
		if json.Unmarshal([]byte(session), s.Session) != nil || json.Unmarshal([]byte(no), j) != nil {
			return
		}
		s.Session.Chat, j.No = 1, "1123-01"
		s.Jobs[j.No] = j
		p := newPlay(t, words.ZH)
		p.desk = d
		e := act(strings.ToValidUTF8(line, ""), words.ZH)
		answersOnce(t, e, p.decide(&s, e))
		e = act("/cancel", words.ZH)
		answersOnce(t, e, p.decide(&s, e))
		if here := s.Session.Flow + "/" + s.Session.Step; here != "menu/menu" {
			t.Errorf("the way out leads to %s", here)
		}
	})
}
