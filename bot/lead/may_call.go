package lead

import (
	"errors"
	"slices"
	"time"
)

// ErrStandsBy is why a replica that does not lead makes no call.
var ErrStandsBy = errors.New("this replica stands by: another one acts, or may")

// leaderCalls are those of the one that acts alone, however updates come.
var leaderCalls = []string{"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands"}

// MayCall says whether this process may call a method of Telegram now: an error is
// why it may not, and a wait above zero is how long it must not. Where Telegram
// brings the updates, whoever took one answers the press, asks who is a member and,
// when it cannot be stored, says so. Messages are fenced once more where they are
// sent, by their own term.
func (e *Elector) MayCall(method string) (wait time.Duration, err error) {
	if !e.Leads() && !e.watch.until.ahead() && (!e.Brought || slices.Contains(leaderCalls, method)) {
		return 0, ErrStandsBy
	}
	return e.Pauses.Left(method), nil
}
