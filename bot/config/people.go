package config

import (
	"fmt"

	"powerdesk/flows/county"
)

// chats reads the groups. Who is in a group sees what the desk says there, so
// no two may be the same.
func (d *desk) chats(v value) (c county.Chats) {
	v.fields(func(f *fields) {
		for _, chat := range []struct {
			key string
			id  *int64
		}{{"duty", &c.Duty}, {"hall", &c.Hall}, {"leader", &c.Leader}} {
			id := f.get(chat.key)
			*chat.id = id.integer()
			if what, remedy := chatProblem(*chat.id); what != "" {
				id.wrong(remedy, "%s", what)
			}
			if *chat.id != 0 {
				d.unique("chat", fmt.Sprint(*chat.id), id)
			}
		}
	})
	return c
}

// chatProblem says what is wrong with a group's id; 0 is a group that is not
// set. Telegram's groups have negative ids, people positive ones.
func chatProblem(id int64) (what, remedy string) {
	if id <= 0 {
		return "", ""
	}
	return fmt.Sprintf("%d is a person's id, not a group's", id),
		"write the negative number that the bot says when it is added to the group, such as -1001234567890"
}

// roster reads the team. Two different people go to every job (DOMAIN §1 row
// 16), and when they do not, a leader is called.
func (d *desk) roster(v value) {
	d.county.Roster = records(v, "a member", d.member)
	if v.missing() {
		return
	}
	if n := len(d.people(volunteer)); n < 2 {
		v.wrong("write at least two members who are not only clerks", "the roster has %d of the two people that every job needs", n)
	}
	if len(d.people(func(m county.Member) bool { return m.Leader })) == 0 {
		v.wrong("write leader: true for whom the desk calls when nobody comes", "the roster has no leader")
	}
	if len(d.people(clerk)) == 0 {
		v.doubtful("write clerk: true for who tops up cards at night", "the roster has no clerk")
	}
	if n := len(d.people(func(m county.Member) bool { return m.Qualified || m.Squad })); n < 2 {
		v.doubtful("write qualified: true for who is trained, or squad: true", "%d of the two people that dangerous work needs may do it", n)
	}
}

// people gives the names of those of the roster who are meant.
func (d *desk) people(meant func(county.Member) bool) (names []string) {
	for _, m := range d.county.Roster {
		if meant(m) {
			names = append(names, m.Name)
		}
	}
	return names
}

func clerk(m county.Member) bool { return m.Clerk }

// volunteer says whether a member goes to jobs: one who is only a clerk does not.
func volunteer(m county.Member) bool { return m.Leader || !m.Clerk }

// longestPersonID is the largest id Telegram gives: 52 bits (Bot API, User).
const longestPersonID = 1<<52 - 1

func (d *desk) member(f *fields, m *county.Member) {
	name := f.need("name", "the name the group knows")
	m.Name = name.str()
	if first, ok := d.used["member/"+m.Name]; ok && m.Name != "" {
		name.doubtful("write what tells them apart", "%s is also in line %d: the group cannot tell who is going", m.Name, first.at.Line)
	}
	d.used["member/"+m.Name] = name
	id := f.get("id")
	m.ID = id.integer()
	switch {
	case m.ID < 0:
		id.wrong("write the person's own number", "%d is a group's id, not a person's", m.ID)
	case m.ID > longestPersonID:
		id.wrong("write the person's numeric id", "%d is not a Telegram id", m.ID)
	case m.ID > 0:
		d.unique("Telegram id", fmt.Sprint(m.ID), id)
	}
	m.Leader = f.get("leader").boolean()
	m.Clerk = f.get("clerk").boolean()
	m.Qualified = f.get("qualified").boolean()
	m.Squad = f.get("squad").boolean()
	m.Example = f.get("example").boolean()
}
