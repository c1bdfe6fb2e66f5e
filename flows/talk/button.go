package talk

import (
	"strconv"
	"strings"
)

// buttonVersion heads the data of every inline button, so that a later desk
// still understands, or politely refuses, the buttons of an earlier one.
const buttonVersion = "1"

// dataLimit is Telegram's limit for callback data, in bytes (RELIABILITY §2).
const dataLimit = 64

// Button is what an inline button names: a job, an action and the claim epoch
// in which it was drawn. It carries no authority: who may do what is decided
// from the presser's id and the stored job.
type Button struct {
	Job    string // "1123-07"
	Clerks bool   // drawn for the hall's clerks, whose group is another one
	Action string // "claim", "arrived", …: flows/duty lists them
	Epoch  int    // Job.Epoch when the card was drawn
	Arg    string // an action's choice, such as a cause code
}

// clerkSign heads the action of a button of the clerks.
const clerkSign = "hall:"

// Data is the button as callback data: "1|1123-07|claim|0|".
func (b Button) Data() string {
	action := b.Action
	if b.Clerks {
		action = clerkSign + action
	}
	return strings.Join([]string{buttonVersion, b.Job, action, strconv.Itoa(b.Epoch), b.Arg}, "|")
}

// ParseButton reads callback data. Anything that Data cannot have written gives
// the zero Button: data comes from the client and may be anything at all.
func ParseButton(data string) Button {
	parts := strings.Split(data, "|")
	if len(data) > dataLimit || len(parts) != 5 || parts[0] != buttonVersion {
		return Button{}
	}
	epoch, err := strconv.Atoi(parts[3])
	action, clerks := strings.CutPrefix(parts[2], clerkSign)
	b := Button{Job: parts[1], Clerks: clerks, Action: action, Epoch: epoch, Arg: parts[4]}
	if err != nil || epoch < 0 || b.Job == "" || b.Action == "" || b.Data() != data {
		return Button{}
	}
	return b
}
