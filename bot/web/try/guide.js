// The hint above the phones: what to do next, on whose phone and with which
// button. The desk says which step it is, so that the hint stays until it is done.

import { h } from './element.js';
import { ask } from './wire.js';
import { say } from './words.js';

const SETTLED = 120; // ms; several events come of one press
const CLOCK = 'night'; // the step that is done by the clock

export class Guide {
  // count, goal and go are the elements for how far it is, what is to be done and
  // how; setClock opens the clock.
  constructor(desk, stage, { hint, count, goal, go, setClock }) {
    Object.assign(this, { desk, stage, hint, count, goal, go, setClock });
    this.asked = 0;
    desk.addEventListener('change', () => {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.look(), SETTLED);
    });
  }

  // look asks the desk how far it is.
  async look() {
    const mine = ++this.asked;
    const next = await ask('/try/next');
    if (next && mine === this.asked) this.next = next;
    this.show();
    return this.next;
  }

  show(lang = this.lang) {
    this.lang = lang;
    const { next } = this;
    if (!next?.step || !lang) return;
    const steps = Object.keys(say(lang, 'goals'));
    const written = JSON.stringify([next.step, lang, this.how(next)]);
    if (this.written === written) return;
    this.written = written;
    this.hint.dataset.step = next.step;
    this.count.textContent = next.step === steps.at(-1) ? '✓' : `${steps.indexOf(next.step) + 1}/${steps.length - 1}`;
    this.goal.textContent = say(lang, 'goals')[next.step];
    this.go.replaceChildren(...this.parts(next));
    this.mark(next);
  }

  // how is the sentence of a step with what fills it in.
  how(next) {
    if (next.step === 'done') return {};
    if (next.step === CLOCK) return { sentence: 'guidePress', place: say(this.lang, 'clock'), press: say(this.lang, 'hours')[CLOCK] };
    const press = this.onScreen(next);
    return { sentence: press ? 'guidePress' : 'guideAnswer', place: this.stage.placeOf(next.chat, this.who(next)), press };
  }

  parts(next) {
    const { sentence, place, press } = this.how(next);
    if (!sentence) return [];
    const turn = next.step === CLOCK ? this.setClock : () => this.stage.turnTo(next.chat, this.who(next));
    const made = {
      '{place}': () => h('button.lead', { type: 'button', 'data-go': true, onclick: turn }, place),
      '{press}': () => h('b', { 'data-press-next': true }, press),
    };
    return say(this.lang, sentence, { place: '{place}', press: '{press}' }).split(/(\{\w+\})/).map((part) => made[part]?.() ?? part);
  }

  // who does it: one of the team, or the resident whose phone lies first.
  who(next) {
    return next.as || this.stage.resident;
  }

  // onScreen is the first of the step's buttons that can be pressed now.
  onScreen(next) {
    const chat = next.chat ? this.desk.chats.get(next.chat) : this.desk.privateChat(this.who(next));
    if (!chat) return undefined;
    if (chat.kind === 'private' && !chat.opened) return say(this.desk.people.get(chat.user)?.lang, 'start');
    const labels = new Set([...(chat.keyboard?.rows ?? []).flat(), ...chat.messages.flatMap((message) => (message.buttons ?? []).flat())].map(({ text }) => text));
    return next.press?.find((label) => labels.has(label));
  }

  // mark shows which tab is meant.
  mark(next) {
    const slot = next.chat ? `group:${next.chat}` : this.stage.views?.find(({ chat }) => chat === this.desk.privateChat(this.who(next)))?.slot;
    for (const tab of this.stage.tabs.children) tab.toggleAttribute('data-next', next.step !== CLOCK && tab.dataset.tab === slot);
  }
}
