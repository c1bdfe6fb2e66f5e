// One phone on the table: who holds it, the chat that is open on it, and the
// means to answer. A phone shows one chat as one viewer; the stage decides which.

import { Composer } from './composer.js';
import { avatar, h, icon } from './element.js';
import { Log } from './log.js';
import { alertBox, confirm, menu, snack } from './sheet.js';
import { htmlLang, say } from './words.js';

export class Phone {
  // stage: {act(phone, fields), openLink(phone, url), choose(slot, user), touched(slot), changeLanguage(user, lang), member(phone, joined)}
  constructor(slot, stage) {
    this.slot = slot;
    this.stage = stage;
    this.log = new Log({
      press: (message, button, element) => this.press(message, button, element),
      openLink: (url) => stage.openLink(this, url),
      sendCommand: (text) => this.act({ do: 'text', text }),
    });
    this.composer = new Composer({ act: (fields) => this.act(fields), host: () => this.screen });
    this.number = h('kbd.number', { 'aria-hidden': 'true' });
    this.role = h('span.role', {});
    this.select = h('select.who', { onchange: () => stage.choose(slot, Number(this.select.value)) });
    this.tongue = h('span.tongue', {});
    this.badge = h('span.badge', { role: 'img', hidden: true });
    this.face = h('span.face', {});
    this.title = h('h2.title', {});
    this.subtitle = h('p.subtitle', {});
    this.more = h('button.round', { type: 'button', 'data-more': true, 'aria-haspopup': 'menu', onclick: () => this.openMore() }, icon('more'));
    this.snacks = h('div.snacks', { role: 'status' });
    this.screen = h('div.screen', {},
      h('header.top', {}, this.face, h('div.titles', {}, this.title, this.subtitle), this.more),
      h('div.wall', {}, this.log.element, this.log.down, this.snacks), this.composer.element);
    this.element = h('section.phone', { 'data-slot': slot, tabindex: '-1' },
      h('div.caption', {}, this.number, h('label', {}, this.role, this.select), this.tongue, this.badge), this.screen);
    for (const event of ['pointerdown', 'focusin', 'pointerenter']) this.element.addEventListener(event, () => stage.touched(slot, event));
  }

  // show paints a view: {number, word, choices, viewer, lang, chat, title, bot, typing, unread, active, pageLang, fresh}
  show(view) {
    this.view = view;
    const { viewer, lang, chat, title, pageLang, number, word } = view;
    Object.assign(this.element.dataset, { chat: chat.id, viewer, kind: chat.kind });
    this.element.toggleAttribute('data-active', view.active);
    const role = say(pageLang, 'role')[word];
    const holder = view.choices.find((choice) => choice.id === viewer)?.name ?? '';
    this.element.setAttribute('aria-label', say(pageLang, 'phoneLabel', { n: number, title, name: `${role} ${holder}` }));
    this.element.lang = htmlLang(pageLang);
    this.screen.lang = htmlLang(lang);
    this.showCaption(role, view);
    this.showHeader(view);
    this.log.show(view);
    this.composer.show(view);
  }

  showCaption(role, { number, choices, viewer, lang, unread, pageLang, chat }) {
    this.number.textContent = number;
    this.role.textContent = chat.kind === 'group' ? `${role} · ${say(pageLang, 'lookingAs')}` : role;
    this.tongue.textContent = lang === 'en' ? 'EN' : '中文';
    this.badge.hidden = !unread;
    this.badge.textContent = unread;
    this.badge.setAttribute('aria-label', say(pageLang, 'unread', { n: unread }));
    const options = choices.map(({ id, name, member, news }) => [id, `${news ? '● ' : ''}${name}${member ? '' : ` (${say(pageLang, 'notMember')})`}`]);
    const written = JSON.stringify([options, viewer]);
    if (written === this.options) return;
    this.options = written;
    this.select.replaceChildren(...options.map(([id, text]) => h('option', { value: id, selected: id === viewer }, text)));
    this.select.disabled = options.length < 2;
  }

  showHeader({ chat, title, lang, typing }) {
    this.face.replaceChildren(avatar(chat.kind === 'private' ? this.view.botID : chat.id, title));
    this.title.textContent = title;
    const n = chat.members.length;
    const still = chat.kind === 'private' ? say(lang, 'bot') : say(lang, n === 1 ? 'member' : 'members', { n });
    this.subtitle.textContent = typing ? say(lang, 'typing') : still;
    this.subtitle.classList.toggle('typing', typing);
    this.more.setAttribute('aria-label', say(lang, 'more'));
  }

  // act sends what the viewer does in this chat; a refusal is shown here.
  act(fields) {
    return this.stage.act(this, fields);
  }

  async press(message, button, element) {
    if (button.url) return this.stage.openLink(this, button.url);
    element.setAttribute('aria-busy', 'true');
    await this.act({ do: 'press', message: message.id, data: button.data });
    element.removeAttribute('aria-busy');
  }

  openMore() {
    const { lang, viewer, chat } = this.view;
    const other = lang === 'en' ? 'zh' : 'en';
    const items = [{ label: say(lang, other === 'en' ? 'toEnglish' : 'toChinese'), icon: 'globe', data: 'lang', run: () => this.stage.changeLanguage(viewer, other) }];
    if (chat.kind === 'group' && chat.members.includes(viewer)) {
      items.push({ label: say(lang, 'leaveGroup'), icon: 'leave', data: 'leave', run: () => this.askLeave() });
    }
    menu({ anchor: this.more, host: this.screen, lang, label: say(lang, 'more'), items });
  }

  async askLeave() {
    const { lang, title } = this.view;
    const yes = await confirm({ host: this.screen, lang, danger: true, title: say(lang, 'leaveTitle', { title }), body: say(lang, 'leaveBody'), label: say(lang, 'leave') });
    if (yes) this.act({ do: 'leave' });
  }

  toast({ text, alert }) {
    if (alert) alertBox(this.screen, this.view.lang, text);
    else if (text) this.snack(text);
  }

  snack(text, urgent = false) {
    snack(this.snacks, text, { lang: this.view.lang, urgent });
  }

  // flash says gently that something has come while somebody looked elsewhere.
  flash() {
    this.element.classList.remove('news');
    void this.element.offsetWidth; // lets the animation begin anew
    this.element.classList.add('news');
  }

  focus({ intoInput }) {
    this.element.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    const input = this.composer.bar.hidden ? this.composer.gate : this.composer.input;
    (intoInput ? input : this.element).focus({ preventScroll: true });
  }
}
