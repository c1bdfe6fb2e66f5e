package talk

import (
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// Session is one person's conversation with the bot, and what the person asked
// the desk to remember. A volunteer has one too: it says whether the bot may
// write to them and which jobs they hold.
type Session struct {
	Chat   int64      `json:"chat"`
	Rev    int64      `json:"-"` // counted by the store; 0 = never stored
	Lang   words.Lang `json:"lang,omitempty"`
	Opened bool       `json:"opened,omitempty"` // the person has written in private, so the bot may too
	At     time.Time  `json:"at,omitzero"`      // the last turn

	Flow    string            `json:"flow,omitempty"`
	Version int               `json:"version,omitempty"` // of Flow when it was entered
	Step    string            `json:"step,omitempty"`
	Answers map[string]string `json:"answers,omitempty"` // "flow/step" -> answer id, or what was typed
	Given   []string          `json:"given,omitempty"`   // the keys of Answers in the order in which they were given
	Trail   []Visit           `json:"trail,omitempty"`   // the steps behind, for Back
	Said    string            `json:"said,omitempty"`    // the button just taken, to know a second tap on it
	Lost    int               `json:"lost,omitempty"`    // how often in a row the desk did not understand
	Job     string            `json:"job,omitempty"`     // the job this conversation is about
	Place   county.Place      `json:"place,omitzero"`    // the place of this conversation
	Phone   string            `json:"phone,omitempty"`
	Media   []job.Attachment  `json:"media,omitempty"` // kept until there is a job to keep them with
	Notes   []string          `json:"notes,omitempty"` // free words, kept likewise
	Heard   understand.Slots  `json:"heard,omitempty"` // what was said in this talk besides the answers

	Link   Link   `json:"link,omitzero"`    // by which this volunteer is to come into the private chat
	Warned string `json:"warned,omitempty"` // the dangerous job whose reminder this volunteer has seen

	PendingPut string `json:"pending_put,omitempty"` // the pending question that was put to this person: each is put once

	Home    Home                  `json:"home,omitzero"`
	Follows []string              `json:"follows,omitempty"` // jobs this person reported or joined
	Joined  map[string]job.Report `json:"joined,omitempty"`  // by number: the reports of those joined
	Holds   []string              `json:"holds,omitempty"`   // jobs this person claimed
}

// Visit is a step that was answered, and how the talk stood before it was: Back
// returns to exactly that.
type Visit struct {
	Step  string       `json:"step"`            // "flow/step"
	Given int          `json:"given,omitempty"` // how many answers had been given
	Place county.Place `json:"place,omitzero"`
}

// Home is what a resident let the desk remember, so that nothing is asked
// twice (PRODUCT R5). The zero Home is nothing.
type Home struct {
	Place     county.Place `json:"place,omitzero"`
	Phone     string       `json:"phone,omitempty"`
	Household string       `json:"household,omitempty"` // an answer id of the household step
}

// State is what the caller loads for one event: the session of the person it
// came from, the jobs that the session or the event names, by number, and the
// team.
type State struct {
	Session *Session
	Jobs    map[string]*job.Job
	Team    *county.Team

	told  []string // said before a Lookup, waiting for the question after it
	hurry bool
}
