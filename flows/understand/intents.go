package understand

// Intent is what a sentence means, one of a closed set: the set in which the corpus
// is labelled. A sentence that nobody understands has none.
type Intent string

// The intents.
const (
	Outage            Intent = "outage"             // no power at home, in the building or in the area, nothing more precise said
	Partial           Intent = "partial"            // only some rooms, sockets or one circuit are dead
	Flicker           Intent = "flicker"            // light unsteady, too bright, dim; low voltage; one phase missing; a motor only hums
	Trips             Intent = "trips"              // a main switch, breaker, leakage switch or fuse falls, will not stay up, or blew
	NoCredit          Intent = "no_credit"          // credit is used up or nearly; the meter asks for money (请购电, 拉闸, yellow light, 0)
	PaidStillDark     Intent = "paid_still_dark"    // paid or card read, and still no power
	LostCard          Intent = "lost_card"          // card lost, broken, washed, to be replaced
	CardUnread        Intent = "card_unread"        // the card is in hand but the meter does not take it (also with an error code)
	MeterShows        Intent = "meter_shows"        // asks what a word, code, lamp or blank on the meter means
	BuyWhere          Intent = "buy_where"          // where, when, how, how much to pay or top up
	DangerFire        Intent = "danger_fire"        // flames, smoke, sparks, arcing that is seen
	DangerSmellHeat   Intent = "danger_smell_heat"  // burnt smell, heat, melting, blackened, hissing or crackling, no flame seen
	DangerShock       Intent = "danger_shock"       // a person (or animal) was hit by electricity
	DangerTingle      Intent = "danger_tingle"      // a casing, tap, wall or door tingles or is live
	DangerWire        Intent = "danger_wire"        // a line, cable or pole is down, broken, hanging low, leaning, hit or caught
	DangerWater       Intent = "danger_water"       // water at or near switches, sockets, meter; flooding with the power on
	DangerUnclear     Intent = "danger_unclear"     // a cry for help, a fear or a question about danger, an odd smell or bang: the danger question is the right answer
	DangerDenied      Intent = "danger_denied"      // names dangers only to say that there are none
	WhenBack          Intent = "when_back"          // asks when the power returns, how long the repair takes
	WhoComes          Intent = "who_comes"          // asks who comes, whether, where they are, when they arrive
	Hurry             Intent = "hurry"              // presses to come faster, without other news
	Status            Intent = "status"             // asks in general what became of the report
	LightBack         Intent = "light_back"         // says that the power is back (and stays)
	BackThenOut       Intent = "back_then_out"      // was back and is out again
	BackPartly        Intent = "back_partly"        // back only in part, or back but dim or unsteady
	StillDark         Intent = "still_dark"         // the crew was there or time is up, and there is no power
	Withdraw          Intent = "withdraw"           // no need to come, cancel the report
	AddInfo           Intent = "add_info"           // further facts for the crew (dog, door code, key, whom to ask)
	Correct           Intent = "correct"            // puts right what was noted (address, phone, scope)
	SecondFault       Intent = "second_fault"       // besides the open report: another place or another, harmless fault
	Complain          Intent = "complain"           // complains about people, service, charges, repeated outages
	Human             Intent = "human"              // wants a person, a call, a phone number to ring
	Hours             Intent = "hours"              // opening hours
	ContactPoint      Intent = "contact_point"      // asks for the nearest contact point or office
	PriceQuestion     Intent = "price_question"     // prices, bills, invoices, charge for a visit
	PlannedQuestion   Intent = "planned_question"   // asks about a planned outage, today or later
	NewConnection     Intent = "new_connection"     // new supply, more capacity, three-phase, charger, solar
	MoveMeter         Intent = "move_meter"         // moving, testing, exchanging, renaming or closing a meter or account
	OtherUtility      Intent = "other_utility"      // street light, water, gas, internet, TV, lift, heating: not this company or another office
	Help              Intent = "help"               // how to use the desk, what it can do
	Settings          Intent = "settings"           // language, delete or do not keep data
	Thanks            Intent = "thanks"             // thanks or acknowledges, nothing to do
	Greeting          Intent = "greeting"           // greets or calls whether anybody is there
	Satisfied         Intent = "satisfied"          // rating: good
	Fair              Intent = "fair"               // rating: middling
	Unsatisfied       Intent = "unsatisfied"        // rating: bad
	Yes               Intent = "yes"                // answers the question on the screen with yes (danger, meter, card, fuse, summary, own, known_hit, receipt, topup/kind, topup/bought, report/called)
	No                Intent = "no"                 // answers it with no, or "none of these", or skips a free text
	Unsure            Intent = "unsure"             // cannot tell, does not know, cannot do it
	Answer            Intent = "answer"             // answers a question that offers things (household, town, building, neighbours, switch, reset, phone, ...); what, stands in the slots
	Smalltalk         Intent = "smalltalk"          // chat, jokes, spam, words for somebody else, everyday things without power (phone, remote control)
	NotUnderstandable Intent = "not_understandable" // no meaning to be found
)

// AllIntents lists them all.
var AllIntents = []Intent{
	Outage, Partial, Flicker, Trips, NoCredit, PaidStillDark, LostCard, CardUnread, MeterShows, BuyWhere, DangerFire,
	DangerSmellHeat, DangerShock, DangerTingle, DangerWire, DangerWater, DangerUnclear, DangerDenied, WhenBack, WhoComes,
	Hurry, Status, LightBack, BackThenOut, BackPartly, StillDark, Withdraw, AddInfo, Correct, SecondFault, Complain,
	Human, Hours, ContactPoint, PriceQuestion, PlannedQuestion, NewConnection, MoveMeter, OtherUtility, Help, Settings,
	Thanks, Greeting, Satisfied, Fair, Unsatisfied, Yes, No, Unsure, Answer, Smalltalk, NotUnderstandable,
}

// Danger says whether an intent is a danger of a known kind.
func (i Intent) Danger() bool { return dangerOf[i] != "" }

// dangerOf is the kind of danger that each intent names, as the desk counts kinds.
var dangerOf = map[Intent]string{
	DangerFire: "fire", DangerSmellHeat: "fire", DangerShock: "shock", DangerTingle: "tingle", DangerWire: "wire", DangerWater: "water",
}

// Kind is the kind of danger that an intent names, "" for none.
func (i Intent) Kind() string { return dangerOf[i] }
