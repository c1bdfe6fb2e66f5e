package store

import (
	"encoding/json"
	"fmt"
	"maps"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// Bodies are the documents of a State in the form in which they are stored, by what
// they are: sessionBody, teamBody, or the number of a job. A document is encoded once
// a turn: to see whether it was changed, and to be written.
type Bodies map[string]string

const sessionBody, teamBody = "session", "team"

// Encode gives the bodies of a state. An error says which document has none.
func Encode(s talk.State) (Bodies, error) {
	documents := make(map[string]any, 2+len(s.Jobs))
	if s.Session != nil {
		documents[sessionBody] = s.Session.Stored()
	}
	if s.Team != nil {
		documents[teamBody] = s.Team
	}
	for no, j := range s.Jobs {
		documents[no] = j
	}
	all := make(Bodies, len(documents))
	for name, document := range documents {
		raw, err := json.Marshal(document)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		all[name] = string(raw)
	}
	return all, nil
}

// Changed keeps of a state, whose bodies these are, what differs from before: what
// a Step has left alone is not written, so it meets nobody.
func (b Bodies) Changed(before Bodies, s talk.State) talk.State {
	maps.DeleteFunc(s.Jobs, func(no string, _ *job.Job) bool { return b[no] == before[no] })
	if b[sessionBody] == before[sessionBody] {
		s.Session = nil
	}
	if b[teamBody] == before[teamBody] {
		s.Team = nil
	}
	return s
}
