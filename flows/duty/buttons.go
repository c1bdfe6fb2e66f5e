package duty

import (
	"slices"
	"strconv"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// item is one button: what it asks for, with which choice, and the key of its
// label.
type item struct {
	action, arg, key string
}

// items are the buttons of a move: one, or one for each thing that can be chosen.
// Of a choice of a choice, those that go on from the first.
func (m move) items(c *county.County, j *job.Job, own *job.Claim, of string) []item {
	if drawn := m.while == nil || m.while(j) || own != nil && m.own != nil && m.own(j, own); !drawn {
		return nil
	}
	if m.codes == nil {
		return []item{{action: m.action, key: m.label}}
	}
	var all []item
	for _, code := range m.codes(c, j) {
		rest, follows := strings.CutPrefix(code, of+".")
		switch {
		case of != "" && !follows:
			continue
		case of == "":
			rest = code
		}
		it := item{action: m.action, arg: code, key: m.label}
		if strings.HasSuffix(m.label, ".") {
			it.key += rest
		}
		all = append(all, it)
	}
	return all
}

// offered are the buttons of a choice, or of the card itself, but for those that
// take the job and those that open an empty choice. Own is whose card it is, or nil
// on the group's.
func offered(c *county.County, j *job.Job, own *job.Claim, moves []move, menu string) (all []item) {
	in, of, _ := strings.Cut(menu, "/")
	for _, m := range moves {
		if m.in == in && !m.takes && (m.opens == "" || len(offered(c, j, own, moves, m.opens)) > 0) {
			all = append(all, m.items(c, j, own, of)...)
		}
	}
	return all
}

// answersTo are the buttons below a question of the desk's: those moves that answer
// it with one press.
func answersTo(c *county.County, j *job.Job, question string) (all []item) {
	for _, m := range movesOf(j, j.Room() == job.Clerks) {
		if slices.Contains(m.to, question) {
			all = append(all, m.items(c, j, nil, "")...)
		}
	}
	return all
}

// buttons are a card's buttons: of the state, or of a choice that was opened; of the
// credit, when the card is the clerk's. In an opened choice of the group's card what
// takes the job stays, last, so that nobody is kept out by it.
func buttons(t *talk.Turn, j *job.Job, own *job.Claim, credit bool, menu string, l words.Lang) [][]talk.Inline {
	c, moves := t.Desk.County, movesOf(j, credit || j.Room() == job.Clerks)
	if !j.Live() || j.State == job.Restored || credit && !j.TopUp.Waits() {
		menu = inAfter
	}
	all := offered(c, j, own, moves, menu)
	var takes []item
	for _, m := range moves {
		if m.takes && own == nil && menu != inAfter {
			takes = m.items(c, j, nil, "")
		}
	}
	switch menu {
	case inAfter:
	case "":
		all = append(takes, all...)
	default:
		all = append(append(all, offered(c, j, own, moves, back.in)...), takes...)
	}
	return draw(credit || j.Room() == job.Clerks, j, all, l)
}

// draw writes items as buttons, two side by side. Those of the clerks' cards say so: a
// question that the clerks have is answered with the crew's buttons, pressed by clerks.
func draw(clerks bool, j *job.Job, all []item, l words.Lang) [][]talk.Inline {
	var rows [][]talk.Inline
	for i, it := range all {
		data := talk.Button{Job: j.No, Clerks: clerks, Action: it.action, Epoch: j.Epoch, Arg: it.arg}.Data()
		button := talk.Inline{Text: words.Plain(l, j.Phrase(it.key), words.Args{"N": it.arg}), Data: data}
		if i%2 == 1 {
			rows[len(rows)-1] = append(rows[len(rows)-1], button)
			continue
		}
		rows = append(rows, []talk.Inline{button})
	}
	return rows
}

// amounts are the sums that a clerk may have bought, in yuan.
func amounts(c *county.County, _ *job.Job) (all []string) {
	for _, n := range c.Urgent.Amounts {
		all = append(all, strconv.Itoa(n))
	}
	return all
}
