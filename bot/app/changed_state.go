package app

import (
	"encoding/json"
	"fmt"
	"maps"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// sessionPrint and teamPrint name the prints of what is no job.
const sessionPrint, teamPrint = "session", "team"

// prints are the stored forms of a state, to see what a Step has changed.
func prints(s talk.State) (map[string]string, error) {
	documents := map[string]any{sessionPrint: s.Session, teamPrint: s.Team}
	for no, j := range s.Jobs {
		documents[no] = j
	}
	all := make(map[string]string, len(documents))
	for name, document := range documents {
		raw, err := json.Marshal(document)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		all[name] = string(raw)
	}
	return all, nil
}

// changed keeps what differs from what was loaded: a refused press writes
// nothing, so it meets nobody.
func changed(before map[string]string, s talk.State) (talk.State, error) {
	after, err := prints(s)
	if err != nil {
		return s, err
	}
	maps.DeleteFunc(s.Jobs, func(no string, _ *job.Job) bool { return after[no] == before[no] })
	if after[sessionPrint] == before[sessionPrint] {
		s.Session = nil
	}
	if after[teamPrint] == before[teamPrint] {
		s.Team = nil
	}
	return s, nil
}
