package understand

// Slots are what a sentence says besides what it means, by the names of the corpus:
// town, community, building, phone, household, neighbours, since …
type Slots map[string]string
