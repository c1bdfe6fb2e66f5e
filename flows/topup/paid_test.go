package topup

import "testing"

// What somebody writes of a payment is kept without amounts and without numbers
// of accounts, cards and orders; when and where it was stays.
func TestWithoutMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"昨晚在微信交的":                     "昨晚在微信交的",
		"11月23日晚上7点半，村口小卖部":           "11月23日晚上7点半，村口小卖部",
		"2026-11-23 19:40":            "2026-11-23 19:40",
		"交了50元":                       "交了…",
		"¥100.50 支付宝":                 "… 支付宝",
		"100 yuan by WeChat":          "… by WeChat",
		"三块钱的事":                       "三块钱的事",
		"卡号 6222 0212 3456 7890，昨天":   "卡号 …，昨天",
		"订单4200002233202611231234567": "订单…",
		"6222-0212-3456-7890-123":     "…",
		"":                            "",
	} {
		if got := withoutMoney(text); got != want {
			t.Errorf("withoutMoney(%q) = %q, want %q", text, got, want)
		}
	}
}
