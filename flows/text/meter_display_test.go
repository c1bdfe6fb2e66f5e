package text_test

import (
	"testing"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// DOMAIN §3.3: what a meter shows and what it means.
func TestMeterAdvice(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"meter":             {"Err-01", "err-2", "ERR 03", "错误05", "Er-06", "06"},
		"battery":           {"Err-04", "Er 08", "显示08", "8"},
		"rewrite":           {"Err-10", "11", "代码16", "error 16"},
		"foreign":           {"Err-12", "电表显示 Err12 怎么办", "错误码12"},
		"count":             {"13", "Er13"},
		"hoard":             {"Err-14", "囤积"},
		"early":             {"18", "Err-18", "err18", "Ｅｒｒ－１８", "显示Err-18。"},
		"first":             {"21", "Err-22"},
		"turn":              {"23", "24", "Err-25", "26", "27", "28", "读卡失败", "card fail"},
		"overload":          {"51", "Err-51", "过载", "overload", "电表显示过负荷"},
		"report":            {"52", "54", "55", "56"},
		"high":              {"Err-53", "53"},
		"overdraft":         {"透支", "overdraft"},
		text.AdviceBuy:      {"请购电", "拉闸", "余额不足", "欠费了", "buy", "no credit", "屏幕上写着请购电"},
		"" /* to people */ : {"99", "Err-99", "7", "Err-118", "123456", "什么都没有", "", "00", "电表坏了", "3号楼", "-12.5"},
	} {
		for _, shown := range texts {
			if got := text.MeterAdvice(shown); got != want {
				t.Errorf("MeterAdvice(%q) = %q, want %q", shown, got, want)
			}
		}
		if want != "" && !words.Has(words.EN, "topup.advice."+want) {
			t.Errorf("no sentence for the advice %q", want)
		}
	}
}
