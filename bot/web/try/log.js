// A chat's messages as a list that is kept, not rebuilt: only what changed is
// drawn again, so that focus, scroll and the screen reader's place stay.

import { bubble } from './bubble.js';
import { dayName, dayOf } from './clock.js';
import { h, icon } from './element.js';
import { say } from './words.js';

const GROUPED_WITHIN = 5 * 60_000; // as Telegram groups messages of one sender
const NEAR_BOTTOM = 60; // pixels from the end that still count as reading the newest

export class Log {
  // hooks: see bubble.js
  constructor(hooks) {
    this.hooks = { ...hooks, goTo: (id) => this.goTo(id) };
    this.cells = new Map(); // key → {element, message, look}
    this.atEnd = true;
    this.missed = 0;
    this.top = 0;
    this.list = h('div.messages', {});
    this.element = h('div.log', { role: 'log', 'aria-live': 'polite', tabindex: '0' }, this.list);
    this.count = h('span.badge', { hidden: true });
    this.down = h('button.down', { type: 'button', hidden: true, onclick: () => this.toEnd() }, icon('down'), this.count);
    this.element.addEventListener('scroll', () => this.scrolled());
    const keepEnd = new ResizeObserver(() => this.atEnd && this.toEnd());
    keepEnd.observe(this.element);
    keepEnd.observe(this.list);
  }

  // show draws the chat as viewer sees it; fresh is the id of a message that
  // has just come or changed, and gets a gentle highlight.
  show({ chat, viewer, lang, title, bot, fresh, word }) {
    this.element.setAttribute('aria-label', say(lang, 'messages', { title }));
    this.down.setAttribute('aria-label', say(lang, 'newest'));
    const whose = `${chat.id}/${viewer}`;
    const turned = this.whose !== whose;
    if (turned) this.turnTo(whose);
    const wanted = this.plan(chat, viewer, lang, bot, word);
    this.place(wanted);
    if (turned || this.atEnd) this.toEnd();
    if (fresh !== undefined && !turned) this.arrived(chat.messages.find((message) => message.id === fresh), viewer);
  }

  // turnTo empties the list for another chat or viewer. The whole of it is not
  // read out: live is off until the next frame.
  turnTo(whose) {
    this.whose = whose;
    this.cells.clear();
    this.list.replaceChildren();
    this.atEnd = true;
    this.element.setAttribute('aria-live', 'off');
    setTimeout(() => this.element.setAttribute('aria-live', 'polite'), 300);
  }

  // plan lists what the chat consists of, in order: [key, message|undefined, look].
  plan(chat, viewer, lang, bot, word) {
    const byID = new Map(chat.messages.map((message) => [message.id, message]));
    const wanted = [];
    chat.messages.forEach((message, i) => {
      const before = chat.messages[i - 1];
      const after = chat.messages[i + 1];
      if (!before || dayOf(before.at) !== dayOf(message.at)) {
        wanted.push([`day ${dayOf(message.at)}`, undefined, { day: dayName(message.at, lang, { today: say(lang, 'today'), yesterday: say(lang, 'yesterday') }) }]);
      }
      wanted.push([message.id, message, {
        mine: message.from === viewer, group: chat.kind === 'group', lang,
        first: !together(before, message), last: !together(message, after),
        quoted: byID.get(message.reply_to), bot,
      }]);
    });
    if (!wanted.length && chat.kind === 'private' && !chat.opened) wanted.push(['welcome', undefined, { bot, welcome: say(lang, 'startBody', { bot }) }]);
    if (!wanted.length && chat.kind === 'group') wanted.push(['empty', undefined, { empty: say(lang, 'empty')[word] }]);
    return wanted;
  }

  place(wanted) {
    const keep = new Set(wanted.map(([key]) => key));
    for (const [key, cell] of this.cells) {
      if (keep.has(key)) continue;
      cell.element.remove();
      this.cells.delete(key);
    }
    let at = this.list.firstElementChild;
    for (const [key, message, look] of wanted) {
      const known = this.cells.get(key);
      if (known && known.message === message && same(known.look, look)) {
        if (known.element !== at) this.list.insertBefore(known.element, at);
        else at = at.nextElementSibling;
        continue;
      }
      const element = message ? bubble(message, look, this.hooks) : notice(look);
      this.cells.set(key, { element, message, look });
      if (!known) {
        this.list.insertBefore(element, at);
        continue;
      }
      if (known.element === at) at = at.nextElementSibling;
      replaceKeepingFocus(known.element, element);
    }
  }

  arrived(message, viewer) {
    if (!message) return;
    this.cells.get(message.id)?.element.classList.add('fresh');
    if (message.from === viewer) this.toEnd();
    else if (!this.atEnd) {
      this.missed += 1;
      this.paintDown();
    }
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    if (!clientHeight) return;
    // Only a move upwards is the reader's: when a picture loads, the end moves
    // away by itself, and the list follows it.
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM) this.atEnd = true;
    else if (scrollTop < this.top) this.atEnd = false;
    this.top = scrollTop;
    if (this.atEnd) this.missed = 0;
    this.paintDown();
  }

  paintDown() {
    this.down.hidden = this.atEnd;
    this.count.hidden = !this.missed;
    this.count.textContent = this.missed;
  }

  toEnd() {
    this.atEnd = true;
    this.missed = 0;
    this.element.scrollTop = this.element.scrollHeight;
    this.top = this.element.scrollTop; // higher up when a card has lost its buttons, and not by the reader
    this.paintDown();
  }

  goTo(id) {
    const cell = this.cells.get(id);
    cell?.element.scrollIntoView({ block: 'center' });
    cell?.element.classList.remove('fresh');
    requestAnimationFrame(() => cell?.element.classList.add('fresh'));
  }
}

function together(a, b) {
  return Boolean(a && b && a.from === b.from && a.kind !== 'service' && b.kind !== 'service'
    && dayOf(a.at) === dayOf(b.at) && Date.parse(b.at) - Date.parse(a.at) < GROUPED_WITHIN);
}

function same(a, b) {
  return Object.keys(b).every((name) => a[name] === b[name]);
}

function notice(look) {
  if (look.day) return h('div.service.day', {}, h('span', {}, look.day));
  if (look.empty) return h('div.service.empty', {}, h('span', {}, look.empty));
  return h('div.welcome', {}, h('span.bolt', {}, icon('bolt')), h('strong', {}, look.bot), h('p', {}, look.welcome));
}

// replaceKeepingFocus swaps an edited message in; a focused button hands its
// focus to the same button of the new one, or to the first one left.
function replaceKeepingFocus(old, element) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.press : undefined;
  old.replaceWith(element);
  if (focused === undefined) return;
  const buttons = [...element.querySelectorAll('[data-press]')];
  const heir = buttons.find((button) => button.dataset.press === focused) ?? buttons[0];
  if (heir) heir.focus({ preventScroll: true });
  else element.closest('.log')?.focus({ preventScroll: true });
}
