/** The gap calendar: what was captured, what is missing at the destination, what was never captured. */
import { get, query } from "../api.js";
import { fill, h, text } from "../dom.js";
import { dateTime, duration } from "../format.js";
import { syncLink } from "../parts.js";
import { DayPanel } from "./day-panel.js";
import { LEGEND, yearMap } from "./year-map.js";

const AT_FIRST = 3;

export default async function calendar({ place, signal, args: [name], fields }) {
  const { syncs } = await get("syncs", signal);
  if (!name) {
    if (syncs.length > 0) location.replace(syncLink(firstToShow(syncs).sync, "calendar"));
    else fill(place, h("h1", { tabindex: -1 }, "Gap calendar"), h("p", { class: "empty" }, "There is no sync yet."));
    return "Gap calendar";
  }
  const newest = await get(`syncs/${name}/calendar`, signal);
  const choose = h("select", { id: "camera", on: { change: () => (location.hash = syncLink(choose.value, "calendar").slice(1)) } },
    syncs.map((s) => h("option", { value: s.sync, selected: s.sync === name }, s.sync)));
  const about = h("p", { class: "note" });
  const years = h("div", { class: "years" });
  const more = h("button", { type: "button" });
  const panel = new DayPanel(newest.run);
  fill(place,
    h("div", { class: "head" },
      h("h1", { tabindex: -1 }, "Gap calendar of ", name),
      h("nav", { class: "tabs", "aria-label": "Of this sync" },
        h("a", { href: syncLink(name) }, "Overview"), h("a", { href: syncLink(name, "calendar"), "aria-current": "page" }, "Calendar"))),
    h("div", { class: "tools" }, h("label", { for: "camera" }, "Camera"), choose), about);
  if (newest.days.length === 0) {
    place.append(h("p", { class: "empty" }, "No run has compared this sync yet, or no picture’s name tells a time; a check fills the calendar."));
    return `Gap calendar of ${name}`;
  }
  text(about, `${newest.firstDay} to ${newest.lastDay}, as the run of ${dateTime(newest.asOf)} found.` +
    (newest.intervalSeconds ? ` The usual interval is ${duration(newest.intervalSeconds)}.` : ""));
  place.append(legend(), panel.element, years, more);

  const first = Number(newest.firstDay.slice(0, 4));
  const last = Number(newest.lastDay.slice(0, 4));
  let next = last;
  const showYears = async (howMany) => {
    for (let i = 0; i < howMany && next >= first; i++, next--) {
      const days = await get(`syncs/${name}/calendar` + query({ from: `${next}-01-01`, to: `${next}-12-31` }), signal);
      years.append(yearMap(next, days.days, newest, (day, element) => panel.show(day, element)));
    }
    more.hidden = next < first;
    text(more, `Show ${next}${next > first ? " and before" : ""}`);
  };
  more.addEventListener("click", async () => {
    const before = years.children.length;
    await showYears(AT_FIRST);
    years.children[before]?.querySelector("h2")?.focus();
  });
  const until = Number(fields.get("year")) || last;
  await showYears(Math.max(AT_FIRST, last - until + 1));
  return `Gap calendar of ${name}`;
}

/** The first sync that is likely to have a calendar: one that was compared. */
const firstToShow = (syncs) => syncs.find((s) => s.last?.compared) ?? syncs.find((s) => s.missing) ?? syncs[0];

function legend() {
  return h("ul", { class: "legend", "aria-label": "Legend" }, LEGEND.map(([state, level, words]) =>
    h("li", {}, h("span", { class: "day", data: { state, level }, "aria-hidden": "true" }), words)));
}

