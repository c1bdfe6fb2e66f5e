// Small builders for DOM elements. Everything the page shows is made here or in
// markup.js from text, never from a string of HTML.

const SVG = 'http://www.w3.org/2000/svg';

// h('button.icon', {type: 'button', onclick}, 'text', child) makes an element.
// Attributes that are undefined, null or false are left out; "on…" listens.
export function h(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

// icon draws one symbol of icons.svg; the name beside it is read out, not the drawing.
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'glyph');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

// initials are what Telegram writes into an avatar without a picture: the first
// letters of the first two words, or the first character of a Chinese name.
export function initials(name) {
  const first = (word) => [...graphemes.segment(word)][0]?.segment ?? '';
  const words = name.trim().split(/\s+/);
  const letters = words.map(first);
  return /^\p{Script=Han}/u.test(name.trim()) || words.length < 2 ? letters[0] : letters[0] + letters[1];
}

// hue is the number of the colour an id keeps in names and avatars (7 colours, as in Telegram).
export function hue(id) {
  return String(Math.abs(Number(id)) % 7);
}

export function avatar(id, name) {
  return h('span.avatar', { 'data-hue': hue(id), 'aria-hidden': 'true' }, initials(name || '?'));
}

// languageOf guesses the language of a text for screen readers and fonts.
export function languageOf(text) {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}
