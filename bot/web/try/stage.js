// The table with the phones: lays them out, hands each event to the phone it
// concerns, counts what was not seen, and moves between phones.

import { avatar, h } from './element.js';
import { Phone } from './phone.js';
import { confirm, snack } from './sheet.js';
import { phones } from './table.js';
import { post, Refused } from './wire.js';
import { htmlLang, say } from './words.js';

const TYPING_SHOWN = 5000; // as long as Telegram shows a chat action

export class Stage {
  // table, tabs and shelf are the elements for phones, their tabs and the page's own snacks.
  constructor(desk, { table, tabs, shelf }) {
    this.desk = desk;
    this.table = table;
    this.tabs = tabs;
    this.shelf = shelf;
    this.lang = 'zh';
    this.chosen = new Map(); // slot → user
    this.unread = new Map(); // chat → messages that came unseen
    this.phones = new Map(); // slot → Phone
    this.active = 'resident';
    desk.addEventListener('change', ({ detail }) => this.changed(detail));
    addEventListener('keydown', (event) => this.shortcut(event));
    addEventListener('resize', () => this.showTabs());
  }

  changed({ kind, chat, message, fresh, toast }) {
    if (kind === 'toast') return this.toast(toast);
    if (kind === 'typing' && this.desk.typing.has(chat)) setTimeout(() => this.desk.stopTyping(chat), TYPING_SHOWN);
    if (kind === 'state') this.unread = new Map([...this.unread].filter(([id]) => this.desk.chats.get(id)?.messages.length));
    const phone = fresh && this.phoneOf(chat);
    const own = phone && message.from === phone.view.viewer;
    const seen = phone && phone.slot === this.active && !document.hidden;
    if (fresh && !own && !seen) this.unread.set(chat, (this.unread.get(chat) ?? 0) + 1);
    this.show(message && { chat, id: message.id });
    if (phone && !own && !seen) phone.flash();
  }

  // show lays the phones out and paints them; fresh names the message to highlight.
  show(fresh) {
    this.views = phones(this.desk, this.chosen);
    if (!this.views.some(({ slot }) => slot === this.active)) this.active = this.views[0]?.slot;
    const slots = new Set(this.views.map(({ slot }) => slot));
    for (const [slot, phone] of this.phones) {
      if (slots.has(slot)) continue;
      phone.element.remove();
      this.phones.delete(slot);
    }
    this.views.forEach((view, i) => {
      let phone = this.phones.get(view.slot);
      if (!phone) {
        phone = new Phone(view.slot, this);
        this.phones.set(view.slot, phone);
      }
      if (this.table.children[i] !== phone.element) this.table.insertBefore(phone.element, this.table.children[i]);
      phone.show(this.view(view, i, fresh));
    });
    this.showTabs();
  }

  view({ slot, word, viewer, choices, chat }, i, fresh) {
    const { desk } = this;
    return {
      number: i + 1, word, viewer, chat, pageLang: this.lang, title: titleIn(desk.title(chat), desk.people.get(viewer)?.lang ?? this.lang), bot: desk.bot.name, botID: desk.bot.id,
      lang: desk.people.get(viewer)?.lang ?? this.lang, typing: desk.typing.has(chat.id),
      unread: this.unread.get(chat.id) ?? 0, active: slot === this.active,
      fresh: fresh?.chat === chat.id ? fresh.id : undefined,
      choices: choices.map((id) => ({
        id, name: desk.people.get(id).name, member: chat.kind !== 'group' || chat.members.includes(id),
        news: chat.kind === 'private' && id !== viewer && this.unread.has(desk.privateChat(id)?.id),
      })),
    };
  }

  // showTabs paints the row of tabs: the way between phones on a small screen,
  // and on a large one only when not all phones fit.
  showTabs() {
    if (!this.views) return;
    this.tabs.setAttribute('aria-label', say(this.lang, 'phones'));
    const old = new Map([...this.tabs.children].map((tab) => [tab.dataset.tab, tab]));
    this.views.forEach(({ slot, word, viewer, chat }, i) => {
      const label = say(this.lang, 'tab')[word] ?? (chat.kind === 'group' ? titleIn(chat.title, this.lang) : this.desk.name(viewer));
      const unread = this.unread.get(chat.id) ?? 0;
      const face = chat.kind === 'group' ? [chat.id, titleIn(chat.title, this.lang)] : [viewer, this.desk.name(viewer)];
      const tab = old.get(slot) ?? h('button.tab', { type: 'button', 'data-tab': slot, onclick: () => this.go(slot, false) });
      old.delete(slot);
      tab.setAttribute('aria-current', String(slot === this.active));
      tab.setAttribute('aria-keyshortcuts', `Alt+${i + 1}`);
      const written = JSON.stringify([face, label, unread, this.lang]);
      if (tab.dataset.written !== written) {
        tab.dataset.written = written;
        tab.replaceChildren(avatar(...face), h('span.label', {}, label),
          unread ? h('span.badge', { role: 'img', 'aria-label': say(this.lang, 'unread', { n: unread }) }, unread) : '');
      }
      if (this.tabs.children[i] !== tab) this.tabs.insertBefore(tab, this.tabs.children[i]);
    });
    for (const tab of old.values()) tab.remove();
    this.tabs.toggleAttribute('data-needed', this.table.scrollWidth > this.table.clientWidth + 1);
  }

  // turnTo brings a chat to the front as somebody sees it: a group, or without one
  // their own chat with the bot.
  turnTo(group, viewer) {
    if (!group) return this.comeForward(viewer);
    const slot = `group:${group}`;
    if (!this.phones.has(slot)) return undefined;
    this.choose(slot, viewer);
    return this.go(slot, false);
  }

  // placeOf says where turnTo leads, as the tabs and captions name it.
  placeOf(group, viewer) {
    const roles = say(this.lang, 'role');
    if (group) return say(this.lang, 'placeGroup', { role: roles[this.views.find(({ chat }) => chat.id === group)?.word], name: this.desk.name(viewer) });
    return say(this.lang, 'placeOwn', { name: viewer === this.resident ? roles.resident : this.desk.name(viewer) });
  }

  phoneOf(chat) {
    return [...this.phones.values()].find((phone) => phone.view.chat.id === chat);
  }

  // touched is told by a phone: the pointer came, something got the focus.
  touched(slot, event) {
    const chat = this.phones.get(slot)?.view?.chat.id;
    const had = this.unread.delete(chat);
    const moved = event !== 'pointerenter' && this.active !== slot;
    if (moved) this.active = slot;
    if (had || moved) this.show();
  }

  go(slot, intoInput) {
    this.active = slot;
    this.unread.delete(this.phones.get(slot).view.chat.id);
    this.show();
    this.phones.get(slot).focus({ intoInput });
  }

  choose(slot, user) {
    const [kind, place] = slot.split(':');
    const other = `team:${1 - Number(place)}`;
    // Two phones cannot show the same person: whoever is taken away gets the other.
    if (kind === 'team' && this.phones.get(other)?.view.viewer === user) this.chosen.set(other, this.phones.get(slot).view.viewer);
    this.chosen.set(slot, user);
    this.unread.delete(this.desk.privateChat(user)?.id);
    this.show();
  }

  // resident is the person whose phone lies first.
  get resident() {
    return this.phones.get('resident')?.view.viewer;
  }

  async act(phone, fields) {
    const { viewer, chat, lang } = phone.view;
    return this.tell(async () => {
      await post('/try/act', { as: viewer, chat: chat.id, ...fields });
      if (fields.do === 'start') this.desk.setOpened(chat.id);
      if (fields.do === 'join' || fields.do === 'leave') this.desk.setMember(chat.id, viewer, fields.do === 'join');
    }, (text) => phone.snack(text, true), lang);
  }

  // tell runs a request and shows a refusal as a sentence.
  async tell(request, show, lang) {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      show(error.message || say(lang, 'offline'));
      return false;
    }
  }

  changeLanguage(user, lang) {
    return this.tell(async () => {
      await post('/try/lang', { user, lang });
      this.desk.setLanguage(user, lang);
    }, (text) => this.snack(text), lang);
  }

  snack(text) {
    snack(this.shelf, text, { lang: this.lang, urgent: true });
  }

  toast(toast) {
    const mine = [...this.phones.values()].filter((phone) => phone.view.viewer === toast.user);
    const phone = mine.find((candidate) => candidate.view.chat.id === toast.chat) ?? mine[0];
    // An answer with a link has the desk press START; only the phone is missing.
    if (toast.url) this.comeForward(toast.user);
    if (!toast.text && !toast.alert) return;
    if (phone) phone.toast(toast);
    else snack(this.shelf, toast.text, { lang: this.lang });
  }

  // openLink does what a tap on a link does: one to the bot opens the viewer's
  // own chat with it and starts it; others leave the page, after a question.
  async openLink(phone, url) {
    const { viewer, lang } = phone.view;
    const payload = this.startPayload(url);
    if (payload !== undefined) {
      const own = this.comeForward(viewer);
      return payload && own && this.act(own, { do: 'start', payload });
    }
    if (!/^https?:/i.test(url)) return undefined;
    const yes = await confirm({ host: phone.screen, lang, title: say(lang, 'linkTitle'), body: url, label: say(lang, 'open') });
    if (yes) open(url, '_blank', 'noopener,noreferrer');
    return undefined;
  }

  startPayload(url) {
    const link = parsed(url);
    if (!link) return undefined;
    const name = /^(t\.me|telegram\.me)$/.test(link.hostname) ? link.pathname.slice(1)
      : link.protocol === 'tg:' ? link.searchParams.get('domain') : '';
    if (!name || name.toLowerCase() !== this.desk.bot.username?.toLowerCase()) return undefined;
    return link.searchParams.get('start') ?? '';
  }

  // comeForward turns to the viewer's private chat with the bot and returns its
  // phone; one of the team on neither phone takes the second.
  comeForward(viewer) {
    const shown = () => [...this.phones.values()].find((phone) => phone.view.chat.kind === 'private' && phone.view.viewer === viewer);
    if (!shown()) this.choose(this.desk.people.get(viewer)?.role === 'resident' ? 'resident' : 'team:1', viewer);
    const phone = shown();
    if (!phone) return undefined;
    this.go(phone.slot, false);
    return phone;
  }

  shortcut(event) {
    const slots = this.views?.map(({ slot }) => slot) ?? [];
    if (!slots.length || document.querySelector('dialog[open]')) return;
    const step = event.key === 'F6' && !event.ctrlKey ? (event.shiftKey ? -1 : 1) : 0;
    const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const inside = document.activeElement?.closest('.phone')?.dataset.slot;
    // From outside the phones, F6 enters the first (or, backwards, the last).
    const from = inside ? slots.indexOf(inside) : step > 0 ? -1 : 0;
    const to = digit ? slots[digit - 1] : step ? slots[(from + step + slots.length) % slots.length] : undefined;
    if (!to) return;
    event.preventDefault();
    this.go(to, true);
  }

  setLang(lang) {
    this.lang = lang;
    this.table.setAttribute('aria-label', say(lang, 'phones'));
    this.shelf.lang = htmlLang(lang);
    if (this.views) this.show();
  }
}

// titleIn is the part of a group's title that is in a language: the desk's groups
// are named in both, Chinese first.
function titleIn(title, lang) {
  const [, zh, en] = /^(\p{Script=Han}+) (.+)$/u.exec(title) ?? [];
  return zh ? (lang === 'en' ? en : zh) : title;
}

function parsed(url) {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
