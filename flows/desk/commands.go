package desk

import (
	"slices"

	"powerdesk/flows/duty"
	"powerdesk/flows/talk"
)

var private = []talk.ChatKind{talk.Private}

// Commands is the one table of commands: everybody's in private (PRODUCT R1), then
// the crew's, each in the order of the menus. Telegram's menus, /help in every
// place and the router come from it.
func Commands() []talk.CommandRow {
	return slices.Concat([]talk.CommandRow{
		{Name: "start", Who: talk.ForResident, In: private, Do: talk.Start},
		{Name: "report", Who: talk.ForResident, In: private, Flow: "outage"},
		{Name: "topup", Who: talk.ForResident, In: private, Flow: "topup"},
		{Name: "status", Who: talk.ForResident, In: private, Flow: "report"},
		{Name: "cancel", Who: talk.ForResident, In: private, Do: talk.Cancel},
		{Name: "language", Who: talk.ForResident, In: private, Flow: "language"},
		{Name: "forget", Who: talk.ForResident, In: private, Flow: "forget"},
		{Name: "help", Who: talk.ForResident, In: private, Flow: "help"},
	}, duty.Commands(), []talk.CommandRow{
		{Name: "visit", Who: talk.ForLeader, In: private, Flow: "visit"},
	})
}
