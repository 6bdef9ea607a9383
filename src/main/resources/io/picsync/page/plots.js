/** The last reports as three plots over one time axis, with the same numbers as a table. */
import { fill, h, text } from "./dom.js";
import { count, dateTime, shortTime } from "./format.js";
import { reportLink } from "./parts.js";

const SERIES = [
  ["Missing when compared", "--missing", (r) => r.missing.count, "area"],
  ["Transferred", "--both", (r) => r.transferred.count, "bars"],
  ["Differs", "--differs", (r) => r.differs, "bars"],
];
const HEIGHT = 112;
const TICK_WIDTH = 96;
const DAY = 86400;
let library;

/** uPlot, fetched from this picsync when the first plot is drawn. */
function plotting() {
  library ??= new Promise((resolve, reject) => {
    document.head.append(
      h("link", { rel: "stylesheet", href: "page/uPlot.min.css" }),
      h("script", { src: "page/uPlot.iife.min.js", on: { load: () => resolve(window.uPlot), error: () => reject(new Error("The plot’s program can’t be loaded.")) } }));
  });
  return library;
}

export async function plots(place, reports, signal) {
  const compared = reports.filter((report) => report.compared).reverse();
  if (compared.length < 2) {
    fill(place, h("p", { class: "note" }, compared.length === 0 ? "There is no report of a run that compared yet." : "One report tells what a run found; from the second on there is something to plot."));
    return;
  }
  const uPlot = await plotting();
  if (signal.aborted) return;
  const panels = SERIES.map(([name, , value]) => {
    const read = h("output", {}, "");
    const canvas = h("div", { class: "canvas", role: "img", "aria-label": summary(name, compared, value) });
    return { read, canvas, element: h("div", { class: "panel" }, h("h3", {}, name, read), canvas) };
  });
  fill(place, h("div", { class: "panels" }, panels.map((panel) => panel.element)), table(compared));
  const drawn = () => SERIES.map((series, i) => draw(uPlot, series, panels[i], compared, i === SERIES.length - 1));
  let all = drawn();
  const again = () => {
    all.forEach((plot) => plot.destroy());
    all = drawn();
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", again);
  const sized = new ResizeObserver(() => all.forEach((plot, i) => plot.setSize({ width: panels[i].canvas.clientWidth, height: plot.height })));
  sized.observe(place);
  const leave = () => {
    dark.removeEventListener("change", again);
    sized.disconnect();
  };
  signal.addEventListener("abort", leave);
}

function draw(uPlot, [name, color, value, shape], { read, canvas }, reports, last) {
  const css = getComputedStyle(document.documentElement);
  const ink = (variable) => css.getPropertyValue(variable).trim();
  const axis = { stroke: ink("--soft"), font: "11px system-ui, sans-serif", grid: { stroke: ink("--line"), width: 1 }, ticks: { show: false } };
  const series = { stroke: ink(color), width: 1.5, points: { show: reports.length < 40, size: 4 } };
  if (shape === "area") Object.assign(series, { fill: ink(color) + "26", paths: uPlot.paths.stepped({ align: 1 }) });
  else Object.assign(series, { fill: ink(color) + "99", width: 1, paths: uPlot.paths.bars({ size: [0.7, 14] }), points: { show: false } });
  const rest = () => text(read, `last ${count(value(reports.at(-1)))}`);
  const plot = new uPlot({
    width: canvas.clientWidth || 600,
    height: last ? HEIGHT + 24 : HEIGHT,
    legend: { show: false },
    padding: [8, 8, last ? null : 6, 0],
    cursor: { y: false, sync: { key: "picsync" }, drag: { x: false } },
    scales: { y: { range: (self, low, high) => [0, Math.max(high * 1.08, 4)] } },
    axes: [
      { ...axis, show: last, size: 28, space: TICK_WIDTH, values: ticks },
      { ...axis, size: 64, space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6],
        values: (self, values) => values.map((v) => count(v)) }],
    series: [{}, series],
    hooks: {
      setCursor: [(self) => (self.cursor.idx === null || self.cursor.idx === undefined ? rest()
        : text(read, `${shortTime(reports[self.cursor.idx].requested)}: ${count(value(reports[self.cursor.idx]))}`))],
      ready: [(self) => self.over.addEventListener("click", () => open(self, reports))],
    },
  }, [reports.map((r) => Date.parse(r.requested) / 1000), reports.map(value)], canvas);
  rest();
  return plot;
}

function open(plot, reports) {
  if (plot.cursor.idx !== null && plot.cursor.idx !== undefined) location.hash = reportLink(reports[plot.cursor.idx].run).slice(1);
}

/**
 * Ticks `step` seconds apart, as years, as days, within one as hours, within a minute as seconds.
 * One that reads as the last one does stays empty.
 */
export function ticks(plot, seconds, axis, space, step) {
  const day = { day: "numeric", month: "short" };
  const time = { hour: "2-digit", minute: "2-digit" };
  const form = new Intl.DateTimeFormat("en-GB", step >= 300 * DAY ? { ...day, year: "numeric" } : step >= DAY ? day
    : step >= 60 ? { ...day, ...time } : { ...time, second: "2-digit" });
  const words = seconds.map((s) => form.format(new Date(s * 1000)));
  return words.map((word, i) => (word === words[i - 1] ? "" : word));
}

function summary(name, reports, value) {
  const values = reports.map(value);
  return `${name}, over ${values.length} runs: from ${count(values[0])} to ${count(values.at(-1))}, at most ${count(Math.max(...values))}. The table below has all numbers.`;
}

function table(reports) {
  return h("details", {}, h("summary", {}, "The plotted numbers as a table"),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "The plotted numbers" },
      h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Requested"), SERIES.map(([name]) => h("th", { scope: "col", class: "number" }, name)))),
        h("tbody", {}, [...reports].reverse().map((report) => h("tr", {},
          h("th", { scope: "row" }, h("a", { href: reportLink(report.run) }, dateTime(report.requested))),
          SERIES.map(([, , value]) => h("td", { class: "number" }, count(value(report))))))))));
}
