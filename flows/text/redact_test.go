package text_test

import (
	"testing"

	"powerdesk/flows/text"
)

func TestTheNumberOfABankCardIsRedacted(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"卡号6222021234567890123":                       "卡号[****]",
		"6222 0212 3456 7890 123 建行":                  "[****] 建行",
		"4111-1111-1111-1111":                         "[****]",
		"４１１１１１１１１１１１１１１１":                            "[****]",
		"Amex 378282246310005 ok":                     "Amex [****] ok",
		"两张 4111111111111111，5500005555555559":        "两张 [****]，[****]",
		"6222\u00a00212\u00a03456\u00a07890\u00a0123": "[****]",
		"6222　0212　3456　7890　123":                     "[****]",
		"6222  0212\n3456 7890 123":                   "[****]",
		"6222－0212－3456－7890－123":                     "[****]",
		// Nobody's bank card.
		"13800000001":             "13800000001",
		"13800000001 13900000002": "13800000001 13900000002",
		"户号 1234567890":           "户号 1234567890",
		"表号 000123456789":         "表号 000123456789",
		"1301130001000012345678":  "1301130001000012345678", // a meter's asset number has 22 digits
		"4111111111111112":        "4111111111111112",       // the check digit is another
		"":                        "",
	} {
		got, found := text.RedactCards(written)
		if got != want || found != (got != written) {
			t.Errorf("RedactCards(%q) = %q, %t; want %q", written, got, found, want)
		}
	}
}
