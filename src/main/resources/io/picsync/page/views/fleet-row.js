/** One sync in the fleet's table; only the cells that changed are touched. */
import { fill, h, text } from "../dom.js";
import { bytes, cameraTime, count, duration, rate } from "../format.js";
import { badge, bar, doing, lacks, routeGone, setBar, spark, syncLink, when } from "../parts.js";

const NONE = "–";

export function fleetRow(name) {
  const cell = (label, kind) => h("td", { role: "cell", class: kind, data: { label } });
  const archives = h("small", { class: "archives" });
  const state = cell("State", "c-state");
  const missing = cell("Missing", "number");
  const size = cell("Bytes", "number");
  const oldest = cell("Oldest missing", "c-oldest");
  const last = cell("Last run", "c-last");
  const speed = cell("Rate", "number live");
  const left = cell("Time left", "number live");
  const trend = cell("Trend", "c-trend");
  const element = h("tr", { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, h("a", { href: syncLink(name) }, name), archives),
    state, missing, size, oldest, last, speed, left, trend);
  const shown = {};

  /** Runs an action when a value is another than the last time. */
  const once = (key, value, action) => {
    if (key in shown && shown[key] === value) return;
    shown[key] = value;
    action();
  };

  function showState(sync) {
    const { run, alarm } = sync;
    once("state", `${sync.state} ${run?.run} ${alarm}`, () => {
      fill(state, badge(sync.state), alarm && h("span", { class: "alarm", title: alarm }, "▲ alarm"),
        run && h("span", { class: "under" }, bar(run), h("small", {})));
    });
    if (!run) return;
    setBar(state.querySelector("progress"), run);
    text(state.querySelector("small"), doing(run));
  }

  function showLast(sync) {
    const told = sync.last && [badge(sync.last.status), " ", when(sync.last.finished)];
    once("last", `${sync.last?.run} ${sync.unreported}`, () => fill(last, sync.unreported
      ? [badge("failed"), " without a report", told && h("small", { class: "under" }, "last report: ", sync.last.status, " ", when(sync.last.finished))]
      : told ?? "never"));
  }

  function showArchives(sync) {
    const gone = sync.state === "removed";
    text(archives, gone ? routeGone(name) : `${sync.source} → ${sync.destination}`);
    archives.title = archives.textContent;
    element.classList.toggle("gone", gone);
  }

  /** The oldest one is known from a report: once a run has compared, it may be there already. */
  function showMissing(sync) {
    const lack = lacks(sync);
    text(missing, lack ? count(lack.count) : NONE);
    text(size, lack ? bytes(lack.bytes) : NONE);
    element.classList.toggle("lacks", lack?.count > 0);
    const old = lack === sync.missing && sync.oldestMissing;
    once("oldest", (old && old.path) || "", () => fill(oldest, old ? h("span", { title: old.path }, cameraTime(old.captured)) : NONE));
  }

  return {
    element,
    show(sync) {
      showArchives(sync);
      showState(sync);
      showMissing(sync);
      element.classList.toggle("running", Boolean(sync.run));
      showLast(sync);
      text(speed, sync.run?.bytesPerSecond > 0 ? rate(sync.run.bytesPerSecond) : NONE);
      text(left, sync.run?.etaSeconds === undefined ? NONE : duration(sync.run.etaSeconds));
      once("trend", sync.trend.join(), () => fill(trend, spark(sync.trend)));
    },
    /** Makes the next `show` bring "5 min ago" up to date. */
    age() {
      delete shown.last;
    },
  };
}
