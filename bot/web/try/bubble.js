// One message as Telegram draws it: bubble, marks and the buttons under it.

import { attachment } from './attachment.js';
import { hourOf } from './clock.js';
import { avatar, h, hue, icon, languageOf } from './element.js';
import { formatted } from './markup.js';
import { say } from './words.js';

const PICTURES = new Set(['photo', 'video', 'location']);

// bubble returns the element for a message as one viewer sees it.
//   look: {mine, first, last, group, lang, quoted: Message|undefined}
//   hooks: press(message, button, element), openLink(url), sendCommand(text), goTo(id)
export function bubble(message, look, hooks) {
  if (message.kind === 'service') return service(message, hooks);
  const { mine, first, last, group } = look;
  const body = h('div.bubble', {},
    group && !mine && first && h('div.name', { 'data-hue': hue(message.from) }, message.name),
    !(group && !mine && first) && h('span.unseen', {}, `${message.name}:`),
    look.quoted && quote(look.quoted, look.lang, hooks),
    attachment(message, look.lang), text(message, look, hooks));
  const row = h('article.row', { 'data-message': message.id, 'data-kind': message.kind },
    group && !mine && h('span.side', {}, last && avatar(message.from, message.name)),
    h('div.column', {}, body, keys(message, look.lang, hooks)));
  for (const [name, on] of Object.entries({ mine, first, last, protected: message.protected, bare: message.kind === 'sticker', pictured: PICTURES.has(message.kind) && !message.html })) {
    if (on) row.classList.add(name);
  }
  if (message.protected) {
    for (const event of ['copy', 'cut', 'contextmenu', 'dragstart']) row.addEventListener(event, (e) => e.preventDefault());
  }
  return row;
}

function service(message, hooks) {
  const line = formatted(message.html ?? '', hooks);
  return h('div.service', { 'data-message': message.id, lang: languageOf(line.textContent) }, h('span', {}, line));
}

function text(message, look, hooks) {
  const html = message.kind === 'contact' ? '' : message.html ?? '';
  const content = formatted(html, { ...hooks, spoilerLabel: say(look.lang, 'spoiler') });
  const written = content.textContent;
  return h('div.text', { lang: written ? languageOf(written) : undefined }, content, marks(message, look));
}

// marks are time, "edited", the lock and the ticks, in the bubble's last line.
function marks(message, look) {
  return h('span.marks', {},
    message.protected && h('span.lock', { role: 'img', 'aria-label': say(look.lang, 'protected'), title: say(look.lang, 'protected') }, icon('lock')),
    message.edited && h('span', { lang: look.lang }, say(look.lang, 'edited')),
    h('time', { datetime: message.at }, hourOf(message.at)), look.mine && icon('ticks'));
}

function quote(quoted, lang, hooks) {
  const snippet = formatted(quoted.html ?? '', hooks).textContent.replace(/\s+/g, ' ').trim();
  return h('button.quote', {
    type: 'button', 'data-hue': hue(quoted.from),
    'aria-label': say(lang, 'quoted', { name: quoted.name }), onclick: () => hooks.goTo(quoted.id),
  }, h('strong', {}, quoted.name), h('span', {}, snippet || say(lang, quoted.kind)));
}

function keys(message, lang, hooks) {
  const rows = (message.buttons ?? []).filter((row) => row?.length);
  if (!rows.length) return undefined;
  return h('div.keys', { role: 'group', 'aria-label': say(lang, 'buttons') }, rows.map((row) =>
    h('div.line', {}, row.map((button) => key(message, button, hooks)))));
}

function key(message, button, hooks) {
  const element = h('button.key', {
    type: 'button', lang: languageOf(button.text), 'data-press': button.data || button.url,
    onclick: () => hooks.press(message, button, element),
  }, h('span', {}, button.text), button.url && icon('away'));
  return element;
}
