package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPageLaysOutEveryChatOfTheDesk(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	got := eval[[]string](p, `[...document.querySelectorAll('section.phone')].map((s) => s.dataset.chat + ' as ' + s.dataset.viewer)`)
	want := []string{
		fmt.Sprintf("%d as %d", grandma, grandma),
		fmt.Sprintf("%d as %d", dutyGroup, wangQiang),
		fmt.Sprintf("%d as %d", wangQiang, wangQiang),
		fmt.Sprintf("%d as %d", zhaoMin, zhaoMin),
		fmt.Sprintf("%d as %d", hallGroup, clerkSun),
		fmt.Sprintf("%d as %d", leadGroup, leaderZhou),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("phones on the table (-want +got):\n%s", diff)
	}
}

func TestMessageShowsWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	tests := map[string]struct{ selector, want string }{
		"own text on the right":      {resident + ` .row.mine[data-message="3"] .bubble`, "没电了"},
		"bold as sent":               {resident + ` [data-message="2"] b`, "吴桥用电服务台"},
		"emergency number to call":   {resident + ` [data-message="2"] a[href="tel:119"]`, "119"},
		"caption under the photo":    {resident + ` [data-kind="photo"] .text`, "黄灯亮着"},
		"phone number of a contact":  {resident + ` [data-kind="contact"] a[href="tel:+8613803170001"]`, "+86 138 0317 0001"},
		"name of a contact":          {resident + ` [data-kind="contact"] strong`, "李桂花"},
		"edited mark":                {resident + ` [data-message="14"] .marks`, "已编辑"},
		"name in a group":            {phone(dutyGroup, wangQiang) + ` [data-message="4"] .name`, "赵敏"},
		"quoted message":             {phone(dutyGroup, wangQiang) + ` [data-message="6"] .quote`, "1123-07"},
		"service message":            {phone(dutyGroup, wangQiang) + ` .service[data-message="1"]`, "加入了群组"},
		"members under the title":    {phone(dutyGroup, wangQiang) + ` .subtitle`, "3 位成员"},
		"voice message":              {resident + ` [data-kind="voice"] .small`, "语音"},
		"coordinates of a location":  {resident + ` [data-kind="location"] .where`, "37.6283, 116.3915"},
		"protected details":          {phone(wangQiang, wangQiang) + ` .row.protected [data-press="go:1123-07"]`, "出发"},
		"date line above old talk":   {resident + ` .service.day`, "昨天"},
		"an English desk in English": {resident + ` .subtitle`, "机器人"},
	}
	for name, tt := range tests {
		if got := p.text(tt.selector); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s shows %q, want %q in it", name, tt.selector, got, tt.want)
		}
	}
	p.waitFor(`[...document.querySelectorAll('img.picture')].filter((i) => i.naturalWidth === 480).length === 1`, "the photo is loaded")
}

func TestEditReplacesTheMessage(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	duty := phone(dutyGroup, wangQiang)
	before := eval[int](p, fmt.Sprintf(`document.querySelectorAll('%s .row').length`, duty))
	p.desk.say(dutyGroup, message{ID: 5, From: deskBot, Name: "吴桥用电服务台", Bot: true, HTML: "<b>1123-07</b> 两人已接单"})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-message="5"]').innerText.includes('两人已接单')`, duty), "the card is redrawn")
	if got := eval[int](p, fmt.Sprintf(`document.querySelectorAll('%s .row').length`, duty)); got != before {
		t.Errorf("messages after the edit: %d, want %d as before", got, before)
	}
	if got := eval[int](p, fmt.Sprintf(`document.querySelectorAll('%s [data-message="5"] [data-press]').length`, duty)); got != 0 {
		t.Errorf("buttons after an edit without any: %d, want none", got)
	}
}

func TestGoneMessageDisappears(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.desk.remove(dutyGroup, 4)
	p.waitFor(fmt.Sprintf(`!document.querySelector('%s [data-message="4"]')`, phone(dutyGroup, wangQiang)), "the deleted message is gone")
}

func TestTypingShowsUntilTheMessage(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	subtitle := fmt.Sprintf(`document.querySelector('%s .subtitle').innerText`, phone(grandma, grandma))
	p.desk.typing(grandma)
	p.waitFor(subtitle+` === '正在输入…'`, "the header says that the bot is typing")
	p.desk.say(grandma, message{From: deskBot, Name: "bot", Bot: true, HTML: "好"})
	p.waitFor(subtitle+` === '机器人'`, "the message ends it")
}

func TestHostileHTMLStaysText(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, screen{width: 1600, height: 950, hostile: true})
	hostile := []string{
		`<img src=x onerror="document.title='owned'">`,
		`<script>document.title='owned'</script>`,
		`<svg onload="document.title='owned'"></svg><iframe src="//evil.example"></iframe>`,
		`<a href="javascript:document.title='owned'">tap</a>`,
		`<b onclick="document.title='owned'" style="position:fixed;inset:0" class="page">bold</b>`,
		`<form action="//evil.example"><button>go</button></form><style>body{display:none}</style>`,
	}
	for _, html := range hostile {
		p.desk.say(grandma, message{From: deskBot, Name: `<i>x</i>`, Bot: true, HTML: "before " + html + " after"})
	}
	last := p.desk.say(grandma, message{From: grandma, Name: "李奶奶", HTML: escape(`<b>我</b> & <img src=x>`)})
	row := fmt.Sprintf(`%s [data-message="%d"]`, phone(grandma, grandma), last)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s')`, row), "the last message came")
	if got := p.text(row + " .text"); !strings.HasPrefix(got, `<b>我</b> & <img src=x>`) {
		t.Errorf("a typed tag shows as %q, want it as typed", got)
	}
	forbidden := fmt.Sprintf(`[...document.querySelectorAll('%s .text *')].filter((e) => !e.closest('.marks')).filter((e) =>
		!['B','A','I','U','S','CODE','PRE','BLOCKQUOTE','BUTTON','SPAN'].includes(e.nodeName) || e.hasAttribute('onclick') || e.hasAttribute('style') || /^javascript:/.test(e.href ?? '') || e.classList.contains('page')).map((e) => e.outerHTML)`, phone(grandma, grandma))
	if got := eval[[]string](p, forbidden); len(got) != 0 {
		t.Errorf("elements that must not come out of a message: %v", got)
	}
	if got := p.text(phone(grandma, grandma) + " .log"); strings.Contains(got, "document.title=") || strings.Contains(got, "display:none") {
		t.Errorf("a script or style is shown as text: %q", got)
	}
	if got := eval[string](p, `document.title`); got != "Powerdesk · 用电服务台" {
		t.Errorf("title is %q: a message ran a script", got)
	}
	if got := eval[string](p, `getComputedStyle(document.body).display`); got != "flex" {
		t.Errorf("body is displayed as %q: a message brought a style", got)
	}
}

func TestNumbersToCallAreLinksAndOtherNumbersAreNot(t *testing.T) {
	t.Parallel()
	p := open(t, emptyDesk, desktop)
	tests := map[string]struct {
		text string
		want []string
	}{
		"all three":          {"着火打119,伤人打 120,急事打95598。", []string{"tel:119", "tel:120", "tel:95598"}},
		"end of a sentence":  {"Fire: call 119. Injury: 120.", []string{"tel:119", "tel:120"}},
		"an amount":          {"充 120 元,120元,¥120,$119", nil},
		"a measure":          {"120 kW, 119 minutes, 120分钟, 120 V", nil},
		"inside a number":    {"1120-07, 11900, 2.119, 119.5, 119-2", nil},
		"a mobile":           {"电话 13803170001\n单元门密码请问", []string{"tel:13803170001"}},
		"a foreign form":     {"📱 +8613900000001", []string{"tel:+8613900000001"}},
		"a landline":         {"0317-7340000 白天有人", []string{"tel:03177340000"}},
		"a date and a time":  {"2026-11-20 1:20", nil},
		"an account number":  {"户号 1303170001234567", nil},
		"inside a long code": {"<code>119</code>", nil},
	}
	for name, tt := range tests {
		id := p.desk.say(wangQiang, message{From: deskBot, Name: "bot", Bot: true, HTML: tt.text})
		row := fmt.Sprintf(`%s [data-message="%d"]`, phone(wangQiang, wangQiang), id)
		p.waitFor(fmt.Sprintf(`document.querySelector('%s')`, row), "the message came")
		got := eval[[]string](p, fmt.Sprintf(`[...document.querySelectorAll('%s a')].map((a) => a.getAttribute('href'))`, row))
		if len(got) != len(tt.want) || (len(got) > 0 && !cmp.Equal(tt.want, got)) {
			t.Errorf("%s: %q links %v, want %v", name, tt.text, got, tt.want)
		}
	}
}

func TestReaderWhoScrolledUpStaysThere(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	p.waitFor(fmt.Sprintf(`(() => { const l = document.querySelector('%s .log'); return l.scrollTop > 100 && l.scrollHeight - l.scrollTop - l.clientHeight < 2; })()`, resident), "the newest message is in sight")
	p.do(scrollTo(resident+" .log", 0))
	p.waitFor(fmt.Sprintf(`!document.querySelector('%s .down').hidden`, resident), "the arrow to the newest message appears")
	p.desk.say(grandma, message{From: deskBot, Name: "bot", Bot: true, HTML: "队员到了"})
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .down .badge').textContent === '1'`, resident), "the arrow counts what was missed")
	if got := eval[float64](p, fmt.Sprintf(`document.querySelector('%s .log').scrollTop`, resident)); got > 5 {
		t.Errorf("the list moved to %v while its reader was at the top", got)
	}
	p.click(resident + " .down")
	p.waitFor(fmt.Sprintf(`(() => { const l = document.querySelector('%s .log'); return l.scrollHeight - l.scrollTop - l.clientHeight < 2; })()`, resident), "the arrow leads to the newest message")
}
