package job

// Pass keeps with the job what a resident asks, or tells as news. What is the same
// question or news is kept once, until the crew has said or done something.
func (j *Job) Pass(chat int64, what string, n Note) (kept bool) {
	for i := len(j.History) - 1; i >= 0; i-- {
		e := j.History[i]
		if e.What == DidNote && e.Arg == what && e.User == chat {
			return false
		}
		if e.Name != "" && e.What != DidRemind {
			break
		}
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
