/** All syncs at a glance: sorted, filtered, and brought up to date in place. */
import { fill, h, text } from "../dom.js";
import { bytes, count, many } from "../format.js";
import { watch } from "../live.js";
import { lacks, problemBox, wide } from "../parts.js";
import { fleetRow } from "./fleet-row.js";

const COLUMNS = [
  ["sync", "Sync", (s) => s.sync],
  ["state", "State", (s) => (s.alarm ? "0" : s.run ? "1" : "2") + s.state],
  ["missing", "Missing", (s) => lacks(s)?.count ?? -1, "number"],
  ["bytes", "Bytes", (s) => lacks(s)?.bytes ?? -1, "number"],
  ["oldest", "Oldest missing", (s) => s.oldestMissing?.captured ?? ""],
  ["last", "Last run", (s) => s.last?.finished ?? ""],
  ["rate", "Rate", (s) => s.run?.bytesPerSecond ?? -1, "number"],
  ["eta", "Time left", (s) => s.run?.etaSeconds ?? -1, "number"],
  ["trend", "Trend", null],
];

export default async function fleet({ place, signal, fields }) {
  const rows = new Map();
  let syncs = [];
  let runs = [];
  let sort = fields.get("sort") ?? "sync";
  let down = fields.get("order") === "down";

  const tiles = h("dl", { class: "tiles", "aria-label": "All syncs together" });
  const edits = h("div", { id: "edits", role: "status" });
  const note = h("p", { class: "note", role: "status" });
  const filter = h("input", { type: "search", id: "filter", value: fields.get("name") ?? "", autocomplete: "off", placeholder: "part of a name",
    on: { input: () => arrange(true) } });
  const order = h("select", { id: "order", on: { change: () => turn(order.value, false) } },
    COLUMNS.filter(([, , key]) => key).map(([id, name]) => h("option", { value: id }, name)));
  const heads = COLUMNS.map(([id, name, key, kind]) => h("th", { scope: "col", role: "columnheader", class: `${kind ?? ""} c-${id}` },
    key ? h("button", { type: "button", on: { click: () => turn(id) } }, name) : name));
  const body = h("tbody", { role: "rowgroup" });
  const empty = h("p", { class: "empty", hidden: true });
  fill(place,
    h("h1", { tabindex: -1 }, "Syncs"), edits, tiles,
    h("div", { class: "tools" }, h("label", { for: "filter" }, "Filter"), filter,
      h("label", { for: "order", class: "narrow-only" }, "Sort by"), h("span", { class: "narrow-only" }, order), note),
    wide("Syncs", h("table", { class: "fleet cards", role: "table", "aria-label": "Syncs" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)), body)),
    empty);

  function turn(id, flip = true) {
    down = flip && sort === id ? !down : COLUMNS.find(([name]) => name === id)[3] === "number";
    sort = id;
    arrange(true);
  }

  function arrange(remember) {
    const [, , key] = COLUMNS.find(([id, , k]) => id === sort && k) ?? COLUMNS[0];
    const wanted = filter.value.trim().toLowerCase();
    const shown = syncs.filter((s) => s.sync.toLowerCase().includes(wanted));
    const sign = down ? -1 : 1;
    shown.sort((a, b) => isGone(a) - isGone(b) || sign * compare(key(a), key(b)) || compare(a.sync, b.sync));
    const elements = shown.map((s) => rows.get(s.sync).element);
    if (elements.length !== body.children.length || elements.some((e, i) => e !== body.children[i])) {
      const focused = document.activeElement;
      body.replaceChildren(...elements);
      if (body.contains(focused)) focused.focus({ preventScroll: true });
    }
    COLUMNS.forEach(([id], i) => {
      if (id === sort) heads[i].setAttribute("aria-sort", down ? "descending" : "ascending");
      else heads[i].removeAttribute("aria-sort");
    });
    order.value = sort;
    empty.hidden = shown.length > 0;
    text(empty, syncs.length === 0 ? "There is no sync yet: write one into routes/syncs/, as its README shows." : `No sync's name holds “${filter.value.trim()}”.`);
    if (wanted) text(note, `${shown.length} of ${syncs.length} syncs`);
    else if (remember) text(note, "");
    if (remember) history.replaceState(null, "", addressOf(sort, down, filter.value.trim()));
  }

  function update() {
    const going = new Map(runs.map((run) => [run.sync, run]));
    syncs = syncs.map((s) => withRun(s, going.get(s.sync)));
    for (const sync of syncs) {
      if (!rows.has(sync.sync)) rows.set(sync.sync, fleetRow(sync.sync));
      rows.get(sync.sync).show(sync);
    }
    showTiles(tiles, syncs.filter((s) => !isGone(s)), syncs.filter(isGone).length);
    arrange(false);
  }

  await new Promise((ready) => {
    const failed = (problem) => {
      if (syncs.length === 0) fill(empty, problemBox(problem)).hidden = false;
      ready();
    };
    const again = watch("syncs", 15, signal, (answer) => {
      syncs = answer.syncs;
      text(note, answer.index === "building" ? "The index of the reports is being built; older reports may be absent for a moment." : "");
      update();
      ready();
    }, failed);
    watch("progress", 1, signal, (answer) => {
      const changed = ids(answer.runs) !== ids(runs);
      runs = answer.runs;
      if (changed) again();
      update();
    });
    watch("edits", 5, signal, (answer) => showEdits(edits, answer));
    every(signal, 30_000, () => {
      rows.forEach((row) => row.age());
      update();
    });
    signal.addEventListener("abort", ready);
  });
  return "Syncs";
}

/** A sync with the run that the progress tells, which is newer than what the list knew. */
function withRun(sync, run) {
  if (run) return { ...sync, run, state: run.state };
  if (!sync.run) return sync;
  const { run: ended, ...rest } = sync;
  return { ...rest, state: "idle", missing: lacks(sync) };
}

/** What became of edited files, where something is wrong with one or a restart is due. */
function showEdits(place, { refused, standing, waiting }) {
  const list = (faults) => h("ul", {}, faults.map((f) => h("li", {}, h("code", {}, `${f.file}:${f.line}`), ` ${f.why}`)));
  fill(place,
    refused.length > 0 && h("div", { class: "problem" },
      h("h2", {}, "An edit is refused, what was before goes on"), list(refused)),
    standing.length > 0 && h("div", { class: "problem" },
      h("h2", {}, "A file in effect breaks a rule"), list(standing)),
    waiting.length > 0 && h("p", { class: "note" }, `Edited keys wait for the next start: ${waiting.join(", ")}.`));
}

/** All together, without the `gone` ones whose route is removed: nobody can do anything about those. */
function showTiles(tiles, syncs, gone) {
  const running = syncs.filter((s) => s.run).length;
  const missing = syncs.reduce((sum, s) => sum + (lacks(s)?.count ?? 0), 0);
  const size = syncs.reduce((sum, s) => sum + (lacks(s)?.bytes ?? 0), 0);
  const bad = syncs.filter((s) => s.unreported || s.last && !["completed", "cancelled"].includes(s.last.status)).length;
  const alarms = syncs.filter((s) => s.alarm).length;
  const unsure = syncs.filter((s) => !s.run?.compared && (s.unreported || !s.last?.compared)).length;
  const known = (unsure === 0 ? "" : `, ${count(unsure)} not compared by the last run`) + (gone === 0 ? "" : `; ${count(gone)} removed not counted`);
  const behind = syncs.filter((s) => lacks(s)?.count > 0).length;
  const tile = (term, value, more, kind) => h("div", { class: kind }, h("dt", {}, term), h("dd", {}, h("b", {}, value), more && h("small", {}, more)));
  fill(tiles,
    tile("syncs", count(syncs.length), (behind === 0 ? "none known to lack a picture" : `${count(behind)} with missing pictures`) + known),
    tile("missing pictures", count(missing), bytes(size), missing > 0 ? "warn" : unsure > 0 ? "" : "good"),
    tile("runs going on", count(running), running === 0 ? "at rest" : "brought up to date each second"),
    tile("last run not well", count(bad), "incomplete or failed", bad > 0 ? "bad" : "good"),
    tile("alarms", count(alarms), alarms === 0 ? "nothing to look at" : "look at " + many(alarms, "sync"), alarms > 0 ? "bad" : "good"));
}

function addressOf(sort, down, name) {
  const fields = new URLSearchParams();
  if (name) fields.set("name", name);
  if (sort !== "sync" || down) fields.set("sort", sort);
  if (down) fields.set("order", "down");
  return fields.toString() === "" ? "#/" : `#/?${fields}`;
}

const isGone = (sync) => sync.state === "removed";
const ids = (runs) => runs.map((run) => run.run).join();
const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }));

function every(signal, millis, action) {
  const timer = setInterval(action, millis);
  signal.addEventListener("abort", () => clearInterval(timer));
}
