// The foot of a phone: input field, attachments, command menu and the reply
// keyboard; or the one big button of a chat that is not open yet.

import { h, icon, languageOf } from './element.js';
import { confirm, menu, sheet } from './sheet.js';
import { say } from './words.js';

// Where a phone of the demo can be: the county seat, and across the county
// line, to see what the desk says to a place that is not its own.
const PLACES = [
  { lat: 37.6325, lon: 116.3931, zh: '桑园镇(吴桥县城)', en: 'Sangyuan (county seat of Wuqiao)' },
  { lat: 37.4341, lon: 116.3575, zh: '德州(不在吴桥)', en: 'Dezhou (outside the county)' },
];
const touchScreen = matchMedia('(pointer: coarse)');
const growsByItself = CSS.supports('field-sizing', 'content');

export class Composer {
  // hooks: act(fields) → Promise<boolean> sends what the viewer does; host() is the phone.
  constructor(hooks) {
    this.hooks = hooks;
    this.input = h('textarea.input', { rows: '1', 'data-input': true, autocomplete: 'off', enterkeyhint: 'send', maxlength: '4096',
      oninput: () => this.typed(), onkeydown: (event) => { this.newLine = event.shiftKey; },
      onbeforeinput: (event) => this.lineBreak(event), onfocus: () => touchScreen.matches && this.fold(true) });
    this.menuButton = h('button.round.commands', { type: 'button', 'aria-haspopup': 'menu', onclick: () => this.openCommands() }, icon('menu'));
    this.attachButton = h('button.round', { type: 'button', 'data-attach': true, 'aria-haspopup': 'menu', onclick: () => this.openAttach() }, icon('clip'));
    this.keyboardButton = h('button.round', { type: 'button', 'data-keyboard': true, onclick: () => this.toggle() }, icon('keyboard'));
    this.sendButton = h('button.round.send', { type: 'button', 'data-send': true, onclick: () => this.send(),
      // Pressing must not take the focus (and a phone's own keyboard) away.
      onpointerdown: (event) => event.preventDefault() }, icon('send'));
    this.bar = h('div.bar', {}, this.menuButton, this.attachButton, this.input, this.keyboardButton, this.sendButton);
    this.keyboard = h('div.keyboard', { role: 'group', hidden: true });
    this.gate = h('button.gate', { type: 'button' });
    this.element = h('footer.composer', {}, this.bar, this.keyboard, this.gate);
    this.typed();
  }

  show({ chat, viewer, lang, bot }) {
    this.now = { chat, viewer, lang, bot };
    const stranger = chat.kind === 'group' && !chat.members.includes(viewer);
    const unopened = chat.kind === 'private' && !chat.opened;
    this.gate.hidden = !stranger && !unopened;
    this.bar.hidden = !this.gate.hidden;
    this.gate.textContent = say(lang, stranger ? 'join' : 'start');
    this.gate.onclick = () => this.act(stranger ? { do: 'join' } : { do: 'start', payload: '' });
    this.gate.toggleAttribute('data-start', unopened);
    this.gate.toggleAttribute('data-join', stranger);
    this.input.setAttribute('aria-label', say(lang, 'input'));
    this.input.placeholder = chat.keyboard?.placeholder || say(lang, 'input');
    this.menuButton.hidden = !chat.commands.length;
    for (const [button, word] of [[this.menuButton, 'menu'], [this.attachButton, 'attach'], [this.sendButton, 'send']]) name(button, say(lang, word));
    this.showKeyboard(chat.keyboard);
  }

  // showKeyboard draws a new keyboard and unfolds it, as Telegram does; the
  // same keyboard again changes nothing, so that it stays folded if it was.
  showKeyboard(keyboard) {
    const written = JSON.stringify([keyboard?.rows, this.now.chat.id, this.now.viewer]);
    if (this.drawn !== written || this.shown !== keyboard) {
      this.folded = false;
      this.shown = keyboard;
    }
    if (this.drawn !== written) {
      const focused = this.keyboard.contains(document.activeElement);
      this.keyboard.replaceChildren(...(keyboard?.rows ?? []).map((row) => h('div.line', {}, row.map((button) => this.replyKey(button)))));
      // The pressed key is gone with the old keyboard; whoever steers by keys goes on from the new one.
      if (focused) (this.keyboard.querySelector('button') ?? this.input).focus({ preventScroll: true });
      this.drawn = written;
    }
    this.keyboard.setAttribute('aria-label', say(this.now.lang, 'keyboard'));
    this.fold(this.folded);
  }

  replyKey(button) {
    return h('button.reply', { type: 'button', 'data-reply': button.text, lang: languageOf(button.text), onclick: () => this.reply(button) },
      button.contact && icon('phone'), button.location && icon('pin'), h('span', {}, button.text));
  }

  async reply(button) {
    if (button.contact) return this.askContact();
    if (button.location) return this.askLocation();
    return this.act({ do: 'text', text: button.text });
  }

  fold(folded) {
    const none = !this.shown?.rows?.length || !this.gate.hidden;
    this.folded = folded;
    this.keyboard.hidden = none || folded;
    this.keyboardButton.hidden = none;
    this.keyboardButton.setAttribute('aria-expanded', String(!folded));
    name(this.keyboardButton, say(this.now.lang, folded ? 'keyboardShow' : 'keyboardHide'));
  }

  toggle() {
    this.fold(!this.folded);
  }

  typed() {
    this.sendButton.disabled = !this.input.value.trim();
    if (growsByItself) return;
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  // lineBreak sends where a line break would go in, unless Shift asked for one.
  // The key itself is no sign: an input method takes Enter to choose a Chinese
  // character, and the keyboard on a phone's screen does not name its keys.
  lineBreak(event) {
    if (event.inputType !== 'insertLineBreak' || this.newLine) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.typed();
    if (await this.act({ do: 'text', text })) return;
    // What was not taken is given back, unless something new was begun.
    this.input.value ||= text;
    this.typed();
  }

  // act sends and then does to the keyboard what Telegram does: one for one
  // answer is folded, a persistent one comes back. The desk may have answered
  // with another keyboard by then, which stays as it is.
  async act(fields) {
    const answered = this.shown;
    const done = await this.hooks.act(fields);
    if (done && answered && answered === this.shown) {
      if (answered.one_time) this.fold(true);
      else if (answered.persistent) this.fold(false);
    }
    return done;
  }

  openCommands() {
    this.menu(this.menuButton, 'menu', this.now.chat.commands.map(({ command, description }) => (
      { label: description, note: `/${command}`, data: command, run: () => this.act({ do: 'text', text: `/${command}` }) })));
  }

  openAttach() {
    const { lang } = this.now;
    const kinds = [['photo', () => this.askPhoto()], ['voice', () => this.act({ do: 'voice' })], ['location', () => this.askLocation()],
      ['sticker', () => this.act({ do: 'sticker' })]];
    // A phone number is only ever shared with the bot, never with a group.
    if (this.now.chat.kind === 'private') kinds.splice(3, 0, ['contact', () => this.askContact()]);
    this.menu(this.attachButton, 'attach', kinds.map(([kind, run]) => ({ label: say(lang, kind), icon: kind, data: kind, run })));
  }

  menu(anchor, word, items) {
    const { lang } = this.now;
    menu({ anchor, host: this.hooks.host(), lang, label: say(lang, word), items });
  }

  async askContact() {
    const { lang, bot } = this.now;
    const yes = await confirm({ host: this.hooks.host(), lang, title: say(lang, 'contactTitle'), body: say(lang, 'contactBody', { bot }), label: say(lang, 'share') });
    return yes && this.act({ do: 'contact' });
  }

  async askLocation() {
    const { lang, bot } = this.now;
    const group = `place-${crypto.randomUUID()}`;
    const content = h('fieldset.options', {}, h('legend.unseen', {}, say(lang, 'locationChoice')), PLACES.map((place, i) =>
      h('label.option', {}, h('input', { type: 'radio', name: group, value: i, checked: i === 0 }), h('span', {}, place[lang] ?? place.zh))));
    const yes = await confirm({ host: this.hooks.host(), lang, title: say(lang, 'locationTitle'), body: say(lang, 'locationBody', { bot }), content, label: say(lang, 'share') });
    const { lat, lon } = PLACES[content.querySelector(':checked').value];
    return yes && this.act({ do: 'location', lat, lon });
  }

  async askPhoto() {
    const { lang } = this.now;
    const caption = h('input', { type: 'text', maxlength: '1024', 'aria-label': say(lang, 'caption'), placeholder: say(lang, 'caption') });
    const yes = await sheet({ host: this.hooks.host(), lang, title: say(lang, 'photoTitle'), body: say(lang, 'photoBody'), content: caption,
      choices: [{ value: '', label: say(lang, 'cancel') }, { value: 'yes', label: say(lang, 'send'), kind: 'primary' }] }) === 'yes';
    return yes && this.act({ do: 'photo', caption: caption.value.trim() });
  }
}

function name(button, text) {
  button.setAttribute('aria-label', text);
  button.title = text;
}
