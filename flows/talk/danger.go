package talk

// DangerKinds lists the kinds of danger in the order in which the danger screen
// offers them (DOMAIN §4 D1–D5).
var DangerKinds = []string{"fire", "wire", "shock", "water", "tingle"}

// doubtAt and doubtOf are under which a talk keeps where the danger question
// came between, and the words it is about.
const (
	doubtAt = "router/doubt_at"
	doubtOf = "router/doubt_of"
)
