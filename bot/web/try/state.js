// The desk as the stand-in tells it: people, chats and messages, kept up to
// date by the events of the stream. It knows nothing of phones or elements.
//
// Every event that changes something is announced as a "change" with
// {kind, chat, message, fresh, toast}; fresh means a message not seen before.

import { setNow } from './clock.js';

export class Desk extends EventTarget {
  bot = { id: 0, name: '', username: '' };
  people = new Map();
  chats = new Map();
  typing = new Set();

  apply(kind, data) {
    const detail = this[`on_${kind}`]?.(data);
    if (detail) this.dispatchEvent(new CustomEvent('change', { detail: { kind, ...detail } }));
  }

  // A state replaces everything. A message or keyboard that did not change keeps
  // its object, so that a reconnect repaints nothing, reads nothing out again
  // and leaves a folded keyboard folded.
  on_state(state) {
    const before = this.chats;
    if (state.now) setNow(state.now);
    this.bot = state.bot;
    this.people = new Map((state.people ?? []).map((person) => [person.id, person]));
    this.chats = new Map((state.chats ?? []).map((chat) => [chat.id, whole(chat)]));
    this.typing.clear();
    for (const chat of this.chats.values()) {
      const old = before.get(chat.id);
      const known = new Map(old?.messages.map((message) => [message.id, message]));
      chat.messages = chat.messages.map((message) => kept(known.get(message.id), message));
      chat.keyboard = kept(old?.keyboard, chat.keyboard);
    }
    return {};
  }

  on_message({ chat: id, message }) {
    const chat = this.chats.get(id);
    if (!chat) return undefined;
    const at = chat.messages.findIndex((old) => old.id === message.id);
    if (at >= 0) chat.messages[at] = message;
    else {
      chat.messages.push(message);
      chat.messages.sort((a, b) => a.id - b.id);
    }
    // A bot cannot write first, so any message means that the chat was opened.
    if (chat.kind === 'private') chat.opened = true;
    if (message.bot) this.typing.delete(id);
    return { chat: id, message, fresh: at < 0 };
  }

  on_gone({ chat: id, id: message }) {
    const chat = this.chats.get(id);
    if (!chat) return undefined;
    chat.messages = chat.messages.filter((old) => old.id !== message);
    return { chat: id };
  }

  on_keyboard({ chat: id, keyboard }) {
    const chat = this.chats.get(id);
    if (!chat) return undefined;
    chat.keyboard = keyboard;
    return { chat: id };
  }

  on_person({ person, chat }) {
    this.people.set(person.id, person);
    if (chat) this.chats.set(chat.id, whole(chat));
    return { chat: chat?.id };
  }

  on_typing({ chat }) {
    this.typing.add(chat);
    return { chat };
  }

  on_toast(toast) {
    return { toast };
  }

  // The three changes below are this page's own doing, confirmed by the desk's
  // 200 but not told by an event of their own.
  stopTyping(chat) {
    if (this.typing.delete(chat)) this.dispatchEvent(new CustomEvent('change', { detail: { kind: 'typing', chat } }));
  }

  setLanguage(user, lang) {
    const person = this.people.get(user);
    if (!person) return;
    this.people.set(user, { ...person, lang });
    this.dispatchEvent(new CustomEvent('change', { detail: { kind: 'person' } }));
  }

  setMember(id, user, member) {
    const chat = this.chats.get(id);
    if (!chat) return;
    chat.members = chat.members.filter((other) => other !== user);
    if (member) chat.members.push(user);
    this.dispatchEvent(new CustomEvent('change', { detail: { kind: 'members', chat: id } }));
  }

  setOpened(id) {
    const chat = this.chats.get(id);
    if (!chat) return;
    chat.opened = true;
    this.dispatchEvent(new CustomEvent('change', { detail: { kind: 'opened', chat: id } }));
  }

  privateChat(user) {
    return [...this.chats.values()].find((chat) => chat.kind === 'private' && chat.user === user);
  }

  // title is what stands above the chat: in private everybody sees the bot.
  title(chat) {
    return chat.kind === 'private' ? this.bot.name : chat.title;
  }

  name(user) {
    return user === this.bot.id ? this.bot.name : this.people.get(user)?.name;
  }
}

// kept is the known object when the new one says the same, else the new one.
function kept(known, now) {
  return JSON.stringify(known) === JSON.stringify(now) ? known : now;
}

// whole fills in the lists that JSON may leave out or write as null.
function whole(chat) {
  return {
    ...chat,
    messages: (chat.messages ?? []).filter((message) => !message.deleted),
    commands: chat.commands ?? [],
    members: chat.members ?? [],
  };
}
