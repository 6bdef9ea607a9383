/** Small things that several views show. */
import { h, svg } from "./dom.js";
import { ago, count, dateTime, many } from "./format.js";

const SIGNS = {
  idle: "○", waiting: "◔", comparing: "⇄", transferring: "↓", reporting: "✎", paused: "‖", stopped: "■", removed: "×",
  completed: "✓", incomplete: "!", failed: "×", cancelled: "■",
};

/** A state or status as a sign and a word. */
export function badge(word) {
  return h("span", { class: "badge", data: { word } }, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[word] ?? "•"), word);
}

/** Whether the address is at fault, so that trying again can't help. */
export const astray = (problem) => [400, 404].includes(problem.status) || problem instanceof URIError;

/** A problem as what, why and what to do. */
export function problemBox(problem, again) {
  return h("div", { class: "problem", role: "alert" },
    h("h2", {}, problem.message),
    problem.detail && h("p", {}, problem.detail),
    again && !astray(problem) && h("button", { type: "button", on: { click: again } }, "Try again"));
}

/** Where an address leads nowhere: what is to be found instead. */
export function astrayBox({ detail }) {
  return h("div", { class: "problem", role: "alert" },
    h("h2", {}, "Nothing is at this address."),
    h("p", {}, "It may be mistyped, or what it led to is gone, such as a report that was deleted."),
    detail && h("p", { class: "note" }, detail),
    h("p", {}, "Look at ", h("a", { href: "#/" }, "the syncs"), " or at ", h("a", { href: "#/reports" }, "the reports"), " instead."));
}

/** A time as how long ago, with the full time at hand. */
export function when(iso) {
  return h("time", { datetime: iso, title: dateTime(iso) }, ago(iso));
}

/** What was missing after each run, as a small line; its words are the alternative. */
export function spark(values, width = 96, height = 24) {
  if (values.length < 2) return h("span", { class: "note" }, "–");
  const top = Math.max(...values);
  const x = (i) => 2 + (i * (width - 4)) / (values.length - 1);
  const y = (v) => height - 3 - (top === 0 ? 0 : (v * (height - 6)) / top);
  const line = values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`);
  const last = values[values.length - 1];
  const label = `Missing after the last ${values.length} runs: from ${count(values[0])} to ${count(last)}, at most ${count(top)}`;
  return svg("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    svg("title", {}, label),
    svg("polygon", { points: `2,${height - 3} ${line.join(" ")} ${width - 2},${height - 3}` }),
    svg("polyline", { points: line.join(" ") }),
    svg("circle", { cx: x(values.length - 1), cy: y(last), r: 2.2 }));
}

/** What a run has not done yet. */
export function left(run) {
  return { count: Math.max(0, run.missing.count - run.done.count), bytes: Math.max(0, run.missing.bytes - run.done.bytes) };
}

/** What the destination lacks now: what a run that has compared has left, else what was left before. */
export function lacks(sync) {
  if (sync.state === "removed") return undefined;
  return sync.run?.compared ? left(sync.run) : sync.missing;
}

/** Why there is a sync without a route, and for how long. */
export const routeGone = (sync) => `Its route is gone; its reports stay until their folder reports/${sync} is deleted.`;

/** A box in which a table that is too wide scrolls, so that the page does not. */
export function wide(label, table) {
  return h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, table);
}

/** How far a run is, of 1; undefined while that can't be told. */
export function share(run) {
  if (run.mode !== "sync" || !run.compared || run.missing.count === 0) return undefined;
  return run.missing.bytes > 0 ? run.done.bytes / run.missing.bytes : run.done.count / run.missing.count;
}

/** What a run has done so far, in words. */
export function doing(run) {
  if (run.state === "waiting") return "waits for its turn";
  if (!run.compared) return `${many(run.folders, "folder")} compared, ${count(run.missing.count)} missing so far`;
  if (run.mode === "check") return `${count(run.missing.count)} missing`;
  return `${count(run.done.count)} of ${many(run.missing.count, "picture")}`;
}

/** A bar for a run's progress; without a value while that can't be told. */
export function bar(run) {
  const done = share(run);
  return h("progress", { max: 1, value: done, "aria-label": `Progress of ${run.sync}` });
}

/** Brings a bar up to date. */
export function setBar(element, run) {
  const done = share(run);
  if (done === undefined) element.removeAttribute("value");
  else element.value = done;
}

/** A term and what it is, for a `dl`. */
export const fact = (term, ...what) => h("div", {}, h("dt", {}, term), h("dd", {}, ...what));

export const syncLink = (sync, ...rest) => ["#", "sync", sync, ...rest].map(encodePart).join("/");
export const reportLink = (run) => `#/report/${encodeURIComponent(run)}`;
const encodePart = (part) => (part === "#" ? part : encodeURIComponent(part));
