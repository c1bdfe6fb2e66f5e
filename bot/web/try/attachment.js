// The part of a message that is not text: picture, voice, pin, contact, sticker.
// All of it is drawn here; the only thing loaded is a picture of /try/file/.

import { avatar, h, icon } from './element.js';
import { formatted } from './markup.js';
import { say } from './words.js';

// attachment returns the elements that stand above a message's text.
export function attachment(message, lang) {
  return drawings[message.kind]?.(message, lang) ?? [];
}

const drawings = {
  photo: (message, lang) => [picture(message, lang, 'photo')],
  video: (message, lang) => [h('div.video', {}, picture(message, lang, 'video'), h('span.play', {}, icon('play')))],
  document: (message, lang) => [h('div.file', {}, h('span.disc', {}, icon('file')), h('span', {}, say(lang, 'document')))],
  voice: (message, lang) => [voice(message, lang)],
  location: (message, lang) => [place(message, lang)],
  contact: (message) => [contact(message)],
  sticker: (message, lang) => [h('div.sticker', { role: 'img', 'aria-label': say(lang, 'sticker') }, icon('thumb'))],
};

function picture(message, lang, kind) {
  const label = say(lang, kind);
  if (!message.file?.startsWith('/try/file/')) return h('div.nopicture', { role: 'img', 'aria-label': label }, kind === 'photo' && icon('photo'));
  return h('img.picture', { src: message.file, width: message.width, height: message.height, alt: label, draggable: message.protected ? 'false' : undefined });
}

// voice draws a wave from the message's id, so that each looks like itself.
function voice(message, lang) {
  const bars = Array.from({ length: 28 }, (_, i) => {
    const bar = h('i', {});
    const swing = Math.abs(Math.sin((message.id + 3) * (i + 1) * 0.7)) * 0.8 + 0.2;
    bar.style.height = `${Math.round(swing * 100)}%`;
    return bar;
  });
  return h('div.voice', {}, h('span.disc', {}, icon('play')),
    h('div', {}, h('div.wave', { 'aria-hidden': 'true' }, bars), h('span.small', {}, say(lang, 'voice'))));
}

function place(message, lang) {
  const lat = Number(message.lat).toFixed(4);
  const lon = Number(message.lon).toFixed(4);
  return h('div.place', { role: 'img', 'aria-label': say(lang, 'locationOf', { lat, lon }) },
    icon('map'), h('span.pin', {}, icon('pin')), h('span.where', {}, `${lat}, ${lon}`));
}

// contact draws the card of a person; the card's name comes as the message's text.
function contact(message) {
  const phone = message.phone ?? '';
  const name = formatted(message.html ?? '', {}).textContent.trim() || message.name;
  return h('div.contact', {}, avatar(message.from, name),
    h('div', {}, h('strong', {}, name), h('a', { href: `tel:${phone.replace(/[^\d+]/g, '')}` }, phone)));
}
