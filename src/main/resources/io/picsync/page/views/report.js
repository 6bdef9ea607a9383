/** One report: the two archives drawn and told, what was ignored and not trusted, outcomes, lists. */
import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { bytes, count, dateTime, duration, many, rate, words } from "../format.js";
import { badge, fact, syncLink, wide } from "../parts.js";
import { archives } from "./archives.js";
import { lists } from "./lists.js";

export default async function report({ place, signal, args: [run], fields }) {
  const r = await get(`reports/${encodeURIComponent(run)}`, signal);
  const section = (id, title, ...what) => h("section", { "aria-labelledby": id }, h("h2", { id }, title), what);
  const listed = h("div");
  fill(place,
    h("div", { class: "head" }, h("h1", { tabindex: -1 }, r.mode === "sync" ? "Sync run of " : "Check of ", h("a", { href: syncLink(r.sync) }, r.sync)), badge(r.status)),
    r.cause && h("p", { class: "cause" }, r.cause),
    r.alarms.map((alarm) => h("p", { class: "problem alarmed" }, h("strong", {}, "▲ Alarm: "), alarmWords(alarm))),
    facts(r),
    r.compared ? section("sides", `The two archives${asOf(r)}`, archives(r.result, asOf(r))) : h("p", { class: "note" }, "The run ended before it had compared."),
    r.mode === "sync" && r.compared && section("outcomes", "Outcomes", outcomes(r.transfer)),
    r.untrusted.folders > 0 && section("untrusted", "Folders not trusted", untrusted(r.untrusted)),
    ignored(r.ignored, section),
    r.damaged.count > 0 && section("damaged", "Damaged at the source", damaged(r.damaged)),
    section("lists", "Pictures", listed));
  lists(listed, r, fields, signal);
  return `${r.sync}, ${dateTime(r.requested)}`;
}

/** A report draws what the comparison found; a transfer changes that afterwards. */
const asOf = (r) => (r.transfer.planned > 0 ? ", before the transfer" : "");

function facts(r) {
  const taken = (from, to) => (from && to ? duration((Date.parse(to) - Date.parse(from)) / 1000) : "–");
  return h("dl", { class: "facts" },
    fact("Requested", dateTime(r.requested)),
    fact("Compared in", taken(r.started, r.compared)),
    fact("Took in all", taken(r.started, r.finished)),
    fact("From", archive(r.source, r.sourceAddress)),
    fact("To", archive(r.destination, r.destinationAddress)),
    fact("Run", h("code", {}, r.run)));
}

/** Where it is stands beside its name; a single command's archives have no names that tell. */
const archive = (name, address) => h("span", {}, h("code", {}, name), address && h("code", { class: "note" }, ` ${address}`));

const alarmWords = ({ alarm, was, is }) =>
  alarm === "source-shrunk" ? `the source lists ${many(is, "picture")}, it had ${count(was)}. A disk that is not mounted, a folder that was moved?` : `${words(alarm)}: was ${count(was)}, is ${count(is)}`;

const OUTCOMES = [["transferred", "both"], ["alreadyThere", "same"], ["vanished", "gone"], ["failed", "missing"], ["notAttempted", "soft"]];

function outcomes(t) {
  const parts = OUTCOMES.map(([key, color]) => [key, color, t[key]]);
  const verified = t.verified ? `, ${count(t.verified.hash ?? 0)} of them verified by hash as well as by size` : "";
  return [
    h("p", {}, `${many(t.planned, "picture")} planned (${bytes(t.plannedBytes)}); ${bytes(t.bytes)} transferred in ${duration(t.seconds)}`,
      t.bytesPerSecond > 0 && `, ${rate(t.bytesPerSecond)}`, verified, "."),
    t.planned > 0 && h("div", { class: "stack", "aria-hidden": "true" }, parts.filter(([, , n]) => n > 0).map(([, color, n]) => h("span", { data: { color }, css: { "flex-grow": n } }))),
    wide("Outcomes", h("table", { class: "numbers" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Outcome"), h("th", { scope: "col", class: "number" }, "Pictures"))),
      h("tbody", {}, parts.map(([key, color, n]) => h("tr", { class: n === 0 ? "zero" : "" }, h("th", { scope: "row" }, h("span", { class: "swatch", data: { color } }), words(key),
        key === "notAttempted" && t.unsettled > 0 && h("small", {}, ` (${count(t.unsettled)} still being written)`)), h("td", { class: "number" }, count(n)))))))];
}

function untrusted({ folders, first }) {
  return [h("p", {}, "What could not be listed completely is compared with nothing; its pictures are not called missing."),
    listTable("Folders not trusted", ["Folder", "Side", "Reason"], first.map((f) => [h("code", {}, f.path || "(the archive itself)"), f.side, f.reason])), more(folders - first.length, "folder")];
}

function damaged({ count: all, first }) {
  return [h("p", {}, "Copied as they are; they are broken at the source itself."),
    listTable("Damaged at the source", ["Picture", "What it lacks"], first.map((d) => [h("code", {}, d.path), d.reason])), more(all - first.length, "picture")];
}

function ignored({ source = {}, destination = {} }, section) {
  const reasons = [...new Set([...Object.keys(source), ...Object.keys(destination)])].sort();
  if (reasons.length === 0) return null;
  return section("ignored", "Ignored", wide("Ignored", h("table", { class: "numbers" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Reason"), h("th", { scope: "col", class: "number" }, "At the source"), h("th", { scope: "col", class: "number" }, "At the destination"))),
    h("tbody", {}, reasons.map((reason) => h("tr", {}, h("th", { scope: "row" }, words(reason)), [source, destination].map((side) => h("td", { class: "number" }, count(side[reason] ?? 0)))))))));
}

function listTable(label, heads, rows) {
  return wide(label, h("table", { class: "told" }, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell)))))));
}

const more = (n, what) => n > 0 && h("p", { class: "note" }, `and ${many(n, what)} more`);
