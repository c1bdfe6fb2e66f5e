package job

import (
	"slices"
	"time"
)

// Pass keeps with the job what a resident asks, or tells as news. What is the same
// question or news, or is said in the same words, is kept once, until the crew has said
// or done something.
func (j *Job) Pass(chat int64, what string, n Note) (kept bool) {
	var since time.Time
	for _, e := range slices.Backward(j.History) {
		if e.What == DidNote && e.Arg == what && e.User == chat {
			return false
		}
		if e.Name != "" && e.What != DidRemind {
			since = e.At
			break
		}
	}
	if slices.ContainsFunc(j.Notes, func(o Note) bool { return o.Chat == chat && o.Text == n.Text && o.At.After(since) }) {
		return false
	}
	n.Chat = chat
	j.Notes = append(j.Notes, n)
	j.Record(Entry{At: n.At, What: DidNote, User: chat, Arg: what})
	return true
}

// Readers are the names of those who hold the job and read what is kept with it.
func (j *Job) Readers() (names []string) {
	for _, c := range j.Holders() {
		if c.Chat {
			names = append(names, c.Name)
		}
	}
	return names
}
