package config

import (
	"regexp"
	"strconv"
)

// mostPosts is how often a day the group may be told who is on duty: more would
// bury the jobs between them.
const mostPosts = 4

// posts reads the times of day at which the group is told who is on duty, in
// the morning and in the evening when nothing is written (PRODUCT V7).
func (d *desk) posts(v value) {
	d.county.Posts = []int{8 * 60, 20 * 60}
	if v.node == nil {
		return
	}
	mistakes := len(d.problems)
	times := list(v, "a time of the day", func(v value) value { return v })
	if len(d.problems) == mistakes && (len(times) == 0 || len(times) > mostPosts) {
		v.wrong(`write 1 to `+strconv.Itoa(mostPosts)+` times, such as ["08:00", "20:00"]`, "posts has %d times", len(times))
	}
	d.county.Posts = nil
	for i, at := range times {
		minute, ok := at.clock()
		if ok && len(d.problems) == mistakes && i > 0 && minute <= d.county.Posts[i-1] {
			at.wrong("write the times in order, each once", "the time is not after the one before it")
		}
		d.county.Posts = append(d.county.Posts, minute)
	}
}

var clockPattern = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})$`)

// clock reads "08:00" as minutes after midnight.
func (v value) clock() (minute int, ok bool) {
	text, ok := v.word()
	if !ok {
		if v.missing() {
			v.wrong(`write "08:00"`, "%s is empty", v.name)
		}
		return 0, false
	}
	m := clockPattern.FindStringSubmatch(plain(text))
	if m == nil {
		v.wrong(`write "08:00"`, "%q is no time of the day", text)
		return 0, false
	}
	hours, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	if hours > 23 || minutes > 59 {
		v.wrong("write a time from 00:00 to 23:59", "%q is no time of the day", text)
		return 0, false
	}
	return hours*60 + minutes, true
}
