package understand

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	account     = regexp.MustCompile(`(?:户号|表号|客户编号|编号|account|acct|a/c|meter number|meter no)[^\d]{0,14}(\d(?:[ -]?\d){5,12})(?:[^\d]|$)`)
	bareAccount = regexp.MustCompile(`(?:^|[^\d])(\d(?:[ -]?\d){5,12})(?:[^\d]|$)`)
	errorCode   = regexp.MustCompile(`(?:\be\.?r\.?r(?:or)?|\ber|\be|错误|故障码?|代码|\bcode)[- ._–—]*(?:code|number|no|后头|后面|加个|加|一个|是|,|为|号|码|显示|代码|and then|then|:| |\.){0,4}[- ]*(\d{1,2}|[零一二三四五六七八九十]{1,3}|[a-z]+(?:[- ][a-z]+)?)`)
	codeAhead   = regexp.MustCompile(`(\d{1,2})号(?:错误|故障)|(?:表|屏)[^,。]{0,3}(?:出|显|跳)[^,。\d]{0,4}(0\d|[1-5]\d)(?:[^\d.度]|$)|^(?:上面|表上|屏上)?显示的?是?(?:个|一个)?(0[1-8]|1[0-8]|2[1-8]|5[1-6]|十[一二三四六八]|二十[一二三四五六七八]|五十[一二三四五六]?)$`)
	bareNumber  = regexp.MustCompile(`(?:^|[^\d])(\d{1,2}|[一二三四五六七八九十]{1,3})(?:号|$|[^\d])`)
)

// accountSlots fills the household's number and the code that a meter shows.
func accountSlots(w *wording, screen string, slots Slots) {
	blank := w.blanked()
	m := account.FindStringSubmatchIndex(blank)
	if m == nil && screen == "topup/account" {
		m = bareAccount.FindStringSubmatchIndex(blank)
	}
	if m != nil {
		slots.put("account", strings.NewReplacer(" ", "", "-", "").Replace(blank[m[2]:m[3]]))
	}
	code := errorCode.FindStringSubmatch(blank)
	if code == nil {
		if m := codeAhead.FindStringSubmatch(blank); m != nil {
			code = []string{m[0], m[1] + m[2] + m[3]}
		}
	}
	if code == nil && screen == "topup/code" {
		code = bareNumber.FindStringSubmatch(blank)
	}
	if code == nil {
		return
	}
	if n, ok := spokenNumber(code[1]); ok && n < 100 {
		slots.put("code", fmt.Sprintf("%02d", n))
	}
}

// codeAlone is a code and nothing else: "E31", "err 99", 错误代码31.
var codeAlone = regexp.MustCompile(`^(?:(?:e\.?r\.?r(?:or)?|er|e|错误代?码?|故障代?码?|代码|code)[ -]*(?:code|number|no\.?)? ?\d{1,2}|显示[一二三四五六七八九十\d]{2,3})[ .。!]*$`)

// left is what a meter shows as the rest of the money or the units.
var left = regexp.MustCompile(`(?:余额|剩余?|还有|还剩|显示|\bshows?|\bsays|\breads|\bbalance(?: is)?|\bleft:?) ?(\d{1,4}(?:\.\d{1,2})?)(?:[^\d]|$)|^ ?(\d{1,4}(?:\.\d{1,2})?) ?(?:元|块|度|units|yuan)? ?$`)

// leftSlot fills a number that the meter shows, where the desk asks what it shows.
func leftSlot(w *wording, screen string, slots Slots) {
	if screen != "outage/meter" && screen != "topup/shows" || slots["code"] != "" {
		return
	}
	if m := left.FindStringSubmatch(w.blanked()); m != nil {
		slots.put("meter", m[1]+m[2])
	}
}
