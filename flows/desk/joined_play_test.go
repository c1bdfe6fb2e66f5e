package desk_test

import (
	"slices"
	"testing"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// join does what the store does of a set, at once.
func (p *play) join(m talk.Member) {
	set := slices.DeleteFunc(p.sets[m.Set], func(id string) bool { return id == m.ID })
	if !m.Gone {
		set = append(set, m.ID)
	}
	p.sets[m.Set] = set
}

// spread turns what is said to a set into what each of it hears.
func (p *play) spread(effects []talk.Effect) []talk.Effect {
	var all []talk.Effect
	for _, e := range effects {
		b, ok := e.(talk.Broadcast)
		if !ok {
			all = append(all, e)
			continue
		}
		for _, id := range p.sets[b.Set] {
			chat, lang := talk.ParseJoiner(id)
			say := b.Says[lang]
			say.Chat = chat
			all = append(all, say)
		}
	}
	return all
}

// Who joined hears of it in the language they speak now; and after /forget the set,
// which is not theirs alone, does not have them in any language.
func TestASetFollowsALanguageAndForgets(t *testing.T) {
	t.Parallel()
	p := newPlay(t, words.EN)
	p.finds(talk.KnownHere, "stored")
	says := func(who string, lines ...string) {
		for _, line := range lines {
			p.alone(who, line)
		}
	}
	home := []string{"/start", "⚡ No power", "No", "None of these", "Sangyuan Town", "Hanlin Estate"}
	says("Tom", append(home, "Building 2", "All dark", "13900000009", "No")...)
	says("Anna", append(home, "Building 3", "Yes, the same")...)
	chat, set := people["Anna"].ID, talk.JoinedSet("1123-01")
	for _, step := range []struct {
		lines []string
		want  []string
	}{
		{nil, []string{talk.Joiner(chat, words.EN)}},
		{[]string{"/language", "中文"}, []string{talk.Joiner(chat, words.ZH)}},
		{[]string{"/forget", "🗑 全部删掉"}, nil},
	} {
		says("Anna", step.lines...)
		if got := p.sets[set]; !slices.Equal(got, step.want) {
			t.Errorf("after %q the set has %q, want %q", step.lines, got, step.want)
		}
	}
}
