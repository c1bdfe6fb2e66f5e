package flows

// What an Entry of a job's history says. Each is also the key of what the duty
// log and, where it concerns them, the crew and the residents are told.
const (
	DidOpen      = "opened"
	DidComplete  = "completed"  // place or phone learned later; Arg "danger" = it became one, "calm" = it was a slip
	DidNote      = "noted"      // words or a picture added
	DidClaim     = "claimed"    // a volunteer took a place
	DidRelease   = "released"   // and gave it back; Arg = reason
	DidDepart    = "on_the_way" // the crew has set out
	DidArrive    = "arrived"    // and is at the door
	DidRestore   = "restored"   // and says it is mended; Arg = cause
	DidConfirm   = "confirmed"  // the resident has light
	DidStillDark = "still_dark" // the resident has none
	DidWithdraw  = "withdrawn"  // one report was taken back; the job with the last one
	DidRate      = "rated"      // Arg = good, fair, poor
	DidComment   = "commented"  // the resident said what was wrong
	DidForget    = "forgotten"  // a resident's data was erased
)
