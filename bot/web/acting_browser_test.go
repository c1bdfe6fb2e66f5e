package web

import (
	"fmt"
	"strings"
	"testing"

	cdpinput "github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

func TestPressingAnInlineButton(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	duty := phone(dutyGroup, wangQiang)
	p.click(duty + ` [data-message="5"] [data-press="claim:1123-07"]`)
	want := []act{{As: wangQiang, Chat: dutyGroup, Do: "press", Message: 5, Data: "claim:1123-07"}}
	if diff := cmp.Diff(want, p.waitActs(1)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	p.desk.toast(wangQiang, dutyGroup, "您已经接了这单", false)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .snack')?.innerText === '您已经接了这单'`, duty), "the toast shows in the phone that pressed")
	p.desk.toast(wangQiang, dutyGroup, "好，路上小心", false)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .snack')?.innerText === '好，路上小心'`, duty), "the next toast takes its place")
	if got := eval[int](p, `document.querySelectorAll('.snack').length`); got != 1 {
		t.Errorf("toasts shown: %d, want 1", got)
	}
	covered := fmt.Sprintf(`(() => { const b = document.querySelector('%s [data-message="7"] [data-press]').getBoundingClientRect();
		return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)?.closest('.snack') !== null; })()`, duty)
	if eval[bool](p, covered) {
		t.Error("the toast lies on the newest buttons")
	}
}

func TestAlertIsADialogThatEscapeCloses(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.desk.toast(wangQiang, dutyGroup, "这单要有资质的人才能接", true)
	p.desk.toast(wangQiang, dutyGroup, "第二条", true)
	p.waitFor(`document.querySelector('dialog[open]')?.innerText.includes('这单要有资质的人才能接')`, "the alert opens")
	if got := eval[int](p, `document.querySelectorAll('dialog[open]').length`); got != 1 {
		t.Errorf("dialogs open at once: %d, want 1", got)
	}
	p.keys(kb.Escape)
	p.waitFor(`document.querySelector('dialog[open]')?.innerText.includes('第二条')`, "the next alert follows")
	p.click(`dialog [data-choice="ok"]`)
	p.waitFor(`!document.querySelector('dialog')`, "the last alert is closed")
}

func TestReplyKeyboard(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	p.click(resident + ` [data-reply="1 朝上"]`)
	want := []act{{As: grandma, Chat: grandma, Do: "text", Text: "1 朝上"}}
	if diff := cmp.Diff(want, p.waitActs(1)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	p.waitFor(fmt.Sprintf(`[...document.querySelectorAll('%s .row.mine')].at(-1).innerText.includes('1 朝上')`, resident), "the answer stands in the chat")

	p.click(resident + ` [data-keyboard]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .keyboard').hidden`, resident), "the keyboard can be put away")
	p.desk.setKeyboard(grandma, &keyboard{Rows: [][]key{{{Text: "来了"}, {Text: "还没有"}}}, OneTime: true})
	p.click(resident + ` [data-reply="来了"]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .keyboard').hidden`, resident), "a keyboard for one answer folds after it")
	p.desk.setKeyboard(grandma, nil)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s [data-keyboard]').hidden && !document.querySelector('%s [data-reply]')`, resident, resident), "a removed keyboard is gone")
}

func TestContactAndLocationAskBeforeTheySend(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	p.click(resident + ` [data-reply="📞 发送电话"]`)
	p.click(`dialog [data-choice=""]`)
	p.waitFor(`!document.querySelector('dialog')`, "the question is closed")
	p.click(resident + ` [data-reply="📍 发送位置"]`)
	p.click(`dialog [data-choice="yes"]`)
	p.waitActs(1)
	p.click(resident + ` [data-reply="📞 发送电话"]`)
	p.click(`dialog [data-choice="yes"]`)
	want := []act{
		{As: grandma, Chat: grandma, Do: "location", Lat: 37.6325, Lon: 116.3931},
		{As: grandma, Chat: grandma, Do: "contact"},
	}
	if diff := cmp.Diff(want, p.waitActs(2)); diff != "" {
		t.Errorf("what the desk was told (-want +got), the refused contact not among it:\n%s", diff)
	}
}

func TestAttachments(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	resident := phone(grandma, grandma)
	p.click(resident + " [data-attach]")
	p.click(`.menu [data-item="photo"]`)
	p.write(`dialog input`, "电表这样")
	p.keys(kb.Enter)
	p.waitActs(1)
	p.click(resident + " [data-attach]")
	p.click(`.menu [data-item="voice"]`)
	p.waitActs(2)
	p.click(resident + " [data-attach]")
	p.click(`.menu [data-item="sticker"]`)
	p.waitActs(3)
	p.click(resident + " .commands")
	p.click(`.menu [data-item="status"]`)
	want := []act{
		{As: grandma, Chat: grandma, Do: "photo", Caption: "电表这样"},
		{As: grandma, Chat: grandma, Do: "voice"},
		{As: grandma, Chat: grandma, Do: "sticker"},
		{As: grandma, Chat: grandma, Do: "text", Text: "/status"},
	}
	if diff := cmp.Diff(want, p.waitActs(4)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
}

func TestTypingAndEnterSends(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	input := phone(grandma, grandma) + " [data-input]"
	p.write(input, "1")
	p.keys(kb.Enter)
	want := []act{{As: grandma, Chat: grandma, Do: "text", Text: "1"}}
	if diff := cmp.Diff(want, p.waitActs(1)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	if got := eval[string](p, fmt.Sprintf(`document.querySelector('%s').value`, input)); got != "" {
		t.Errorf("the field holds %q after sending, want it empty", got)
	}

	// Picking characters in an input method sends nothing, nor does Shift+Enter.
	call(p, cdpinput.ImeSetComposition, cdpinput.ImeSetCompositionParams{Text: "meidianle"})
	call(p, cdpinput.InsertText, cdpinput.InsertTextParams{Text: "没电了"})
	p.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierShift)))
	p.keys("2")
	p.click(phone(grandma, grandma) + " [data-send]")
	want = append(want, act{As: grandma, Chat: grandma, Do: "text", Text: "没电了\n2"})
	if diff := cmp.Diff(want, p.waitActs(2)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
}

func TestRefusalIsASentenceAndTheTextComesBack(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.desk.setRefuse("您不在这个群里。")
	resident := phone(grandma, grandma)
	p.write(resident+" [data-input]", "没电了")
	p.keys(kb.Enter)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .snack[role="alert"]')?.innerText === '您不在这个群里。'`, resident), "the refusal is shown")
	if got := eval[string](p, fmt.Sprintf(`document.querySelector('%s [data-input]').value`, resident)); got != "没电了" {
		t.Errorf("the field holds %q, want the text that was not taken", got)
	}
}

func TestStartOpensAChat(t *testing.T) {
	t.Parallel()
	p := open(t, emptyDesk, desktop)
	resident := phone(grandma, grandma)
	p.click(resident + " [data-start]")
	want := []act{{As: grandma, Chat: grandma, Do: "start"}}
	if diff := cmp.Diff(want, p.waitActs(1)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .gate').hidden && !document.querySelector('%s .bar').hidden`, resident, resident), "the field to write in is there")
}

func TestDeepLinkStartsTheViewersOwnChat(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	// 刘洋 is on neither volunteer's phone and has never opened the bot.
	p.choose("group:"+fmt.Sprint(dutyGroup), liuYang)
	p.click(phone(dutyGroup, liuYang) + ` [data-press^="https://t.me/"]`)
	want := []act{{As: liuYang, Chat: liuYang, Do: "start", Payload: "job-1123-07"}}
	if diff := cmp.Diff(want, p.waitActs(1)); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
	p.waitFor(fmt.Sprintf(`document.activeElement.closest('section')?.matches('%s')`, phone(liuYang, liuYang)), "the viewer's own phone comes forward")
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .row.mine').innerText.includes('/start job-1123-07')`, phone(liuYang, liuYang)), "the chat is started")
}

func TestAnswerWithALinkTurnsToThePrivateChat(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.desk.answerWithLink(wangQiang, dutyGroup, "资料在私聊里", "https://t.me/wuqiao_power_bot?start=c7")
	p.waitFor(fmt.Sprintf(`document.activeElement.closest('section')?.matches('%s')`, phone(wangQiang, wangQiang)), "the private chat comes forward")
	p.waitFor(`document.querySelector('.snack')?.innerText === '资料在私聊里'`, "the toast shows")
	if acts := p.desk.done(); len(acts) != 0 {
		t.Errorf("the desk was told %v, want nothing: the stand-in presses START itself", acts)
	}
}

func TestForeignLinkAsksFirst(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.click(phone(wangQiang, wangQiang) + ` [data-press^="https://www.openstreetmap.org/"]`)
	p.waitFor(`document.querySelector('dialog[open]')?.innerText.includes('openstreetmap.org')`, "the address is shown before it is opened")
	p.keys(kb.Escape)
	p.waitFor(`!document.querySelector('dialog')`, "the question is closed")
	if acts := p.desk.done(); len(acts) != 0 {
		t.Errorf("the desk was told %v, want nothing", acts)
	}
}

func TestChoosingWhoLooks(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.choose("group:"+fmt.Sprint(dutyGroup), zhaoMin)
	p.click(phone(dutyGroup, zhaoMin) + ` [data-message="5"] [data-press="claim:1123-07"]`)
	if got := p.waitActs(1)[0].As; got != zhaoMin {
		t.Errorf("the press came from %d, want %d", got, zhaoMin)
	}
	if got := p.text(phone(dutyGroup, zhaoMin) + ` .row.mine`); !strings.Contains(got, "在的") {
		t.Errorf("own message of the new viewer is %q, want it to be hers", got)
	}
	// Two phones never show one person: taking the other's person swaps them.
	p.choose("team:0", zhaoMin)
	got := eval[[]string](p, `['team:0', 'team:1'].map((s) => document.querySelector('[data-slot="' + s + '"]').dataset.viewer)`)
	if diff := cmp.Diff([]string{fmt.Sprint(zhaoMin), fmt.Sprint(wangQiang)}, got); diff != "" {
		t.Errorf("volunteers on the two phones (-want +got):\n%s", diff)
	}
	// The leader has no phone of their own on the table and takes one of these.
	p.choose("team:1", leaderZhou)
	if got := p.text(phone(leaderZhou, leaderZhou) + " .role"); got != "值班长" {
		t.Errorf("the phone that the leader holds is called %q, want 值班长", got)
	}
}

func TestJoiningAndLeavingAGroup(t *testing.T) {
	t.Parallel()
	p := open(t, busyDesk, desktop)
	p.choose("group:"+fmt.Sprint(dutyGroup), liuYang)
	p.click(phone(dutyGroup, liuYang) + " [data-join]")
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .subtitle').innerText === '4 位成员' && !document.querySelector('%s .bar').hidden`, phone(dutyGroup, liuYang), phone(dutyGroup, liuYang)), "she is in")
	p.click(phone(dutyGroup, liuYang) + " [data-more]")
	p.click(`.menu [data-item="leave"]`)
	p.click(`dialog [data-choice="yes"]`)
	p.waitFor(fmt.Sprintf(`document.querySelector('%s .subtitle').innerText === '3 位成员'`, phone(dutyGroup, liuYang)), "she is out")
	want := []act{{As: liuYang, Chat: dutyGroup, Do: "join"}, {As: liuYang, Chat: dutyGroup, Do: "leave"}}
	if diff := cmp.Diff(want, p.desk.done()); diff != "" {
		t.Errorf("what the desk was told (-want +got):\n%s", diff)
	}
}
