package telegram

import (
	"strings"
	"testing"

	"powerdesk/flows/words"
)

func TestCommand(t *testing.T) {
	t.Parallel()
	type parts struct {
		name, bot, args string
		ok              bool
	}
	for text, want := range map[string]parts{
		"/start":                          {"start", "", "", true},
		"/start abc_-9":                   {"start", "", " abc_-9", true},
		"/Job@PowerdeskBot\n12":           {"Job", "PowerdeskBot", "\n12", true},
		"/job\u300012":                    {"job", "", "\u300012", true},
		"/" + strings.Repeat("a", 32):     {strings.Repeat("a", 32), "", "", true},
		"/" + strings.Repeat("a", 33):     {},
		"/":                               {},
		"/ 5":                             {},
		"//":                              {},
		"/12号楼":                           {},
		"/report-for 王家":                  {"report_for", "", " 王家", true},
		"/Report-For@PowerdeskBot":        {"Report_For", "PowerdeskBot", "", true},
		"/a-b-c":                          {"a_b_c", "", "", true},
		"/12-3号楼":                         {},
		"/12-3":                           {},
		"/start-":                         {},
		"/-start":                         {},
		"/a--b":                           {},
		"/report-for，谢谢":                  {},
		"/start，谢谢":                       {},
		"/@PowerdeskBot":                  {},
		"/job@Powerdesk-Bot":              {},
		"/job@" + strings.Repeat("a", 33): {},
		" /start":                         {},
		"\u200b/start":                    {},
		"／start":                          {},
		"start":                           {},
		"":                                {},
	} {
		var got parts
		if got.name, got.bot, got.args, got.ok = command(text); !got.ok {
			got = parts{}
		}
		if got != want {
			t.Errorf("command(%+q) = %+v, want %+v", text, got, want)
		}
	}
}

func TestLang(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]words.Lang{
		"": words.ZH, "zh": words.ZH, "zh-hans": words.ZH, "ZH-TW": words.ZH, "en": words.EN, "en-US": words.EN, "ug": words.EN,
	} {
		if got := lang(code); got != want {
			t.Errorf("lang(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestPhone(t *testing.T) {
	t.Parallel()
	for shared, want := range map[string]string{
		"8613812345678":          "+8613812345678",
		"+86 138-1234-5678":      "+8613812345678",
		"13812345678":            "+8613812345678",
		"0317 7271234":           "+863177271234",
		"447911123456":           "+447911123456",
		"+1 (650) 253-0000":      "+16502530000",
		"95598":                  "95598",
		"一二三":                    "",
		"+":                      "",
		"1+2":                    "12",
		strings.Repeat("7", 500): strings.Repeat("7", 20),
	} {
		if got := phone(shared); got != want {
			t.Errorf("phone(%q) = %q, want %q", shared, got, want)
		}
	}
}
