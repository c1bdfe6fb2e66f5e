package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

var (
	clockTime = regexp.MustCompile(`^(早上|上午|中午|下午|晚上|夜里)?(\d{1,2})(?:[:点时](\d{1,2})?分?|点(半))(am|pm)?$`)
	inMinutes = regexp.MustCompile(`^(\d{1,3})(?:分钟?|min(?:ute)?s?)?后?$`)
	inHours   = regexp.MustCompile(`^(半|\d{1,2})个?(?:小时|钟头|h(?:ours?)?)(半|\d{1,2}分钟?)?后?$`)
)

// aheadFor is how far ahead a typed time may lie, and pastFor how far back one
// that has just passed: "8点" typed at 20:05 is five minutes late, and not
// tomorrow morning.
const aheadFor, pastFor = 12 * time.Hour, 2 * time.Hour

// ReadTime reads when somebody means to be there: "20:40", "8点半", "25分钟", "25",
// "半小时", "1h". A time that has just passed is given as it was: in the past.
// False = it is no time, or too far ahead to be one.
func ReadTime(text string, now time.Time) (time.Time, bool) {
	text = strings.ToLower(norm.NFKC.String(strings.TrimSpace(text)))
	text = strings.NewReplacer(" ", "", "到", "", "大概", "", "大约", "", "再", "", "刻钟", "*15分钟").Replace(text)
	text = hanNumbers.ReplaceAllStringFunc(text, func(han string) string {
		if n := numberZH(strings.ReplaceAll(han, "两", "二")); n > 0 {
			return strconv.Itoa(n)
		}
		return han
	})
	text = quarters.Replace(text)
	var at time.Time
	if d, ok := readWait(text); ok {
		at = now.Add(d)
	} else if at, ok = readClock(text, now); !ok {
		return time.Time{}, false
	}
	return at, at.Sub(now) <= aheadFor
}

var (
	hanNumbers = regexp.MustCompile(`[一二两三四五六七八九十]+`)
	quarters   = strings.NewReplacer("1*15分钟", "15分钟", "2*15分钟", "30分钟", "3*15分钟", "45分钟")
)

// readWait reads "25分钟", "25", "半小时", "1小时20分".
func readWait(text string) (time.Duration, bool) {
	if m := inMinutes.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return time.Duration(n) * time.Minute, true
	}
	m := inHours.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	minutes, _ := strconv.Atoi(strings.TrimRight(m[2], "分钟"))
	if m[2] == "半" || m[1] == "半" {
		minutes = 30
	}
	hours, _ := strconv.Atoi(m[1])
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute, true
}

// readClock reads "20:40", "晚上8点半", "8:40pm".
func readClock(text string, now time.Time) (time.Time, bool) {
	m := clockTime.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if m[4] != "" {
		minute = 30
	}
	morning := m[1] == "早上" || m[1] == "上午" || m[5] == "am"
	afternoon := m[1] == "下午" || m[1] == "晚上" || m[5] == "pm"
	if afternoon && hour < 12 {
		hour += 12
	}
	if hour > 24 || minute > 59 {
		return time.Time{}, false
	}
	return nearest(hour, minute, hour < 12 && !morning && !afternoon, now), true
}

// nearest gives the time of day that is meant: one that has just passed, else
// the next one. With either, "8点" may be in the evening as well.
func nearest(hour, minute int, either bool, now time.Time) time.Time {
	today := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, now.Location())
	best := today.AddDate(0, 0, 1)
	for _, day := range []int{-1, 0, 1} {
		for _, half := range []time.Duration{0, 12 * time.Hour} {
			at := today.AddDate(0, 0, day).Add(half)
			if (half == 0 || either) && at.After(now.Add(-pastFor)) && at.Before(best) {
				best = at
			}
		}
	}
	return best
}
