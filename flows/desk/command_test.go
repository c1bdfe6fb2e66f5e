package desk_test

import (
	"regexp"
	"slices"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/duty"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

func TestTheCrewsTableOfCommandsIsWhole(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	type place struct {
		name string
		chat talk.ChatKind
	}
	taken := map[place]bool{}
	for _, c := range (duty.Crew{}).Commands() {
		if !name.MatchString(c.Name) || c.Do == nil || len(c.In) == 0 {
			t.Errorf("%q is no command that Telegram takes, does nothing or stands nowhere", c.Name)
		}
		for _, l := range words.Langs {
			if !words.Has(l, "command."+c.Name) {
				t.Errorf("/%s is not described in %s", c.Name, l)
			}
		}
		for _, chat := range c.In {
			if taken[place{c.Name, chat}] {
				t.Errorf("/%s stands twice for %s", c.Name, chat)
			}
			taken[place{c.Name, chat}] = true
		}
		for _, chat := range c.Menu {
			if !slices.Contains(c.In, chat) {
				t.Errorf("the menu of %s offers /%s, which is not understood there", chat, c.Name)
			}
		}
	}
	for _, f := range desk.New(&county.County{}).Flows() {
		if taken[place{f.Command, talk.Private}] {
			t.Errorf("/%s is a resident's command and the crew's", f.Command)
		}
	}
}
