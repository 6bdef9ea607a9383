/** What the calendar tells of the day that is pointed at or focused. */
import { fill, h } from "../dom.js";
import { count, day as dayWords, duration } from "../format.js";
import { reportLink } from "../parts.js";

const STATES = {
  captured: "Captured, and all at the destination.",
  gaps: "Captured, with gaps: the camera took fewer pictures than it usually does.",
  never: "Never captured: neither side has a picture of this day.",
  missing: "Pictures are missing at the destination.",
  none: "Nothing captured, and nothing expected.",
};

const HINT = matchMedia("(hover: none)").matches ? "Tap a day." : "Point at a day, or go there with Tab and the arrow keys.";

export class DayPanel {
  #run;
  #chosen;

  constructor(run) {
    this.#run = run;
    this.element = h("div", { class: "day-panel" }, h("p", { class: "note" }, HINT));
  }

  show(day, cell) {
    this.#chosen?.classList.remove("chosen");
    this.#chosen = cell;
    cell.classList.add("chosen");
    const number = (term, n, kind) => h("div", {}, h("dt", {}, term), h("dd", { class: kind }, n === undefined ? "–" : count(n)));
    fill(this.element,
      h("p", {}, h("strong", {}, dayWords(day.day)), " ", STATES[day.state]),
      day.state !== "none" && h("dl", { class: "facts" },
        number("Captured", day.captured), number("Missing at the destination", day.missing, day.missing > 0 ? "lack" : ""),
        number("Never captured", day.neverCaptured), number("Expected", day.expected),
        day.intervalSeconds !== undefined && h("div", {}, h("dt", {}, "Usual interval"), h("dd", {}, duration(day.intervalSeconds)))),
      day.missing > 0 && this.#run && h("a", { href: `${reportLink(this.#run)}?list=missing&folder=${day.day.replaceAll("-", "")}` }, "The day’s missing pictures"));
  }
}
