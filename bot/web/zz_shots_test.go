package web

import (
	"os"
	"testing"
	"fmt"
	"github.com/chromedp/chromedp"
)

func shot(p *tab, name string) {
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil { p.t.Fatal(err) }
	if err := os.WriteFile("/tmp/shots-web/"+name+".png", png, 0o644); err != nil { p.t.Fatal(err) }
}

func TestShots(t *testing.T) {
	os.MkdirAll("/tmp/shots-web", 0o755)
	for _, s := range []struct{name string; on screen}{
		{"wide", screen{width: 1600, height: 950}},
		{"wide-dark", screen{width: 1600, height: 950, dark: true}},
		{"tablet", screen{width: 820, height: 1180}},
		{"tablet-dark-en", screen{width: 820, height: 1180, dark: true, query: "?lang=en"}},
		{"phone", screen{width: 390, height: 844, touch: true}},
		{"phone-dark", screen{width: 390, height: 844, touch: true, dark: true}},
		{"phone-en", screen{width: 360, height: 780, touch: true, query: "?lang=en"}},
		{"wide-en", screen{width: 1600, height: 950, query: "?lang=en"}},
		{"huge", screen{width: 2560, height: 1300}},
	} {
		p := open(t, busyDesk, s.on)
		p.waitFor(`[...document.images].every(i => i.complete)`, "images")
		shot(p, s.name)
	}
}
func TestShots2(t *testing.T) {
	p := open(t, emptyDesk, desktop)
	p.desk.say(hallGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "夜间充值"})
	p.desk.say(dutyGroup, message{From: deskBot, Name: "bot", Bot: true, HTML: "新单", Buttons: [][]button{{{Text:"✋ 我去", Data:"x"}}}})
	p.desk.say(dutyGroup, message{From: deskBot, Name: "吴桥用电服务台", Bot: true, HTML: "新单", Kind:"photo", File: "/try/file/1"})
	p.desk.say(dutyGroup, message{From: zhaoMin, Name: "赵敏", Kind:"voice"})
	p.desk.say(dutyGroup, message{From: zhaoMin, Name: "赵敏", Kind:"document"})
	p.desk.say(dutyGroup, message{From: zhaoMin, Name: "赵敏", Kind:"video"})
	p.desk.toast(zhaoMin, dutyGroup, "这单王强已经接了,谢谢", false)
	p.desk.toast(zhaoMin, zhaoMin, "这单王强已经接了,谢谢您", false)
	p.desk.toast(wangQiang, dutyGroup, "这单要有资质的人才能接。您可以在旁边守着,别让人靠近。", true)
	p.waitFor(`document.querySelector('dialog')`, "x")
	shot(p, "empty-alert")
	p.click(`dialog [data-choice="ok"]`)
	p.click(phone(wangQiang,wangQiang)+" [data-attach]")
	shot(p, "attach")
	p.keys("\u001b")
	p.click(phone(wangQiang,wangQiang)+" .commands")
	shot(p, "commands")
	p.click(`.menu [data-item="status"]`)
	p.click(phone(wangQiang,wangQiang)+" [data-attach]")
	p.click(`.menu [data-item="location"]`)
	shot(p, "location")
	p.click(`dialog [data-choice="yes"]`)
	p.click(`[data-at="another"]`)
	shot(p, "another")
	p.click(`dialog [data-choice=""]`)
	p.desk.setRefuse("您不在这个群里。")
	p.choose("group:"+fmt.Sprint(dutyGroup), liuYang)
	p.click("[data-join]")
	p.click(fmt.Sprintf(`[data-tab="group:%d"]`, hallGroup))
	p.desk.cut(true)
	p.waitFor(`!document.querySelector('[data-at="notice"]').hidden`, "n")
	shot(p, "scrolled")

	p = open(t, busyDesk, screen{width: 390, height: 844, touch: true, dark: true})
	p.click(fmt.Sprintf(`[data-tab="group:%d"]`, dutyGroup))
	shot(p, "m-duty")
	p.click(`[data-tab="volunteer:0"]`)
	p.click(phone(wangQiang,wangQiang)+" [data-attach]")
	shot(p, "m-attach")
	p.click(`.menu [data-item="photo"]`)
	shot(p, "m-photo")
}
