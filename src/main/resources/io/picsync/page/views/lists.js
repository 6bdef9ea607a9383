/** A report's lists: searched and paged by the server, or downloaded whole. */
import { file, get, query } from "../api.js";
import { authorization } from "../login.js";
import { fill, h, say, text } from "../dom.js";
import { bytes, count, many, words } from "../format.js";
import { problemBox, reportLink } from "../parts.js";

const NAMES = { missing: "missing in destination", differs: "differs", outcomes: "outcomes" };
const NONE = "This run has no list: nothing was missing and nothing differs.";
const NOT_COMPARED = "Nothing was compared, so there are no lists.";
const OUTCOMES = ["transferred", "alreadyThere", "vanished", "unsettled", "failed"];
const PAGE = 100;
/** So many answers without a hit before the search asks whether to go on. */
const PATIENCE = 40;

const COLUMNS = {
  missing: [["Bytes", (line) => bytes(line.size), "number"]],
  differs: [["At the source", (line) => bytes(line.source), "number"], ["At the destination", (line) => bytes(line.destination), "number"]],
  outcomes: [["Outcome", (line) => words(line.outcome)], ["Reason", (line) => [line.reason, line.damaged && `damaged: ${line.damaged}`].filter(Boolean).join("; ")]],
};

/** Shows them for a report. `fields` of the address: list, text, folder, outcome. */
export function lists(place, report, fields, signal) {
  const there = Object.keys(NAMES).filter((name) => name in report.lists);
  if (there.length === 0) {
    fill(place, h("p", { class: "empty" }, report.compared ? NONE : NOT_COMPARED));
    return;
  }
  const list = there.includes(fields.get("list")) ? fields.get("list") : there[0];
  const field = (name, label, size) => h("input", { type: "search", id: `in-${name}`, name, size, maxlength: 200, value: fields.get(name) ?? "", placeholder: label, autocomplete: "off" });
  const search = { text: field("text", "part of a path", 18), folder: field("folder", "such as 20110714", 20) };
  if (list === "outcomes") search.outcome = h("select", { id: "in-outcome" }, h("option", { value: "" }, "any outcome"),
    OUTCOMES.map((o) => h("option", { value: o, selected: fields.get("outcome") === o }, words(o))));
  const labels = { text: "Path", folder: "Folder", outcome: "Outcome" };
  const form = h("form", { class: "tools", role: "search", "aria-label": "In the list" },
    Object.entries(search).map(([name, input]) => [h("label", { for: input.id }, labels[name]), input]),
    h("button", { type: "submit" }, "Search"), download(report.run, list));
  const body = h("tbody", { role: "rowgroup" });
  const table = h("table", { class: `cards lines of-${list}`, role: "table", "aria-label": called(list, report) }, h("thead", { role: "rowgroup" },
    h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, "Picture"), COLUMNS[list].map(([name, , kind]) => h("th", { scope: "col", role: "columnheader", class: kind }, name)))), body);
  const told = h("p", { class: "note", role: "status" });
  const before = h("button", { type: "button", on: { click: () => go(-1) } }, "← Before");
  const after = h("button", { type: "button", on: { click: () => go(1) } }, "After →");
  fill(place,
    h("nav", { class: "tabs", "aria-label": "Lists" }, there.map((name) => h("a", { href: `${reportLink(report.run)}?list=${name}`, "aria-current": name === list && "page" }, called(name, report)))),
    form, told, table, h("div", { class: "pager" }, before, after));

  let cursors = [undefined];
  let next;
  let searching = new AbortController();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    cursors = [undefined];
    history.replaceState(null, "", reportLink(report.run) + query({ list, ...asked() }));
    load();
  });

  const asked = () => Object.fromEntries(Object.entries(search).map(([name, input]) => [name, input.value.trim()]));

  function go(step) {
    if (step > 0) cursors.push(next);
    else cursors.pop();
    load().then(() => table.scrollIntoView({ block: "nearest" }));
  }

  async function load() {
    searching.abort();
    searching = new AbortController();
    const stop = AbortSignal.any([signal, searching.signal]);
    try {
      const found = await gather(asked(), stop);
      next = found.next;
      fill(body, found.lines.map((line) => row(line, COLUMNS[list])));
      table.hidden = found.lines.length === 0;
      before.disabled = cursors.length === 1;
      after.disabled = !next;
      const sought = Object.values(asked()).some(Boolean);
      text(told, found.lines.length === 0
        ? next ? `Nothing found in ${many(found.looked, "line")} of the list so far; “After” searches on.` : "No such picture is in the list."
        : `${many(found.lines.length, sought ? "picture found" : "picture", sought ? "pictures found" : "pictures")} on page ${cursors.length}${next ? "; there are more." : ", the last."}`);
      say(told.textContent);
    } catch (problem) {
      if (!stop.aborted) fill(told, problemBox(problem, load));
    }
  }

  /** The server looks at a bounded number of lines an answer: ask until the page is full. */
  async function gather(fields, stop) {
    const lines = [];
    let cursor = cursors.at(-1);
    let looked = 0;
    for (let i = 0; i < PATIENCE; i++) {
      const answer = await get(`reports/${encodeURIComponent(report.run)}/lists/${list}/lines` + query({ ...fields, limit: PAGE - lines.length, cursor }), stop);
      lines.push(...answer.lines);
      looked += answer.looked;
      cursor = answer.next;
      if (!cursor || lines.length >= PAGE) break;
      text(told, `Searching: ${many(looked, "line")} so far, ${count(lines.length)} found …`);
    }
    return { lines, next: cursor, looked };
  }
  load();
}

/** A list by its name. What a run found missing and then planned to transfer need not be missing any more. */
function called(list, report) {
  return list === "missing" && report.transfer.planned > 0 ? `${NAMES.missing} before the transfer` : NAMES[list];
}

function row(line, columns) {
  return h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, h("code", {}, line.path)),
    columns.map(([label, of, kind]) => h("td", { role: "cell", class: kind, data: { label } }, of(line))));
}

/** A plain link; where reading needs a login, the page fetches the file itself. */
function download(run, list) {
  const path = `reports/${encodeURIComponent(run)}/lists/${list}`;
  const name = `${run}.${list}.jsonl.gz`;
  const link = h("a", { class: "button", href: `api/${path}`, download: name }, "Download (gzip)");
  link.addEventListener("click", async (event) => {
    if (!authorization()) return;
    event.preventDefault();
    try {
      const url = URL.createObjectURL(await file(path));
      h("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      say("Downloaded.");
    } catch (problem) {
      link.after(problemBox(problem));
    }
  });
  return link;
}

