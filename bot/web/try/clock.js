// Times as the phones show them. The phones are in the county, so they show
// China's time wherever the browser is, as the desk's own sentences do.

const DAY = 86_400_000;
const AHEAD = 8 * 3_600_000; // China is 8 hours ahead of UTC, all year

// The demo has a clock of its own, which a visitor may have set forward.
let ahead = 0;

// setNow hears what the time is on the phones.
export function setNow(at) {
  ahead = Date.parse(at) - Date.now();
}

// now is the time on the phones.
export function now() {
  return Date.now() + ahead;
}

const shifted = (at) => new Date(new Date(at).getTime() + AHEAD);

// hourOf is the time of a moment as 21:05.
export function hourOf(at) {
  return shifted(at).toISOString().slice(11, 16);
}

// dayOf is the date of a moment as 2026-11-23.
export function dayOf(at) {
  return shifted(at).toISOString().slice(0, 10);
}

// weekday is the day of the week of a moment: 周六, Sat.
export function weekday(at, lang) {
  return shifted(at).toLocaleDateString(lang === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', weekday: 'short' });
}

// dayName is how a chat's date line calls the day of a moment.
export function dayName(at, lang, words) {
  const date = dayOf(at);
  if (date === dayOf(now())) return words.today;
  if (date === dayOf(now() - DAY)) return words.yesterday;
  return shifted(at).toLocaleDateString(lang === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', month: 'long', day: 'numeric' });
}
