/** Reports page by page, the newest first; the server pages and filters. */
import { get, query } from "../api.js";
import { fill, h, text } from "../dom.js";
import { bytes, count, dateTime, duration, shortTime } from "../format.js";
import { badge, problemBox, reportLink, syncLink, wide } from "../parts.js";

const STATUSES = ["completed", "incomplete", "failed", "cancelled"];
const COLUMNS = [["Requested"], ["Sync"], ["Mode"], ["Status"], ["Source", 1], ["Missing", 1], ["Transferred", 1], ["Differs", 1], ["Left missing", 1], ["Took", 1]];

/** Shows them; `fixed` are fields of the query that nobody may change, such as the sync. */
export function reportList(place, signal, fixed = {}, given = new URLSearchParams()) {
  let pages = [undefined];
  const status = h("select", { id: "of-status" }, h("option", { value: "" }, "any status"), STATUSES.map((s) => h("option", { value: s, selected: given.get("status") === s }, s)));
  const sync = h("input", { id: "of-sync", type: "search", value: given.get("sync") ?? "", size: 14, placeholder: "whole name", autocomplete: "off" });
  const from = h("input", { id: "of-from", type: "datetime-local", value: given.get("from") ?? "" });
  const to = h("input", { id: "of-to", type: "datetime-local", value: given.get("to") ?? "" });
  const fields = [fixed.sync ? null : ["Sync", sync], ["Status", status], ["From", from], ["Before", to]].filter(Boolean);
  const form = h("form", { class: "tools" }, fields.map(([label, field]) => [h("label", { for: field.id }, label), field]),
    h("button", { type: "submit" }, "Show"));
  const shown = COLUMNS.filter(([name]) => !(fixed.sync && name === "Sync"));
  const body = h("tbody", { role: "rowgroup" });
  const table = h("table", { class: "cards reports", role: "table", "aria-label": "Reports" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, shown.map(([name, number]) => h("th", { scope: "col", role: "columnheader", class: number && "number" }, name)))), body);
  const told = h("div", { role: "status" });
  const newer = h("button", { type: "button", on: { click: () => go(-1) } }, "← Newer");
  const older = h("button", { type: "button", on: { click: () => go(1) } }, "Older →");
  const where = h("span", { class: "note" });
  const box = wide("Reports", table);
  fill(place, form, box, told, h("div", { class: "pager" }, newer, where, older));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pages = [undefined];
    load();
  });

  let next;
  function go(step) {
    if (step > 0) pages.push(next);
    else pages.pop();
    load();
  }

  const filtered = () => fields.some(([, field]) => field.value.trim() !== "");
  const moment = (field) => (field.value ? new Date(field.value).toISOString() : "");

  async function load() {
    try {
      const asked = { sync: sync.value.trim(), status: status.value, from: moment(from), to: moment(to), ...fixed, limit: 25, cursor: pages.at(-1) };
      const answer = await get("reports" + query(asked), signal);
      next = answer.next;
      fill(body, answer.reports.map((report) => row(report, fixed.sync)));
      box.hidden = answer.reports.length === 0;
      text(told, answer.reports.length > 0 ? "" : filtered() ? "No report fits these filters." : "There is no report yet.");
      newer.disabled = pages.length === 1;
      older.disabled = !next;
      newer.parentElement.hidden = pages.length === 1 && !next;
      text(where, `Page ${pages.length}`);
    } catch (problem) {
      if (!signal.aborted) fill(told, problemBox(problem, load));
    }
  }
  load();
  return { again: () => pages.length === 1 && load() };
}

function row(report, oneSync) {
  const td = (label, kind, ...what) => h("td", { role: "cell", class: kind, data: { label } }, ...what);
  const compared = (n) => (report.compared ? count(n) : "–");
  return h("tr", { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, h("a", { href: reportLink(report.run), title: dateTime(report.requested) }, shortTime(report.requested))),
    !oneSync && td("Sync", "", h("a", { href: syncLink(report.sync) }, report.sync)),
    td("Mode", "", report.mode),
    td("Status", "", badge(report.status), report.alarm && h("span", { class: "alarm", title: report.alarm }, "▲ alarm")),
    td("Source", "number", compared(report.source.count)),
    td("Missing", "number", compared(report.missing.count)),
    td("Transferred", "number", h("span", { title: bytes(report.transferred.bytes) }, report.mode === "sync" ? count(report.transferred.count) : "–")),
    td("Differs", "number", compared(report.differs)),
    td("Left missing", report.compared && report.remaining > 0 ? "number lack" : "number", compared(report.remaining)),
    td("Took", "number", report.seconds === undefined ? "–" : duration(report.seconds)));
}
