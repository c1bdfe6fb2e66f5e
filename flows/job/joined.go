package job

import (
	"slices"
	"strconv"
	"time"

	"powerdesk/flows/county"
)

// JoinFor is how long after a fault was reported a neighbour may still be taken for
// one of the same outage: later it is more likely another one.
const JoinFor = 6 * time.Hour

// joinable are the symptoms of an outage that more than one home has.
var joinable = []string{"area", "dark", "overdue"}

// Joinable says whether others may have the same outage. A danger is the crew's
// matter where it is, and not the neighbours'.
func (j *Job) Joinable() bool {
	return j.Outage() && j.Live() && j.State != Restored && j.Room() == Crew && j.Danger == "" && slices.Contains(joinable, j.Symptom)
}

// MayJoin says whether who is in the dark at a place may be of this job's outage.
func (j *Job) MayJoin(p county.Place, at time.Time) bool {
	return j.Joinable() && p.Community != "" && j.Place.Town == p.Town && j.Place.Community == p.Community && at.Sub(j.Clocks.Reported) < JoinFor
}

// Count takes in how many are known to have joined. A job that its opener took back
// goes on for them, and ends with the last of them.
func (j *Job) Count(joined int, at time.Time) {
	j.Joined = joined
	switch {
	case j.Live() && joined == 0:
		j.endUnwanted(at)
	case j.State == Withdrawn && joined > 0:
		j.open(at)
	}
	j.Record(Entry{At: at, What: DidCount, Name: ByDesk.Name, Arg: strconv.Itoa(joined)})
}

// Households counts the homes that are known to be in the dark: those reports that
// stand, or, when all were taken back, all; and who joined.
func (j *Job) Households() int {
	n, own := 0, 0
	for _, r := range j.Reports {
		if r.Joined {
			continue
		}
		own++
		if !r.Withdrawn {
			n++
		}
	}
	if n == 0 {
		n = own
	}
	return n + j.Joined
}
