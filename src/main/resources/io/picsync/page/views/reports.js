/** The reports of all syncs, and the files in the reports folder that are none. */
import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { count, many } from "../format.js";
import { wide } from "../parts.js";
import { reportList } from "./report-list.js";

export default async function reports({ place, signal, fields }) {
  const list = h("div");
  const index = h("div");
  fill(place, h("h1", { tabindex: -1 }, "Reports"), list, index);
  reportList(list, signal, {}, fields);
  const known = await get("index", signal);
  fill(index,
    known.state === "building" && h("p", { class: "note" }, "The index is being built; older reports may be absent for a moment."),
    known.passedOver > 0 && h("details", {},
      h("summary", {}, `${many(known.passedOver, "file")} in the reports folder ${known.passedOver === 1 ? "was" : "were"} passed over`),
      h("p", {}, "They are no reports that can be read. Nothing else suffers; move them away, or mend them."),
      wide("Files that were passed over", h("table", { class: "told" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "File"), h("th", { scope: "col" }, "Why"))),
        h("tbody", {}, known.files.map(({ file, why }) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, file)), h("td", {}, why)))))),
      known.passedOver > known.files.length && h("p", { class: "note" }, `and ${count(known.passedOver - known.files.length)} more`)),
    h("p", { class: "note" }, `${many(known.reports, "report")} in all.`));
  return "Reports";
}
