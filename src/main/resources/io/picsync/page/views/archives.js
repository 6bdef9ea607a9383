/** Two archives and their overlap: drawn in proportion, and as a table by kind. */
import { h, svg } from "../dom.js";
import { bytes, count } from "../format.js";
import { wide } from "../parts.js";

const WIDTH = 1000;
const LEAST = 26;

/** The regions from left to right: name, colour, pictures and bytes by kind. */
function regions({ source, destination, intersect, differs }) {
  return [
    ["missing in destination", "missing", destination.files.missing.count, destination.files.missing.size],
    ["in both", "both", intersect.count, intersect.size],
    ["differs", "differs", differs.count, differs.sourceSize, differs.destinationSize],
    ["missing in source", "source", source.files.missing.count, source.files.missing.size],
  ];
}

/** `asOf`: when they were so, where that has to be told. */
export function archives(result, asOf = "") {
  const parts = regions(result);
  return [drawing(result, parts, asOf), key(parts), table(result, parts, asOf)];
}

/** Widths in proportion; what is there at all is wide enough to be seen. */
function widths(parts) {
  const counts = parts.map(([, , n]) => n.total);
  const small = counts.map((n) => n > 0 && n / sum(counts) < LEAST / WIDTH);
  const left = WIDTH - LEAST * small.filter(Boolean).length;
  const rest = sum(counts.filter((n, i) => !small[i]));
  return counts.map((n, i) => (n === 0 ? 0 : small[i] ? LEAST : (n / rest) * left));
}

function drawing(result, parts, asOf) {
  const all = widths(parts);
  const starts = all.map((w, i) => sum(all.slice(0, i)));
  const box = (kind, from, to, y) => to > from && svg("rect", { class: `box ${kind}`, x: from, y, width: to - from, height: 64, rx: 2 });
  const label = `The two archives${asOf}. Source: ${count(result.source.files.count.total)} pictures. Destination: ${count(result.destination.files.count.total)} pictures. ` +
    parts.map(([name, , n]) => `${name}: ${count(n.total)}`).join(". ");
  return h("figure", { class: "archives" },
    side("source", result.source),
    svg("svg", { viewBox: `-2 -2 ${WIDTH + 4} 104`, preserveAspectRatio: "none", role: "img", "aria-label": label },
      parts.map(([, color], i) => all[i] > 0 && svg("rect", { class: "region", "data-color": color, x: starts[i], width: all[i], y: i === 3 ? 36 : 0, height: i === 0 || i === 3 ? 64 : 100 })),
      box("of-source", 0, starts[3], 0),
      box("of-destination", starts[1], WIDTH, 36)),
    side("destination", result.destination));
}

function side(name, { files }) {
  return h("figcaption", { class: name }, h("b", {}, name), ` ${count(files.count.total)} pictures, ${bytes(files.size.total)}`);
}

function key(parts) {
  return h("dl", { class: "key" }, parts.map(([name, color, n, size]) => h("div", { class: n.total === 0 ? "zero" : "" },
    h("dt", {}, h("span", { class: "swatch", data: { color } }), name), h("dd", {}, h("b", {}, count(n.total)), h("small", {}, bytes(size.total))))));
}

function table(result, parts, asOf) {
  const rows = [
    ["source", result.source.files.count, result.source.files.size],
    ["destination", result.destination.files.count, result.destination.files.size],
    ...parts.map(([name, , n, size, other]) => [name, n, size, other]),
  ];
  const others = rows.some(([, n]) => other(n) > 0);
  const kinds = [["pictures", (n) => n.total], ["jpg", (n) => n.jpg], ["raw", (n) => n.raw], ...(others ? [["other", other]] : [])];
  const label = `The numbers of both sides${asOf}`;
  return wide(label, h("table", { class: "numbers" }, h("caption", { class: "hidden" }, label),
    h("thead", {}, h("tr", {}, h("td"), kinds.map(([kind]) => h("th", { scope: "col", class: "number" }, kind)),
      kinds.map(([kind]) => h("th", { scope: "col", class: "number" }, kind === "pictures" ? "bytes" : `${kind} bytes`)))),
    h("tbody", {}, rows.map(([name, n, size, there]) => h("tr", { class: n.total === 0 ? "zero" : "" }, h("th", { scope: "row" }, name),
      kinds.map(([, of]) => h("td", { class: "number" }, count(of(n)))),
      kinds.map(([, of]) => h("td", { class: "number" }, bytes(of(size)), there && of(n) > 0 && h("small", {}, ` / ${bytes(of(there))}`))))))));
}

const other = (n) => n.total - n.jpg - n.raw;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
