/** The page: finds the view of the address, shows it, and leaves it again. */
import { current, onAccess, refresh, signIn } from "./access.js";
import { fill, h, text } from "./dom.js";
import { zone } from "./format.js";
import { astray, astrayBox, problemBox } from "./parts.js";
import fleet from "./views/fleet.js";

const main = document.getElementById("main");
let leaving = new AbortController();
let shownBefore = false;
/** Milliseconds until picsync is asked again when it could not be reached. */
const AGAIN = 3000;

/** Views are loaded when they are first looked at. */
const VIEWS = [
  [/^$/, "syncs", () => Promise.resolve({ default: fleet })],
  [/^sync\/([^/]+)$/, "syncs", () => import("./views/sync.js")],
  [/^sync\/([^/]+)\/calendar$/, "calendar", () => import("./views/calendar.js")],
  [/^calendar$/, "calendar", () => import("./views/calendar.js")],
  [/^reports$/, "reports", () => import("./views/reports.js")],
  [/^report\/([^/]+)$/, "reports", () => import("./views/report.js")],
];

/** `#/report/RUN?list=missing` as path and fields. */
function address() {
  const [path, fields] = location.hash.replace(/^#?\/?/, "").split("?");
  return { path, fields: new URLSearchParams(fields) };
}

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const signal = leaving.signal;
  const { path, fields } = address();
  const found = VIEWS.map(([pattern, name, load]) => [path.match(pattern), name, load]).find(([match]) => match);
  mark(found?.[1]);
  const place = h("div", { class: "view" });
  fill(main, place);
  try {
    if (!found) throw Object.assign(new Error("There is no such view."), { status: 404, detail: "There is no such view." });
    if (!current().read) return askForLogin(place);
    const view = (await found[2]()).default;
    if (signal.aborted) return;
    const title = await view({ place, signal, fields, args: found[0].slice(1).map(decodeURIComponent) });
    if (signal.aborted) return;
    document.title = title ? `${title} – picsync` : "picsync";
  } catch (problem) {
    if (signal.aborted) return;
    if (problem.status === 401) await refresh().catch(() => {});
    document.title = "picsync";
    if (astray(problem)) fill(place, h("h1", { tabindex: -1 }, "Not found"), astrayBox(problem));
    else fill(place, h("h1", { tabindex: -1 }, "That did not work"), problemBox(problem, show));
    if (problem.status === 0) setTimeout(() => signal.aborted || show(), AGAIN);
  }
  if (shownBefore) place.querySelector("h1")?.focus({ preventScroll: true });
  if (shownBefore) window.scrollTo(0, 0);
  shownBefore = true;
}

function mark(view) {
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function askForLogin(place) {
  fill(place,
    h("h1", { tabindex: -1 }, "Sign in to look"),
    h("p", {}, current().why || "Here only those who sign in may look."),
    h("button", { type: "button", class: "primary", on: { click: () => signIn() } }, "Sign in"));
}

async function start() {
  text(document.getElementById("zone"), zone());
  document.getElementById("skip").addEventListener("click", () => main.focus());
  try {
    await refresh();
  } catch (problem) {
    fill(main, h("h1", {}, "picsync"), problemBox(problem));
    setTimeout(start, AGAIN);
    return;
  }
  let could = current().read;
  onAccess((access) => {
    if (access.read !== could) show();
    could = access.read;
  });
  window.addEventListener("hashchange", show);
  await show();
}

start();
