/** Start, cancel, pause, resume, acknowledge: each with a dialog that says what will happen. */
import { get, post } from "./api.js";
import { current, refresh, signIn } from "./access.js";
import { fill, h, say } from "./dom.js";
import { ago, bytes, count, duration, many, rate, volume } from "./format.js";
import { left, problemBox } from "./parts.js";

const SAFE = "Nothing is deleted, and a picture that differs is left as it is.";

/** What each button says and asks; `tell` gives the dialog's paragraphs. */
const CHANGES = {
  check: { title: (sync) => `Check ${sync}?`, yes: "Start the check", path: "start", body: () => ({ mode: "check" }),
    tell: (sync, run, plan) => [compares(sync, plan), "It transfers nothing."], done: "Check started." },
  sync: { title: (sync) => `Sync ${sync}?`, yes: "Start the sync", path: "start", body: () => ({ mode: "sync" }),
    tell: (sync, run, plan) => [compares(sync, plan), transfers(plan), SAFE], done: "Sync started." },
  cancel: { title: (sync) => `Cancel the run of ${sync}?`, yes: "Cancel the run", path: "cancel", body: which, danger: true,
    tell: (sync, run) => [stays(run), "Pictures that are under way are dropped; nothing half stays anywhere. The report will say cancelled."],
    done: "The run is being cancelled." },
  pause: { title: (sync) => `Pause the run of ${sync}?`, yes: "Pause the run", path: "pause", body: which,
    tell: (sync, run) => halts(run),
    done: "The run is being paused." },
  resume: { title: (sync) => `Resume the run of ${sync}?`, yes: "Resume the run", path: "resume", body: which,
    tell: (sync, run) => [goesOn(run)], done: "The run goes on." },
  acknowledge: { title: (sync) => `Take what the source of ${sync} has as right?`, yes: "Take it as right", path: "acknowledge",
    body: () => undefined, danger: true,
    tell: () => ["The next report that sees all of the source takes its pictures as they are then, and the alarm ends.",
      "Do this only when the pictures are meant to be gone. If a disk is not mounted or a folder was moved, mend that instead: the alarm ends by itself."],
    done: "Noted; the next report that sees all of the source ends the alarm." },
};

function which(run) {
  return { run: run.run };
}

function compares(sync, plan) {
  const took = plan.compareSeconds === undefined ? "" : ` The last time that took ${duration(plan.compareSeconds)}.`;
  return `Compares ${sync.source} with ${sync.destination}.${took}`;
}

function transfers(plan) {
  if (!plan.transfer) return "Then it transfers what is missing in the destination. How much that is, no run has told yet; a check would.";
  const asOf = plan.asOf ? `, as the run ${ago(plan.asOf)} found` : "";
  if (plan.transfer.count === 0) return `Nothing is missing in the destination${asOf}; what has come since is transferred.`;
  const time = plan.transferSeconds === undefined ? " How long that takes can't be told before a first transfer."
    : ` At the last rate of ${rate(plan.bytesPerSecond)} that takes about ${duration(plan.transferSeconds)}.`;
  return `Then it transfers ${volume(plan.transfer)}${asOf}.${time}`;
}

function stays(run) {
  if (run.mode === "check") return "It is a check: nothing is being transferred.";
  if (!run.compared) return "It still compares; nothing has been transferred yet.";
  return `${many(run.done.count, "picture")} of ${count(run.missing.count)} ${run.done.count === 1 ? "has an outcome" : "have an outcome"}, ${bytes(run.done.bytes)} are stored and stay. ${volume(left(run))} are left for a later run.`;
}

function halts(run) {
  if (run.mode !== "sync" || !run.compared) return ["Nothing further is begun until you resume it. Folders under way are still compared."];
  return ["The bytes stop within a second, in the middle of a picture too, and nothing further is begun until you resume it.",
    `A picture that stood still for more than five seconds begins anew then. ${volume(left(run))} wait meanwhile.`];
}

function goesOn(run) {
  return run.mode === "sync" && run.compared ? `It goes on with ${volume(left(run))}.` : "It goes on where it was.";
}

/**
 * Asks, and does it when told so. `sync` is the API's sync; `run` its run now.
 *
 * @returns whether it was done
 */
export async function change(name, sync, run) {
  const it = CHANGES[name];
  if (!current().change && !(await mayAfterSigningIn())) return false;
  let plan = {};
  try {
    if (it.path === "start") plan = await get(`syncs/${sync.sync}/preview`);
  } catch {
    // the dialog says what is known without it
  }
  return ask(it, sync, run, plan);
}

async function mayAfterSigningIn() {
  const why = current().why;
  return (await signIn(why)) && current().change;
}

function ask(it, sync, run, plan) {
  const told = h("div");
  const yes = h("button", { type: "submit", class: it.danger ? "danger" : "primary" }, it.yes);
  const dialog = h("dialog", { class: "ask", "aria-labelledby": "ask-title", "aria-describedby": "ask-words" },
    h("form", { method: "dialog" },
      h("h2", { id: "ask-title" }, it.title(sync.sync)),
      h("div", { id: "ask-words" }, it.tell(sync, run, plan).map((words) => h("p", {}, words))),
      told,
      h("div", { class: "buttons" }, yes, h("button", { type: "button", on: { click: () => dialog.close() } }, "Leave it"))));
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    yes.disabled = true;
    try {
      await post(`syncs/${sync.sync}/${it.path}`, it.body(run));
      dialog.close("done");
      say(it.done);
    } catch (problem) {
      fill(told, problemBox(problem));
      yes.disabled = false;
      if (problem.status === 401) refresh();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "done");
  }));
}
