/** Numbers, bytes, times and words as the page shows them. Times are local, with their zone. */

const NUMBER = new Intl.NumberFormat("en");
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
  timeZoneName: "short",
});
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const OFFSET = new Intl.DateTimeFormat("en-GB", { timeZoneName: "longOffset" });
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export const count = (n) => NUMBER.format(n);

/** `1 picture`, `2 pictures`. */
export const many = (n, one, more = one + "s") => `${count(n)} ${n === 1 ? one : more}`;

export function bytes(n) {
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export const rate = (n) => `${bytes(n)}/s`;

/** Pictures and their bytes of a volume. */
export const volume = (v) => `${many(v.count, "picture")}, ${bytes(v.bytes)}`;

/** Seconds in the two largest units that say something. */
export function duration(seconds) {
  if (seconds < 10 && seconds % 1 !== 0) return `${seconds.toFixed(1)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return pair(Math.floor(s / 60), "min", s % 60, "s");
  if (s < 86400) return pair(Math.floor(s / 3600), "h", Math.floor((s % 3600) / 60), "min");
  return pair(Math.floor(s / 86400), "d", Math.floor((s % 86400) / 3600), "h");
}

const pair = (a, unitA, b, unitB) => (b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`);

export const dateTime = (iso) => TIME.format(new Date(iso));
export const shortTime = (iso) => SHORT.format(new Date(iso));
export const clock = (date) => CLOCK.format(date);

/** A day of pictures' names, which has no zone: `2011-07-14`. */
export const day = (iso) => DAY.format(new Date(iso + "T00:00:00Z"));

/** `14 Jul 2011, 15:30:10` of a camera's own clock. */
export function cameraTime(local) {
  const at = new Date(local + "Z");
  return `${at.getUTCDate()} ${at.toLocaleString("en-GB", { month: "short", timeZone: "UTC" })} ${at.getUTCFullYear()}, ${local.slice(11)}`;
}

/** How long ago, roughly. */
export function ago(iso) {
  const seconds = Math.max(0, (Date.now() - Date.parse(iso)) / 1000);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return many(Math.floor(seconds / 86400), "day") + " ago";
}

export function until(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  return seconds < 1 ? "now" : `in ${duration(seconds)}`;
}

export function zone() {
  const offset = OFFSET.formatToParts(new Date()).find((part) => part.type === "timeZoneName").value;
  return `Times are yours: ${ZONE}, ${offset}. Days and capture times are the camera's.`;
}

const WORDS = {
  alreadyThere: "already there", notAttempted: "not attempted", unsettled: "still being written",
  process: "working copies (process-*)", temporary: "temporary names", "not-wanted": "not wanted",
  "name-taken": "name taken on the other side",
};

/** The API speaks of a login; on the page one signs in. */
export const signInWords = (words) => words.replaceAll("Log in", "Sign in").replaceAll("The login is wrong", "The name or the password is wrong");

/** A key of a report as words. */
export const words = (key) => WORDS[key] ?? key.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("-", " ").toLowerCase();
