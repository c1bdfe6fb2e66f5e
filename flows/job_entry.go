package flows

// What an Entry of a job's history says. Each is also the key of what the duty
// log and, where it concerns them, the residents are told.
const (
	DidOpen      = "opened"
	DidComplete  = "completed"  // place, phone or kind of danger learned later
	DidNote      = "noted"      // words or a picture added
	DidClaim     = "claimed"    //
	DidRelease   = "released"   // Arg = reason
	DidDepart    = "on_the_way" //
	DidArrive    = "arrived"    //
	DidRestore   = "restored"   // Arg = cause
	DidConfirm   = "confirmed"  // the resident has light
	DidStillDark = "still_dark" // the resident has none
	DidWithdraw  = "withdrawn"  // one report; the job with the last one
	DidRate      = "rated"      // Arg = good, fair, poor
	DidComment   = "commented"  //
	DidForget    = "forgotten"  // a resident's data was erased
)
