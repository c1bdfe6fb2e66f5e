package talk

import "strconv"

// SelfSolved counts a fault that the person has put right at home, and sets the
// question for later whether it held (PRODUCT R6). How names what helped.
func (t *Turn) SelfSolved(how string) {
	t.Do(Log{At: t.E.At, Who: "resident", What: "self_solved", Note: how})
	t.Do(Remind{
		Name: alarmFlow + "/" + strconv.FormatInt(t.S.Chat, 10), At: t.Desk.County.Daytime(t.E.At.Add(t.Desk.County.Timers.Solved)), Chat: t.S.Chat,
	})
}
