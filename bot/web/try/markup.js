// A message's HTML becomes elements: parsed in a document that runs nothing,
// then copied tag by tag. Only what Telegram itself can format survives, without
// attributes; the desk has escaped what people typed, and this holds if it had not.

import { h } from './element.js';

const KEPT = new Set(['B', 'STRONG', 'I', 'EM', 'U', 'INS', 'S', 'DEL', 'CODE', 'PRE', 'BLOCKQUOTE']);
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'SVG', 'MATH', 'NOSCRIPT', 'TEXTAREA', 'TITLE']);
const SAFE_LINK = /^(https?|tel|tg):/i;

// formatted returns the elements for html. hooks: openLink(url), sendCommand(text), spoilerLabel.
export function formatted(html, hooks) {
  const parsed = new DOMParser().parseFromString(`<!doctype html><body>${html}`, 'text/html');
  const fragment = document.createDocumentFragment();
  copy(parsed.body, fragment, hooks, false);
  return fragment;
}

function copy(from, to, hooks, linked) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(...(linked ? [node.data] : linkified(node.data, hooks)));
      continue;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.nodeName.toUpperCase())) continue;
    const element = copied(node, hooks);
    copy(node, element ?? to, hooks, linked || element?.nodeName === 'A' || element?.nodeName === 'CODE');
    if (element) to.append(element);
  }
}

// copied is an empty element of the node's kind, or undefined when only the
// node's text is kept.
function copied(node, hooks) {
  if (KEPT.has(node.nodeName)) return document.createElement(node.nodeName);
  if (node.nodeName === 'TG-SPOILER') return spoiler(hooks);
  if (node.nodeName === 'A') {
    const url = node.getAttribute('href') ?? '';
    if (SAFE_LINK.test(url)) return link(url, hooks);
  }
  return undefined;
}

function link(url, hooks) {
  return h('a', {
    href: url,
    rel: 'noopener noreferrer',
    onclick: (event) => {
      if (/^tel:/i.test(url)) return;
      event.preventDefault();
      hooks.openLink(url);
    },
  });
}

function spoiler(hooks) {
  const element = h('span.spoiler', { role: 'button', tabindex: '0', 'aria-label': hooks.spoilerLabel });
  const reveal = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    element.classList.add('shown');
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name);
  };
  element.addEventListener('click', reveal, { once: true });
  element.addEventListener('keydown', reveal);
  return element;
}

// A number to call is linked where it stands alone: not inside a longer number,
// an amount, a time or a measure ("120 kW", "¥120", "1:20", "1120-07").
const PHONE = /(?<![\d.:¥$#\w+-])(?:\+\d{9,14}|119|120|110|12398|95598|0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?![\d%\w]|[-.:]\d| ?(?:[元度分户米秒瓦伏天岁号楼栋室人次个名年月日点]|千瓦|小时|单元|(?:kWh?|W|V|A|yuan|mins?|minutes?|hours?|days?|people|m|h)(?![a-z])))/i;
const COMMAND = /(?<![\w/.:-])\/[a-z][a-z_]{1,31}(?![\w/])/i;
const ADDRESS = /https?:\/\/[^\s<>"',。;、!?()]+/i;
const PATTERN = new RegExp([ADDRESS, COMMAND, PHONE].map((part) => `(${part.source})`).join('|'), 'gi');

// linkified cuts text into strings and the links Telegram clients make by themselves.
function linkified(text, hooks) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const [found, url, command] = match;
    pieces.push(text.slice(end, match.index));
    end = match.index + found.length;
    if (command) pieces.push(h('button.command', { type: 'button', onclick: () => hooks.sendCommand(command) }, command));
    else {
      const element = link(url ?? `tel:${found.replaceAll('-', '')}`, hooks);
      element.append(found);
      pieces.push(element);
    }
  }
  pieces.push(text.slice(end));
  return pieces.filter((piece) => piece !== '');
}
