// The page's only contact with the desk: requests to /try/* and the stream.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
const EVENTS = ['state', 'message', 'gone', 'keyboard', 'toast', 'person', 'typing'];

// Refused is an answer of the desk that says no, with its sentence.
export class Refused extends Error {}

// post sends body as JSON and returns the answer. It throws Refused with the
// desk's own sentence, or with an empty one when the desk was not reached.
export async function post(path, body) {
  let response;
  let answer = {};
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  } catch {
    if (!response?.ok) throw new Refused('');
  }
  if (!response.ok || answer.ok === false) throw new Refused(answer.error ?? '');
  return answer;
}

// ask returns what the desk answers to a question, or undefined when it was not reached.
export async function ask(path) {
  try {
    const response = await fetch(path);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

// listen follows the stream for ever. onEvent(kind, data) gets every event;
// onStatus('open' | 'lost') tells whether the page is up to date. The browser's
// own retry is not used: it gives up for good when a proxy answers with an error.
export function listen(onEvent, onStatus) {
  let wait = FIRST_WAIT;
  let retry;
  let source;

  function connect() {
    clearTimeout(retry);
    source?.close();
    const mine = new EventSource('/try/stream');
    source = mine;
    for (const kind of EVENTS) {
      mine.addEventListener(kind, (event) => {
        if (source !== mine) return;
        if (kind === 'state') {
          wait = FIRST_WAIT;
          onStatus('open');
        }
        onEvent(kind, JSON.parse(event.data));
      });
    }
    mine.addEventListener('error', () => {
      if (source !== mine) return;
      mine.close();
      source = undefined;
      onStatus('lost');
      retry = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  addEventListener('online', () => source ?? connect());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !source) connect();
  });
  connect();
}
