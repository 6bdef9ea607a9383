/** Asks again and again, less often while nobody looks, and tells when picsync is lost and found again. */
import { refresh } from "./access.js";
import { get } from "./api.js";
import { fill, h, say } from "./dom.js";
import { clock } from "./format.js";

const UNSEEN = 30_000;
const LONGEST = 15_000;
let lostSince = null;
let lost = 0;
const waiting = new Set();

/**
 * Asks for a path every so many seconds until `signal` aborts; `seen` gets each answer that changed,
 * `failed` each error that picsync told. Returns a function that asks at once.
 */
export function watch(path, seconds, signal, seen, failed = () => {}) {
  let timer;
  let last;
  let again = false;
  let asking = false;
  const ask = async () => {
    if (signal.aborted) return;
    clearTimeout(timer);
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    let pause = document.hidden ? UNSEEN : seconds * 1000;
    try {
      const body = await get(typeof path === "function" ? path() : path, signal);
      found();
      if (!signal.aborted && body !== last) seen((last = body));
    } catch (problem) {
      if (signal.aborted) return;
      pause = Math.max(pause, trouble(problem, failed));
      last = undefined;
    } finally {
      asking = false;
    }
    if (signal.aborted) return;
    timer = setTimeout(ask, again ? 0 : pause);
    again = false;
  };
  waiting.add(ask);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    waiting.delete(ask);
  });
  ask();
  return ask;
}

function trouble(problem, failed) {
  if (problem.status === 0 || problem.status === 502 || problem.status === 504) return lose();
  found(); // a refusal is an answer
  if (problem.status === 401) refresh().catch(() => {});
  if (problem.status === 503) return (problem.retryAfter ?? 2) * 1000;
  failed(problem);
  return 5000;
}

function lose() {
  lost++;
  if (!lostSince) {
    lostSince = new Date();
    fill(document.getElementById("connection"),
      h("strong", {}, `No connection to picsync since ${clock(lostSince)}.`),
      " What you see is from before. This page tries again by itself. ",
      h("button", { type: "button", on: { click: retry } }, "Try now"));
    document.body.classList.add("lost");
  }
  return Math.min(LONGEST, 1000 * 2 ** Math.min(lost, 4));
}

function found() {
  lost = 0;
  if (!lostSince) return;
  lostSince = null;
  document.body.classList.remove("lost");
  fill(document.getElementById("connection"));
  say("Connected to picsync again.");
  retry();
}

function retry() {
  [...waiting].forEach((ask) => ask());
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) retry();
});
window.addEventListener("online", retry);
