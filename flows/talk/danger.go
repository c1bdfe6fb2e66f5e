package talk

// DangerKinds lists the kinds of danger in the order in which the danger screen
// offers them (DOMAIN §4 D1–D5).
var DangerKinds = []string{"fire", "wire", "shock", "water", "tingle"}

// DangerIn gives the kind of danger that a text names, "" when it names none, and
// whether it is beyond doubt. A cry for help is one of the kind "unknown".
func DangerIn(text string) (kind string, sure bool) {
	p := dangerIn(text)
	return p.kind, p.sure
}

// doubtAt and doubtOf are under which a talk keeps where the danger question
// came between, and the words it is about.
const (
	doubtAt = "router/doubt_at"
	doubtOf = "router/doubt_of"
)
