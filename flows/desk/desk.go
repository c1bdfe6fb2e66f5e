// Package desk lists all flows and makes the county's desk of them. Tests here
// play the talks in testdata as transcripts and check the graph of all flows.
// bot/app calls New; nothing else is decided here.
package desk

import (
	"powerdesk/flows/contact"
	"powerdesk/flows/county"
	"powerdesk/flows/duty"
	"powerdesk/flows/menu"
	"powerdesk/flows/outage"
	"powerdesk/flows/report"
	"powerdesk/flows/talk"
	"powerdesk/flows/topup"
	"powerdesk/flows/visit"
)

// New makes the desk of a county. It panics when a flow leads nowhere: that is
// a fault of the program, which the graph test finds first.
func New(c *county.County) *talk.Desk {
	d, err := talk.New(c, duty.Crew{}, Commands(), Intents(),
		menu.Flow(), menu.Meant(), outage.Flow(), topup.Flow(), contact.Flow(), report.Flow(),
		duty.Questions(), outage.Phoned(), menu.Help(), menu.Language(), menu.Forget(), visit.Flow(),
	)
	if err != nil {
		panic(err)
	}
	return d
}
