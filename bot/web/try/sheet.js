// Dialogs and menus. They open over the phone they belong to, keep the focus
// inside (the browser's own dialog and popover do), and close with Escape.

import { h, icon } from './element.js';
import { htmlLang, say } from './words.js';

// sheet asks and resolves with the value of the pressed choice, '' when dismissed.
//   {host, lang, title, body, content, choices: [{value, label, kind}]}
// kind "primary" is also what Enter in a field presses; content may hold fields.
export function sheet({ host, lang, title, body, content, choices }) {
  const { promise, resolve } = Promise.withResolvers();
  const id = `sheet-${crypto.randomUUID()}`;
  const form = h('form', { method: 'dialog', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    if (form.reportValidity()) box.close(choices.find((choice) => choice.kind === 'primary')?.value);
  } },
  title && h('h2', { id }, title), body && h('p', { id: title ? undefined : id }, body), content,
  h('div.choices', {}, choices.map(({ value, label, kind }) => h(`button.choice${kind ? `.${kind}` : ''}`, {
    type: kind === 'primary' ? 'submit' : 'button', 'data-choice': value,
    onclick: kind === 'primary' ? undefined : () => box.close(value),
  }, label))));
  const box = h('dialog.sheet', { 'aria-labelledby': id, lang: htmlLang(lang), onclose: () => {
    box.remove();
    resolve(box.returnValue);
  } }, form);
  document.body.append(box);
  center(box, host);
  box.showModal();
  (box.querySelector('input:not([type=radio]), select') ?? box.querySelector('.primary') ?? box.querySelector('button')).focus();
  return promise;
}

// confirm is a sheet with one way on and one way back.
export async function confirm({ label, danger, ...rest }) {
  const choices = [{ value: '', label: say(rest.lang, 'cancel') }, { value: 'yes', label, kind: danger ? 'danger' : 'primary' }];
  return await sheet({ ...rest, choices }) === 'yes';
}

let alerts = Promise.resolve();

// alertBox shows Telegram's alert; several wait for each other.
export function alertBox(host, lang, text) {
  alerts = alerts.then(() => sheet({ host, lang, body: text, choices: [{ value: 'ok', label: say(lang, 'ok'), kind: 'primary' }] }));
}

// center tells the style sheet where the phone is; without one the page is meant.
function center(box, host) {
  const rect = host?.getBoundingClientRect();
  if (!rect?.width) return;
  box.style.setProperty('--x', `${Math.max(rect.left, 0) + Math.min(rect.width, innerWidth) / 2}px`);
  box.style.setProperty('--y', `${rect.top + rect.height / 2}px`);
  box.style.setProperty('--w', `${rect.width}px`);
}

// menu opens a list beside anchor. items: {label, note, icon, run, data}
export function menu({ anchor, host, lang, label, items }) {
  const list = h('div.menu', { popover: 'auto', role: 'menu', 'aria-label': label, lang: htmlLang(lang) },
    items.map((item) => h('button.item', {
      type: 'button', role: 'menuitem', 'data-item': item.data, onclick: () => {
        list.hidePopover();
        item.run();
      },
    }, item.icon && icon(item.icon), h('span', {}, item.label), item.note && h('span.note', {}, item.note))));
  list.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    anchor.setAttribute('aria-expanded', 'false');
    list.remove();
  });
  list.addEventListener('keydown', (event) => walk(event, [...list.children]));
  document.body.append(list);
  list.showPopover();
  anchor.setAttribute('aria-expanded', 'true');
  beside(list, anchor, host);
  list.firstElementChild?.focus();
}

function walk(event, items) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[to].focus();
}

// beside puts the list above or below the anchor, within the phone and the window.
function beside(list, anchor, host) {
  const from = anchor.getBoundingClientRect();
  const within = host?.getBoundingClientRect() ?? { left: 0, right: innerWidth, width: innerWidth };
  const above = from.top > innerHeight / 2;
  list.style.maxWidth = `${within.width - 16}px`;
  list.style.maxHeight = `${(above ? from.top : innerHeight - from.bottom) - 16}px`;
  const left = Math.min(from.left, within.right - list.offsetWidth - 8);
  list.style.left = `${Math.max(left, within.left + 8)}px`;
  list.style.top = above ? `${from.top - list.offsetHeight - 6}px` : `${from.bottom + 6}px`;
}

// snack shows a sentence at the bottom of a phone (or of the page) for as long
// as it takes to read. urgent is read out at once. As in Telegram a new one takes
// the place of the one before.
export function snack(shelf, text, { lang, urgent } = {}) {
  const note = h('div.snack', { role: urgent ? 'alert' : undefined, lang: htmlLang(lang) }, text);
  if (urgent) note.classList.add('urgent');
  shelf.replaceChildren(note);
  let timer;
  const leave = () => { timer = setTimeout(() => note.remove(), 3500 + text.length * 60); };
  note.addEventListener('pointerenter', () => clearTimeout(timer));
  note.addEventListener('pointerleave', leave);
  note.addEventListener('click', () => note.remove());
  leave();
}
