package text_test

import (
	"testing"
	"time"

	"powerdesk/flows/text"
)

// A volunteer types when they will be there, as people write it.
func TestReadTime(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 8*60*60)
	evening := time.Date(2026, 11, 23, 19, 40, 30, 0, zone)
	night := time.Date(2026, 11, 23, 23, 50, 0, 0, zone)
	morning := time.Date(2026, 11, 23, 7, 5, 0, 0, zone)
	noon := time.Date(2026, 11, 23, 13, 0, 0, 0, zone)
	justEight := time.Date(2026, 11, 23, 20, 5, 0, 0, zone)
	midnight := time.Date(2026, 11, 24, 0, 10, 0, 0, zone)
	for _, tt := range []struct {
		text string
		now  time.Time
		want string // "" = it is no time
	}{
		{"20:40", evening, "23 20:40:00"},
		{"20：40", evening, "23 20:40:00"},
		{"20点40", evening, "23 20:40:00"},
		{"大约20点半到", evening, "23 20:30:00"},
		{"8点半", evening, "23 20:30:00"},
		{"晚上8点", evening, "23 20:00:00"},
		{"25", evening, "23 20:05:30"},
		{"25分钟", evening, "23 20:05:30"},
		{"再25分钟", evening, "23 20:05:30"},
		{"25 minutes", evening, "23 20:05:30"},
		{"半小时", evening, "23 20:10:30"},
		{"十分钟", evening, "23 19:50:30"},
		{"二十五分钟", evening, "23 20:05:30"},
		{"一刻钟", evening, "23 19:55:30"},
		{"1小时20分", evening, "23 21:00:30"},
		{"8:40pm", evening, "23 20:40:00"},
		{"7:00", morning, "23 07:00:00"},   // past
		{"8点", justEight, "23 20:00:00"},   // past, and not tomorrow morning
		{"23:50", midnight, "23 23:50:00"}, // past
		{"99小时", evening, ""},
		{"两点半", noon, "23 14:30:00"},
		{"1小时半", evening, "23 21:10:30"},
		{"2h", evening, "23 21:40:30"},
		{"00:20", night, "24 00:20:00"},
		{"0点20", night, "24 00:20:00"},
		{"8:00", morning, "23 08:00:00"},
		{"19:00", evening, "23 19:00:00"}, // past: the caller asks again
		{"马上", evening, ""},
		{"25:70", evening, ""},
		{"1390000000", evening, ""},
		{"", evening, ""},
	} {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, ok := text.ReadTime(tt.text, tt.now)
			if want := tt.want; ok != (want != "") || ok && got.Format("02 15:04:05") != want {
				t.Errorf("ReadTime(%q) = %s, %v; want %q", tt.text, got.Format("02 15:04:05"), ok, want)
			}
		})
	}
}
