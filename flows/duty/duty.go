// Package duty is the crew's side of a job: the card in the duty group, what a
// volunteer may press or command, the details and questions in private, what the desk says by
// itself when nobody does anything, and who is told what. The engine calls it
// for every press and every command of the crew, for its reminders, and for
// every job that changed. It never writes a resident's name, phone, house number
// or words into a group.
package duty

import "powerdesk/flows/talk"

// Crew implements talk.Crew.
type Crew struct{}

var _ talk.Crew = Crew{}

// Started gives a volunteer who opens the private chat the details of every job
// they hold (PRODUCT V3): the claim made before counted all along. Of a job that
// is over it only notes that they can be written to: it may be opened again.
func (Crew) Started(t *talk.Turn) bool {
	started := false
	for _, no := range t.S.Holds {
		j := t.Jobs[no]
		if j == nil {
			continue
		}
		for _, c := range j.Holders() {
			if c.User != t.S.Chat {
				continue
			}
			c.Chat, c.Lang = true, t.S.Lang
			if j.Live() {
				sendDetails(t, j, c)
				t.Told(j) // or they would not be taken back from who loses the job in this very turn
				started = true
			}
		}
	}
	return started
}
