package talk_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

func TestASessionIsReadAsItWasStored(t *testing.T) {
	t.Parallel()
	here := county.Place{Town: "a", Community: "b"}
	for what, s := range map[string]talk.Session{
		"an empty one": {Chat: 7},
		"answers in their order": {
			Answers: map[string]string{"outage/b": "no", "outage/a": "x=y", "outage/typed": ""}, Given: []string{"outage/b", "outage/a", "outage/typed"},
		},
		"answers that nobody was asked for": {Answers: map[string]string{"outage/a": "1", "outage/b": "2"}, Given: []string{"outage/b"}},
		"a trail whose place comes and goes": {
			Trail: []talk.Visit{{Step: "a"}, {Step: "b", Given: 2, Place: here}, {Step: "c", Place: here}, {Step: "d"}, {Step: "e", Place: here}},
		},
	} {
		raw, err := json.Marshal(s.Stored())
		if err != nil {
			t.Fatal(err)
		}
		back := talk.StoredSession{Session: &talk.Session{}}
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&s, back.Restore()); diff != "" {
			t.Errorf("%s (-want +got):\n%s\nstored as %s", what, diff, raw)
		}
	}
}
