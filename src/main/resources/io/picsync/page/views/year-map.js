/** One year as a heat map of months, weeks as columns; with arrow keys, and as a table. */
import { h } from "../dom.js";
import { count, day as dayWords } from "../format.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAY = 86_400_000;
const STEPS = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, PageUp: -28, PageDown: 28 };

/** State, level and words, for the legend. */
export const LEGEND = [
  ["captured", 0, "captured"],
  ["gaps", 1, "captured, with gaps"],
  ["never", 0, "never captured"],
  ["missing", 1, "a few missing at the destination"],
  ["missing", 3, "most missing at the destination"],
  ["none", 0, "not expected"],
];

/** What a day is, in words. */
export function tell(day) {
  if (!day) return "nothing captured, nothing expected";
  const parts = [`${count(day.captured)} captured`];
  if (day.missing > 0) parts.push(`${count(day.missing)} missing at the destination`);
  if (day.neverCaptured > 0) parts.push(`${count(day.neverCaptured)} never captured`);
  return parts.join(", ");
}

/** How bad a day is, from 1 to 3. */
function level(day) {
  const [part, whole] = day.state === "missing" ? [day.missing, day.captured] : [day.neverCaptured, day.captured + day.neverCaptured];
  if (day.state === "captured" || day.state === "never") return 0;
  const share = whole === 0 ? 1 : part / whole;
  return share < 0.1 ? 1 : share < 0.5 ? 2 : 3;
}

/** `chosen(day, element)` is called for the day that is looked at; `day.state` is `none` for one without a line. */
export function yearMap(year, days, { firstDay, lastDay }, chosen) {
  const known = new Map(days.map((day) => [day.day, day]));
  const cells = [];
  const months = MONTHS.map((name, month) => {
    if (!reaches(year, month, firstDay, lastDay)) return null;
    const grid = h("div", { class: "days" });
    const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
    for (let at = Date.UTC(year, month, 1); new Date(at).getUTCMonth() === month; at += DAY) {
      const iso = new Date(at).toISOString().slice(0, 10);
      const cell = dayCell(iso, known.get(iso), iso >= firstDay && iso <= lastDay);
      if (new Date(at).getUTCDate() === 1) cell.style.setProperty("grid-row-start", before + 1);
      cells.push(cell);
      grid.append(cell);
    }
    return h("div", { class: "month" }, h("h3", { "aria-hidden": "true" }, name.slice(0, 3)), grid);
  });
  const map = h("div", { class: "map", role: "group", "aria-label": `${year}, day by day; arrow keys move by day and week` }, months);
  const data = (cell) => known.get(cell.dataset.day) ?? { day: cell.dataset.day, state: "none" };
  roving(map, cells, (cell) => chosen(data(cell), cell));
  return h("section", { class: "year", "aria-labelledby": `y${year}` },
    h("h2", { id: `y${year}`, tabindex: -1 }, year, h("small", {}, sum(days))), map, table(days));
}

/** Whether a month lies between the first and the last day that are known: the others would be empty. */
function reaches(year, month, firstDay, lastDay) {
  const iso = `${year}-${String(month + 1).padStart(2, "0")}`;
  return iso >= firstDay.slice(0, 7) && iso <= lastDay.slice(0, 7);
}

function dayCell(iso, day, inRange) {
  if (!inRange) return h("span", { class: "day", data: { state: "outside", day: iso } });
  return h("button", {
    type: "button", class: "day", tabindex: -1, "aria-label": `${dayWords(iso)}: ${tell(day)}`,
    data: { day: iso, state: day?.state ?? "none", level: day ? level(day) : 0 },
  });
}

/** One cell of the map takes part in the tab order; arrow keys move it. */
function roving(map, all, chosen) {
  const cells = all.filter((cell) => cell.tagName === "BUTTON");
  if (cells.length === 0) return;
  let at = cells.length - 1;
  cells[at].tabIndex = 0;
  const go = (to) => {
    cells[at].tabIndex = -1;
    at = Math.max(0, Math.min(cells.length - 1, to));
    cells[at].tabIndex = 0;
  };
  map.addEventListener("keydown", (event) => {
    const step = { ...STEPS, Home: -at, End: cells.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    go(at + step);
    cells[at].focus();
  });
  const look = (event) => {
    const cell = event.target.closest("button.day");
    if (cell) chosen(cell);
    if (cell && event.type !== "mouseover") go(cells.indexOf(cell));
  };
  for (const event of ["mouseover", "focusin", "click"]) map.addEventListener(event, look);
}

function sum(days) {
  const of = (state) => days.filter((day) => day.state === state).length;
  const words = [["missing", "with missing pictures"], ["never", "never captured"], ["gaps", "with gaps"], ["captured", "complete"]];
  return words.map(([state, what]) => [of(state), what]).filter(([n]) => n > 0).map(([n, what]) => ` ${count(n)} ${what}`).join(" ·");
}

function table(days) {
  const worth = days.filter((day) => day.state !== "captured");
  if (worth.length === 0) return h("p", { class: "note" }, days.length === 0 ? "No day of this year is known." : "Every known day is complete.");
  const details = h("details", {}, h("summary", {}, "The days that lack something, as a table"));
  details.addEventListener("toggle", () => details.open && details.children.length === 1 && details.append(rows(worth)));
  return details;
}

function rows(days) {
  return h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Day"), h("th", { scope: "col" }, "State"),
    ["Captured", "Missing at the destination", "Never captured", "Expected"].map((name) => h("th", { scope: "col", class: "number" }, name)))),
  h("tbody", {}, days.map((day) => h("tr", {}, h("th", { scope: "row" }, day.day), h("td", {}, day.state),
    [day.captured, day.missing, day.neverCaptured, day.expected].map((n) => h("td", { class: "number" }, n === undefined ? "–" : count(n)))))));
}
