package talk

import (
	"slices"
	"strings"

	"powerdesk/flows/county"
)

// StoredSession is a session as it is stored: in half the room, because each answer
// stands with its question, and a place where it changed.
type StoredSession struct {
	*Session

	Given   []string          `json:"given,omitempty"`   // "flow/step=answer", in the order in which they were given
	Answers map[string]string `json:"answers,omitempty"` // those that are not among Given
	Trail   []storedVisit     `json:"trail,omitempty"`
}

type storedVisit struct {
	Step  string        `json:"step"`
	Given int           `json:"given,omitempty"`
	Place *county.Place `json:"place,omitempty"` // nil: as at the step before; at the first: none
}

// Stored gives the session in that form.
func (s *Session) Stored() StoredSession {
	stored := StoredSession{Session: s, Given: slices.Grow([]string(nil), len(s.Given)), Trail: slices.Grow([]storedVisit(nil), len(s.Trail))}
	for _, key := range s.Given {
		stored.Given = append(stored.Given, key+"="+s.Answers[key])
	}
	for key, answer := range s.Answers {
		if !slices.Contains(s.Given, key) {
			if stored.Answers == nil {
				stored.Answers = map[string]string{}
			}
			stored.Answers[key] = answer
		}
	}
	var place county.Place
	for _, v := range s.Trail {
		to := storedVisit{Step: v.Step, Given: v.Given}
		if v.Place != place {
			place = v.Place
			to.Place = &v.Place
		}
		stored.Trail = append(stored.Trail, to)
	}
	return stored
}

// Restore gives back the session that was stored.
func (s StoredSession) Restore() *Session {
	session := s.Session
	session.Answers, session.Given, session.Trail = s.Answers, slices.Grow([]string(nil), len(s.Given)), slices.Grow([]Visit(nil), len(s.Trail))
	for _, given := range s.Given {
		key, answer, _ := strings.Cut(given, "=")
		if session.Answers == nil {
			session.Answers = make(map[string]string, len(s.Given))
		}
		session.Given, session.Answers[key] = append(session.Given, key), answer
	}
	var place county.Place
	for _, v := range s.Trail {
		if v.Place != nil {
			place = *v.Place
		}
		session.Trail = append(session.Trail, Visit{Step: v.Step, Given: v.Given, Place: place})
	}
	return session
}
