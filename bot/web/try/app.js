// The page's beginning: desk, stream, stage and the bar above them.

import { hourOf, now, weekday } from './clock.js';
import { h } from './element.js';
import { Guide } from './guide.js';
import { confirm, sheet } from './sheet.js';
import { Stage } from './stage.js';
import { Desk } from './state.js';
import { listen, post } from './wire.js';
import { htmlLang, say } from './words.js';

const LANGUAGE = 'powerdesk-page-language';
const HINT = 'powerdesk-hint-closed';
const CLOCK_SHOWN = 5000; // ms between two looks at the clock
const LOST_SHOWN_AFTER = 400; // ms; a blink of the connection is not worth a notice

const at = (name) => document.querySelector(`[data-at="${name}"]`);
const desk = new Desk();
const stage = new Stage(desk, { table: at('table'), tabs: at('tabs'), shelf: at('shelf') });
const guide = new Guide(desk, stage, { hint: at('hint'), count: at('count'), goal: at('goal'), go: at('go'), setClock });
let lang;

// paintPage writes the bar's words; elements name theirs in data-word or data-label.
function paintPage() {
  document.documentElement.lang = htmlLang(lang);
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(lang, element.dataset.word);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(lang, element.dataset.label));
    element.title = say(lang, element.dataset.label);
  }
  for (const button of document.querySelectorAll('[data-lang]')) button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
  stage.setLang(lang);
  guide.show(lang);
  showClock();
}

function setLanguage(wanted) {
  lang = wanted;
  localStorage.setItem(LANGUAGE, lang);
  paintPage();
}

// switchLanguage turns the page and the shown resident's Telegram together.
function switchLanguage(wanted) {
  setLanguage(wanted);
  if (desk.people.get(stage.resident)?.lang !== wanted) stage.changeLanguage(stage.resident, wanted);
}

// firstLanguage is the one chosen before, else the resident's own.
function firstLanguage() {
  const kept = localStorage.getItem(LANGUAGE);
  return kept === 'zh' || kept === 'en' ? kept : desk.people.get(stage.resident)?.lang ?? 'zh';
}

async function reset() {
  const yes = await confirm({ lang, danger: true, title: say(lang, 'resetTitle'), body: say(lang, 'resetBody'), label: say(lang, 'reset') });
  if (!yes) return;
  stage.unread.clear();
  stage.chosen.clear();
  showHint(true);
  stage.tell(() => post('/try/reset', {}), (text) => stage.snack(text), lang);
}

async function anotherResident() {
  const name = h('input', { type: 'text', required: true, maxlength: '32', autocomplete: 'off', placeholder: say(lang, 'personHint'), 'data-person-name': true });
  const check = () => name.setCustomValidity(name.value.trim() ? '' : say(lang, 'nameMissing'));
  name.addEventListener('input', check);
  check();
  const tongues = h('fieldset.options', {}, h('legend', {}, say(lang, 'personLang')), [['zh', '中文'], ['en', 'English']].map(([value, label]) =>
    h('label.option', {}, h('input', { type: 'radio', name: 'person-lang', value, checked: value === lang }), h('span', { lang: htmlLang(value) }, label))));
  const choice = await sheet({
    lang, title: say(lang, 'personTitle'), body: say(lang, 'personBody'),
    content: h('div.fields', {}, h('label.field', {}, h('span', {}, say(lang, 'personName')), name), tongues),
    choices: [{ value: '', label: say(lang, 'cancel') }, { value: 'add', label: say(lang, 'personAdd'), kind: 'primary' }],
  });
  if (choice !== 'add') return;
  const spoken = tongues.querySelector(':checked').value;
  await stage.tell(async () => {
    const { person } = await post('/try/person', { name: name.value.trim(), lang: spoken, role: 'resident' });
    // The stream brings the person and the chat; the phone turns to them then.
    stage.chosen.set('resident', person.id);
    if (desk.people.has(person.id)) stage.go('resident', false);
  }, (text) => stage.snack(text), lang);
}

function showHint(open) {
  at('hint').hidden = !open;
  localStorage.setItem(HINT, open ? '' : 'closed');
}

// On a small screen the introduction makes room once somebody has begun.
const small = matchMedia('(max-width: 719px)');
function showIntro() {
  at('intro').hidden = small.matches && [...desk.chats.values()].some(({ messages }) => messages.length);
}

function showClock() {
  if (lang) at('hour').textContent = momentOf(now());
}

// momentOf is a moment as the clock shows it: Sat 22:30.
function momentOf(moment) {
  return `${weekday(moment, lang)} ${hourOf(moment)}`;
}

// setClock lets the visitor choose to which part of the day the whole demo goes on.
async function setClock() {
  const hours = (await guide.look())?.hours ?? {};
  const to = await sheet({
    lang, title: say(lang, 'clockTitle', { now: momentOf(now()) }), body: say(lang, 'clockBody'),
    choices: [...Object.entries(hours).sort(([, a], [, b]) => Date.parse(a) - Date.parse(b)).map(([part, moment]) => (
      { value: part, label: `${say(lang, 'hours')[part]} · ${momentOf(moment)}` })), { value: '', label: say(lang, 'cancel') }],
  });
  if (to) stage.tell(() => post('/try/clock', { to }), (text) => stage.snack(text), lang);
}

// The notice waits a moment before it appears, and goes as soon as a state came.
let notice;
function status(now) {
  clearTimeout(notice);
  if (now === 'open') at('notice').hidden = true;
  else notice = setTimeout(() => { at('notice').hidden = false; }, LOST_SHOWN_AFTER);
}

function ready() {
  if (lang) return;
  stage.show();
  lang = firstLanguage();
  paintPage();
  showIntro();
  at('hint').hidden = localStorage.getItem(HINT) === 'closed';
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'zh' || asked === 'en') switchLanguage(asked);
}

for (const button of document.querySelectorAll('[data-lang]')) button.addEventListener('click', () => switchLanguage(button.dataset.lang));
at('reset').addEventListener('click', reset);
at('clock').addEventListener('click', setClock);
setInterval(showClock, CLOCK_SHOWN);
at('another').addEventListener('click', anotherResident);
at('hint-close').addEventListener('click', () => showHint(false));
desk.addEventListener('change', ({ detail }) => {
  if (detail.kind === 'state') ready();
  showIntro();
  showClock();
});
listen((kind, data) => desk.apply(kind, data), status);
