package text_test

import (
	"testing"

	"powerdesk/flows/text"
)

// A Chinese phrase is found anywhere, a Latin one as whole words.
func TestOccurrences(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, phrase string
		want               int
	}{
		{"nothing", "", "冒烟", 0},
		{"no phrase", "冒烟", "", 0},
		{"twice", "冒烟了又冒烟", "冒烟", 2},
		{"with a small word between", "电线也掉了", "电线掉", 1},
		{"with another word between", "电线没掉", "电线掉", 0},
		{"ends in a small word", "电线也", "电线掉", 0},
		{"a Latin word", "fire!", "fire", 1},
		{"part of a Latin word", "firefly wildfire", "fire", 0},
		{"beside a Chinese word", "有fire了", "fire", 1},
		{"overlapping", "麻麻麻", "麻麻", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := len(text.Occurrences(tt.text, tt.phrase)); got != tt.want {
				t.Errorf("%d occurrences of %q in %q, want %d", got, tt.phrase, tt.text, tt.want)
			}
		})
	}
}
