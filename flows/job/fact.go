package job

import "time"

// Fact is one job in figures: what is kept of it when the job itself is forgotten. It
// names nobody, and no place finer than a town.
type Fact struct {
	No       string    `json:"no"`
	Kind     Kind      `json:"kind"`
	Ended    State     `json:"ended"` // Closed, Withdrawn; of a job that is not over: how far it is
	At       time.Time `json:"at"`    // when it ended
	Town     string    `json:"town,omitempty"`
	Level    Level     `json:"level,omitempty"`
	Danger   string    `json:"danger,omitempty"`
	Symptom  string    `json:"symptom,omitempty"`
	Cause    string    `json:"cause,omitempty"`
	Property string    `json:"property,omitempty"`
	Homes    int       `json:"homes"`
	Rating   string    `json:"rating,omitempty"` // of its opener
	Again    bool      `json:"again,omitempty"`  // it was "still dark" once
	Clocks   Clocks    `json:"clocks"`           // each the first time, but for what happened anew after "still dark"
}

// Fact gives the job in figures.
func (j *Job) Fact() Fact {
	f := Fact{
		No: j.No, Kind: j.Kind, Ended: j.State, At: j.Clocks.Close, Town: j.Place.Town, Level: j.Level, Danger: j.Danger,
		Symptom: j.Symptom, Cause: j.Cause, Property: j.Property, Homes: j.Households(), Again: !j.Clocks.Reopen.IsZero(), Clocks: j.Clocks,
	}
	if len(j.Reports) > 0 {
		f.Rating = j.Reports[0].Rating
	}
	for _, e := range j.History { // the crew's word stands though the job was opened again
		if e.What == DidArrive {
			f.Clocks.Arrive = e.At
			break
		}
	}
	return f
}
