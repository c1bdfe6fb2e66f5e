package job_test

import (
	"testing"

	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// What follows from a kind is said for every kind, and each can be done with what
// the desk has: a question at the end, and sentences in both languages or none.
func TestEveryKindIsWhole(t *testing.T) {
	t.Parallel()
	for _, k := range []job.Kind{job.Fault, job.Call, job.Credit, job.Question, job.Visit} {
		traits := k.Traits()
		raised := traits.Raised.Traits()
		if !k.Known() || traits.People > 2 || (traits.Room == job.Clerks) != traits.Raised.Known() {
			t.Errorf("%s is known: %v, takes %d people and becomes %q", k, k.Known(), traits.People, traits.Raised)
		}
		if traits.Raised != "" && (raised.Room != job.Crew || raised.People == 0 || raised.Outage != traits.Outage || raised.EndQuestion != traits.EndQuestion) {
			t.Errorf("%s becomes %s, which nobody of the crew takes or which asks something else in the end", k, traits.Raised)
		}
		if (traits.EndQuestion == "") != (len(traits.Ends) > 0) {
			t.Errorf("%s is ended by nobody, or twice: %q, %q", k, traits.EndQuestion, traits.Ends)
		}
		for _, l := range words.Langs {
			if key := "report." + traits.EndQuestion + ".say"; traits.EndQuestion != "" && !words.Has(l, key) {
				t.Errorf("%s ends with %s, which has no words in %s", k, key, l)
			}
		}
	}
}

// A kind that nobody knows takes the side that loses nothing.
func TestAnUnknownKindIsTakenForAFault(t *testing.T) {
	t.Parallel()
	j := &job.Job{Kind: "of tomorrow", State: job.Open}
	if j.Kind.Known() || !j.Outage() || !j.Drives() || j.Places() != 2 || !j.Short() {
		t.Errorf("known %v, outage %v, drives %v, %d people, short %v", j.Kind.Known(), j.Outage(), j.Drives(), j.Places(), j.Short())
	}
}
