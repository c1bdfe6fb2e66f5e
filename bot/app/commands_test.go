package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"powerdesk/bot/demo"
	"powerdesk/bot/telegram"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

func TestEveryChatIsOfferedItsOwnCommands(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	volunteer, resident := s.volunteer("李强"), s.resident(words.EN)
	const stranger = 7770007770 // on the roster, and never met by the bot
	s.setting.County.Roster = []county.Member{{Name: "nobody yet"}, {ID: stranger, Name: "x"}, {ID: volunteer.id, Name: "李强"}}
	s.open()
	residents := "start report topup status cancel language forget help"
	crew := "open job mine log stats duty on off report_for"
	for _, tt := range []struct {
		what       string
		chat, user int64
		want       string
		first      string // the first description, to see the language
	}{
		{"a resident's private chat", resident.id, resident.id, residents, "Main menu"},
		{"a volunteer's private chat", volunteer.id, volunteer.id, residents + " " + crew, "主菜单"},
		{"the duty group", dutyChat, volunteer.id, crew + " help", ""},
		{"the leader's group", leaderChat, volunteer.id, "open job log stats duty on off help", ""},
		{"the hall's group", hallChat, volunteer.id, "open duty on off help", ""},
	} {
		// The menus come one by one, and the one for everybody before the person's language.
		s.until(tt.what+" has its menu", func() bool {
			menu := s.tg.Menu(tt.chat, tt.user)
			return names(menu) == tt.want && (tt.first == "" || menu[0].Description == tt.first)
		})
	}
	if !strings.Contains(s.log.String(), "a command menu could not be set") {
		t.Error("nobody is told that a member cannot be offered a menu")
	}
	if strings.Contains(s.log.String(), fmt.Sprint(stranger)) {
		t.Error("the log names a person's chat")
	}
}

func names(menu []demo.BotCommand) string {
	var all []string
	for _, c := range menu {
		all = append(all, c.Command)
	}
	return strings.Join(all, " ")
}

// moody is a Telegram that refuses menus as it is told.
type moody struct {
	refuse func(set telegram.CommandSet, nth int) error
	sets   []telegram.CommandSet
}

func (m *moody) SetCommands(_ context.Context, set telegram.CommandSet) error {
	m.sets = append(m.sets, set)
	return m.refuse(set, len(m.sets)-1)
}

func TestAMenuThatFailsDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	all := len(commandSets(newBare(t).desk.Load()))
	for name, tt := range map[string]struct {
		refuse func(set telegram.CommandSet, nth int) error
		calls  int
	}{
		"none":                       {func(telegram.CommandSet, int) error { return nil }, all},
		"one that is refused":        {failing(1, &telegram.Error{Class: telegram.Gone}), all},
		"one for an unknown reason":  {failing(1, errors.New("?")), all},
		"one while Telegram is away": {failing(1, &telegram.Error{Class: telegram.Retry}), all + 1},
		"one while it is too busy":   {failing(1, &telegram.Error{Class: telegram.Flood}), all + 1},
		"one with a refused token":   {failing(1, &telegram.Error{Class: telegram.Fatal}), all + 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b, tg := newBare(t), &moody{refuse: tt.refuse}
				offerCommands(t.Context(), b.App, tg)
				if len(tg.sets) != tt.calls {
					t.Errorf("%d calls, want %d", len(tg.sets), tt.calls)
				}
				set := map[string]bool{}
				for _, s := range tg.sets {
					set[fmt.Sprint(s.Chat, s.Lang)] = true
				}
				if len(set) != all {
					t.Errorf("%d menus were asked for, want %d", len(set), all)
				}
			})
		})
	}
}

// failing refuses one call.
func failing(nth int, err error) func(telegram.CommandSet, int) error {
	return func(_ telegram.CommandSet, n int) error {
		if n == nth {
			return err
		}
		return nil
	}
}
