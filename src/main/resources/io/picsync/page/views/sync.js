/** One sync: its run now, the buttons, its last reports as plots and as a list. */
import { get, query } from "../api.js";
import { change } from "../change.js";
import { current, onAccess } from "../access.js";
import { fill, h, text } from "../dom.js";
import { bytes, cameraTime, count, dateTime, duration, many, rate, until } from "../format.js";
import { watch } from "../live.js";
import { badge, bar, doing, fact, lacks, problemBox, routeGone, setBar, share, syncLink, when } from "../parts.js";
import { plots } from "../plots.js";
import { reportList } from "./report-list.js";

const PLOTTED = 100;

export default async function sync({ place, signal, args: [name] }) {
  let now = await get(`syncs/${name}`, signal);
  const alarm = h("div");
  const facts = h("dl", { class: "facts" });
  const runBox = h("section", { class: "run", hidden: true, "aria-label": "The run now" });
  const buttons = h("div", { class: "buttons", role: "group", "aria-label": "Runs of this sync" });
  const drawn = h("div");
  const list = h("div");
  fill(place,
    h("div", { class: "head" },
      h("h1", { tabindex: -1 }, name),
      h("nav", { class: "tabs", "aria-label": "Of this sync" },
        h("a", { href: syncLink(name), "aria-current": "page" }, "Overview"), h("a", { href: syncLink(name, "calendar") }, "Calendar"))),
    alarm, facts, buttons, runBox,
    h("section", { "aria-labelledby": "over-time" }, h("h2", { id: "over-time" }, "Over time"), drawn),
    h("section", { "aria-labelledby": "its-reports" }, h("h2", { id: "its-reports" }, "Reports"), list));

  const act = (what) => async () => {
    if (await change(what, now, now.run)) askAgain();
  };
  let showRun = idleBox();

  function show() {
    showAlarm(alarm, now, act("acknowledge"));
    showFacts(facts, now);
    showButtons(buttons, now, act);
    showRun(now);
  }

  function idleBox() {
    let run;
    let inside;
    return ({ run: going }) => {
      if (going?.run !== run) {
        run = going?.run;
        inside = going && runNow(going);
        fill(runBox, inside?.element);
        runBox.hidden = !going;
      }
      inside?.show(going);
    };
  }

  async function showReports() {
    const { reports } = await get("reports" + query({ sync: name, limit: PLOTTED }), signal);
    await plots(drawn, reports, signal);
  }

  let lastRun = now.last?.run;
  show();
  signal.addEventListener("abort", onAccess(show));
  const askAgain = watch(`syncs/${name}`, 10, signal, (answer) => {
    now = answer;
    show();
    if (now.last?.run !== lastRun) {
      lastRun = now.last?.run;
      showReports().catch(() => {});
      reportsShown.again();
    }
  });
  watch("progress", 1, signal, ({ runs }) => {
    const run = runs.find((going) => going.sync === name);
    if (Boolean(run) !== Boolean(now.run) || run?.run !== now.run?.run) askAgain();
    if (!run) return;
    now = { ...now, run, state: run.state };
    show();
  });
  const reportsShown = reportList(list, signal, { sync: name });
  showReports().catch((problem) => signal.aborted || fill(drawn, problemBox(problem, showReports)));
  return name;
}

function showAlarm(place, now, acknowledge) {
  const key = JSON.stringify([now.alarm, now.unreported]);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  fill(place,
    now.unreported && h("div", { class: "problem unreported", role: "alert" }, h("h2", {}, "▲ The last run left no report"), h("p", {}, now.unreported)),
    now.alarm && h("div", { class: "problem alarmed", role: "alert" }, h("h2", {}, "▲ Alarm"), h("p", {}, now.alarm),
    h("button", { type: "button", on: { click: acknowledge } }, "Take it as right …")));
}

function showFacts(facts, now) {
  const compared = Boolean(now.run?.compared);
  const key = JSON.stringify({ ...now, run: [Boolean(now.run), compared], trend: undefined });
  if (facts.dataset.key !== key) {
    facts.dataset.key = key;
    fill(facts, now.state === "removed" ? pastFacts(now) : allFacts(now, compared));
  }
  showMissing(facts.querySelector(".missing-now"), now);
}

/** Brought up to date while a run goes on, without drawing all facts anew. */
function showMissing(place, now) {
  const lack = now.state === "removed" ? now.missing : lacks(now);
  const [number, size] = place.children;
  text(number, lack ? count(lack.count) : now.run ? "known once this run has compared" : "no run has compared yet");
  number.className = lack?.count > 0 ? "lack" : lack ? "number" : "";
  text(size, lack ? ` (${bytes(lack.bytes)})` : "");
}

const missingFact = (term) => h("div", {}, h("dt", {}, term), h("dd", { class: "missing-now" }, h("span"), h("span")));

const report = (last) => [badge(last.status), " ", when(last.finished), last.cause && h("small", {}, ` ${last.cause}`)];

/** Of a sync without a route: what its reports tell. */
function pastFacts(now) {
  return [fact("State", badge(now.state)), missingFact("Missing when last compared"), fact("Last run", now.last ? report(now.last) : "never")];
}

/** A run without a report is not told by the last one: that is an older run's. */
function lastFacts({ unreported, last }) {
  if (!unreported) return fact("Last run", last ? report(last) : "never");
  return [fact("Last run", badge("failed"), " without a report"), last && fact("Last report, of a run before", report(last))];
}

function allFacts(now, compared) {
  const zone = now.timeZone ? ` (${now.timeZone})` : "";
  const schedule = now.cron ? `cron ${now.cron}${zone}` : now.interval ? `every ${now.interval}` : "on demand";
  const sure = compared || !now.last || (now.last.compared && !now.unreported);
  return [
    fact("State", badge(now.state)),
    missingFact(sure ? "Missing now" : "Missing when last compared"),
    now.oldestMissing && !compared && fact("Oldest missing", h("span", { title: now.oldestMissing.path }, cameraTime(now.oldestMissing.captured)), h("small", {}, " camera’s time")),
    lastFacts(now),
    fact("Next run", now.nextRun ? h("time", { datetime: now.nextRun, title: dateTime(now.nextRun) }, until(now.nextRun)) : "on demand"),
    fact("Runs", `${now.mode}, ${schedule}`),
    now.blackout && fact("Blackout", `${now.blackout}${zone}`),
    now.bandwidth && fact("Bandwidth", `${now.bandwidth}${zone}`),
    fact("From", h("code", {}, now.source)),
    fact("To", h("code", {}, now.destination))];
}

function showButtons(buttons, { sync: name, run, state }, act) {
  const key = `${run?.run} ${state} ${current().change}`;
  if (buttons.dataset.key === key) return;
  buttons.dataset.key = key;
  const focused = buttons.contains(document.activeElement);
  const button = (what, words, kind) => h("button", { type: "button", class: kind, data: { change: what }, on: { click: act(what) } }, words);
  fill(buttons, run
    ? [run.state === "paused" ? button("resume", "Resume …", "primary") : button("pause", "Pause …"), button("cancel", "Cancel …", "danger")]
    : ["removed", "stopped"].includes(state) ? h("p", { class: "note" }, state === "removed" ? routeGone(name) : "Its route is stopped.")
      : [button("sync", "Sync …", "primary"), button("check", "Check …")],
  !current().change && buttonsWork(run, state) && h("p", { class: "note" }, current().changing === false ? current().why : "Sign in as operator to change something."));
  if (focused) buttons.querySelector("button")?.focus();
}

const buttonsWork = (run, state) => run || !["removed", "stopped"].includes(state);

/** The run going on; `show` brings it up to date. */
function runNow(first) {
  const title = h("h2");
  const progress = bar(first);
  const percent = h("output", { class: "percent" });
  const facts = ["Compared", "Missing", "Done", "Rate", "Time left"].map((term) => [term, h("dd")]);
  const element = h("div", {}, title, h("div", { class: "meter" }, progress, percent),
    h("dl", { class: "facts" }, facts.map(([term, value]) => h("div", {}, h("dt", {}, term), value))));
  const [compared, missing, done, speed, left] = facts.map(([, value]) => value);
  return {
    element,
    show(run) {
      text(title, `${run.mode === "sync" ? "Sync run" : "Check"}, ${run.state}`);
      setBar(progress, run);
      const part = share(run);
      text(percent, part === undefined ? doing(run) : `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`);
      text(compared, `${many(run.pictures, "picture")} in ${many(run.folders, "folder")}`);
      text(missing, `${count(run.missing.count)} (${bytes(run.missing.bytes)})${run.compared ? "" : " so far"}`);
      text(done, run.mode === "sync" ? `${count(run.done.count)} (${bytes(run.done.bytes)})` : "a check transfers nothing");
      text(speed, run.bytesPerSecond > 0 ? rate(run.bytesPerSecond) : "–");
      text(left, run.etaSeconds === undefined ? "can’t be told yet" : `about ${duration(run.etaSeconds)}`);
    },
  };
}
