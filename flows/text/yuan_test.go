package text_test

import (
	"testing"

	"powerdesk/flows/text"
)

// Sums of money as people write them, and what is none.
func TestYuan(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"100": "100", "100元": "100", "¥100": "100", "１５０ 元": "150", "50块钱": "50", "200 rmb": "200", "100 yuan": "100", "5000": "5000",
		"0": "", "-5": "", "49.50元": "", "１０．５": "", "100元。": "100", "1,000": "1000", "5001": "", "99999999999999999999": "", "1.5": "", "一百": "", "": "", "元": "", "100或200": "", "13900000001": "",
	} {
		if got, ok := text.Yuan(said); got != want || ok != (want != "") {
			t.Errorf("Yuan(%q) = %q, %v; want %q", said, got, ok, want)
		}
	}
}
