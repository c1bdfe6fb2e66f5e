package job

// Refusal says why a press or an answer changed nothing. Losing a race is a
// Refusal, not an error: it is told kindly and nothing is logged as a fault.
// Its value is the key of the sentence below "toast.".
type Refusal string

// The refusals. The zero Refusal is none.
const (
	Taken    Refusal = "taken"     // two others hold it
	Already  Refusal = "already"   // the same was done before
	Finished Refusal = "finished"  // the job is over
	NotYours Refusal = "not_yours" // only who holds the job moves it on
	Outdated Refusal = "outdated"  // a button of an earlier claim
	NotNow   Refusal = "not_now"   // not in this state
	Guarding Refusal = "guarding"  // the work is for qualified people
)
