package desk_test

import (
	"slices"

	"powerdesk/flows/talk"
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
