package desk_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

func TestTheTableOfCommandsIsWhole(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	type place struct {
		name string
		chat talk.ChatKind
	}
	taken := map[place]bool{}
	for _, c := range desk.Commands() {
		if !name.MatchString(c.Name) || (c.Do == nil) == (c.Flow == "") || c.Who == "" || len(c.In) == 0 {
			t.Errorf("%q is no command that Telegram takes, does nothing or two things, is nobody's or stands nowhere", c.Name)
		}
		for _, l := range words.Langs {
			if !words.Has(l, "command."+c.Name) || c.Name != "help" && !words.Has(l, c.HelpKey()) {
				t.Errorf("/%s is not described in %s", c.Name, l)
			}
		}
		for _, chat := range c.In {
			if taken[place{c.Name, chat}] {
				t.Errorf("/%s stands twice for %s", c.Name, chat)
			}
			taken[place{c.Name, chat}] = true
		}
	}
}

// reader is somebody in a place, with the roles that their menu is made for.
type reader struct {
	what  string
	chat  talk.ChatKind
	who   talk.Person
	roles []talk.Who
}

const boss = 4711

// readers are all who read a menu or /help.
func readers() []reader {
	all := []reader{
		{"a resident", talk.Private, talk.Person{ID: 900}, []talk.Who{talk.ForResident}},
		{"a member", talk.Private, talk.Person{ID: 901, Member: true}, []talk.Who{talk.ForResident, talk.ForCrew}},
		{"a leader", talk.Private, talk.Person{ID: boss, Member: true}, []talk.Who{talk.ForResident, talk.ForCrew, talk.ForLeader}},
	}
	for _, chat := range []talk.ChatKind{talk.Duty, talk.Hall, talk.Leader} {
		all = append(all, reader{"group " + string(chat), chat, talk.Person{ID: 901, Member: chat == talk.Duty}, nil})
	}
	return all
}

// says is what the desk answers to a command, all messages together.
func (r reader) says(d *talk.Desk, command string) string {
	r.who.Lang = words.EN
	e := talk.Event{ID: "1", Kind: talk.Command, Command: command, At: monday, From: r.who, Chat: talk.Chat{ID: -5, Kind: r.chat}}
	if r.chat == talk.Private {
		e.Chat.ID = r.who.ID
	}
	_, effects := d.Step(talk.State{}, e)
	var said []string
	for _, effect := range effects {
		switch effect := effect.(type) {
		case talk.Say:
			said = append(said, effect.Text)
		case talk.Lookup:
			said = append(said, "looks up "+string(effect.Kind))
		}
	}
	return strings.Join(said, "\n")
}

// What stands in a menu stands in /help of the same reader and is done for them;
// what does not is unknown there, clearly, as a word that is no command at all is.
func TestEveryReaderIsOfferedWhatIsUnderstoodAndNothingElse(t *testing.T) {
	t.Parallel()
	c := countyIn(words.EN)
	c.Roster = append(slices.Clone(c.Roster), county.Member{ID: boss, Name: "Boss", Leader: true})
	d := desk.New(c)
	for _, r := range readers() {
		help, unknown := r.says(d, "help"), r.says(d, "nonsense")
		if !strings.Contains(unknown, "I don't know that command") {
			t.Errorf("%s: an unknown command is answered with %q", r.what, unknown)
		}
		offered := map[string]bool{}
		for _, row := range d.Offered(r.chat, r.roles...) {
			offered[row.Name] = true
		}
		for _, row := range desk.Commands() {
			line := regexp.MustCompile(`(?m)^/` + row.Name + " .")
			if in := line.MatchString(help); in != offered[row.Name] && row.Name != "help" {
				t.Errorf("%s: /help has /%s: %t, the menu: %t", r.what, row.Name, in, offered[row.Name])
			}
			if done := r.says(d, row.Name) != unknown; done != offered[row.Name] {
				t.Errorf("%s: /%s is understood: %t, offered: %t", r.what, row.Name, done, offered[row.Name])
			}
		}
	}
}
