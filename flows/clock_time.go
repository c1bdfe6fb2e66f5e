package flows

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

var (
	clockTime = regexp.MustCompile(`^(下午|晚上|pm)?(\d{1,2})(?:[:点时](\d{1,2})?分?|点(半))$`)
	inMinutes = regexp.MustCompile(`^(\d{1,3})(?:分钟?|min(?:ute)?s?)?后?$`)
	inHours   = regexp.MustCompile(`^(半|\d{1,2})个?(?:小时|钟头|h(?:ours?)?)(半)?后?$`)
)

// aheadFor is how far ahead a typed time of day may lie; what would be further
// is a time of today that has passed.
const aheadFor = 12 * time.Hour

// ReadTime reads when somebody means to be there: "20:40", "8点半", "25分钟", "25",
// "半小时", "1h". A time of day that has passed today and is not soon tomorrow is
// given as it was: in the past. False = it is no time.
func ReadTime(text string, now time.Time) (time.Time, bool) {
	text = strings.ToLower(norm.NFKC.String(strings.TrimSpace(text)))
	text = strings.NewReplacer(" ", "", "到", "", "大概", "", "大约", "", "再", "").Replace(text)
	if m := inMinutes.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return now.Add(time.Duration(n) * time.Minute), true
	}
	if m := inHours.FindStringSubmatch(text); m != nil {
		half, hours := time.Duration(0), 0
		if m[1] == "半" || m[2] != "" {
			half = 30 * time.Minute
		}
		if m[1] != "半" {
			hours, _ = strconv.Atoi(m[1])
		}
		return now.Add(time.Duration(hours)*time.Hour + half), true
	}
	m := clockTime.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if m[4] != "" {
		minute = 30
	}
	if m[1] != "" && hour < 12 {
		hour += 12
	}
	if hour > 24 || minute > 59 {
		return time.Time{}, false
	}
	return soonest(hour, minute, m[1] == "" && hour < 12, now), true
}

// soonest gives the time of day that is meant: today, this evening when only
// "8点" was said, or soon after midnight; else today, though it has passed.
func soonest(hour, minute int, either bool, now time.Time) time.Time {
	today := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, now.Location())
	all := []time.Time{today, today.AddDate(0, 0, 1)}
	if either {
		all = append(all, today.Add(12*time.Hour))
	}
	best := today
	for _, at := range all {
		if ahead := at.Sub(now); ahead > 0 && ahead <= aheadFor && (!best.After(now) || at.Before(best)) {
			best = at
		}
	}
	return best
}
