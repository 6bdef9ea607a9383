/** What this page may do: read, change; and the dialog to sign in. */
import { get } from "./api.js";
import { authorization, logIn, logOut } from "./login.js";
import { fill, h, say } from "./dom.js";
import { signInWords } from "./format.js";

let access = { read: true, change: false, login: "none", why: "" };
const listeners = new Set();

export const current = () => access;

/** Calls back on each change of the rights; returns what ends that. */
export function onAccess(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function ask() {
  const told = await get("access");
  return { ...told, why: signInWords(told.why) };
}

/** Asks anew. A login that no longer holds is forgotten. */
export async function refresh() {
  try {
    access = await ask();
  } catch (problem) {
    if (problem.status !== 401 || !authorization()) throw problem;
    logOut();
    access = await ask();
  }
  show();
  listeners.forEach((listener) => listener(access));
}

function show() {
  const who = document.getElementById("who");
  if (access.login === "none") {
    fill(who, h("button", { type: "button", class: "quiet", on: { click: () => signIn() } }, "Sign in"));
  } else {
    const out = () => {
      logOut();
      refresh();
      say("Signed out.");
    };
    fill(who, h("span", {}, access.login), h("button", { type: "button", class: "quiet", on: { click: out } }, "Sign out"));
  }
}

/** Resolves to whether somebody signed in. `why` says what it is needed for. */
export function signIn(why = "") {
  const name = h("select", { name: "name", id: "login-name", autocomplete: "username" },
    h("option", { value: "operator" }, "operator – may change"), h("option", { value: "reader" }, "reader – may look"));
  const password = h("input", { type: "password", id: "login-password", autocomplete: "current-password", required: true });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const dialog = h("dialog", { "aria-labelledby": "login-title", class: "ask" },
    h("form", { method: "dialog" },
      h("h2", { id: "login-title" }, "Sign in"),
      why && h("p", {}, why),
      h("label", { for: "login-name" }, "As"), name,
      h("label", { for: "login-password" }, "Password"), password,
      h("p", { class: "note" }, "The passwords stand in picsync's configuration. They stay in this tab until you close it."),
      wrong,
      h("div", { class: "buttons" },
        h("button", { type: "submit", class: "primary" }, "Sign in"),
        h("button", { type: "button", on: { click: () => dialog.close() } }, "Not now"))));
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const before = authorization();
    logIn(name.value, password.value);
    try {
      access = await ask();
      if (access.login !== name.value) throw new Error("The name or the password is wrong.");
      dialog.returnValue = "in";
      dialog.close("in");
    } catch (problem) {
      logOut();
      if (before) sessionStorage.setItem("picsync-login", before);
      // a 401 is called "Sign in", as the dialog is: its text says more
      fill(wrong, problem.status === 401 ? problem.detail : [h("strong", {}, problem.message), problem.detail && h("span", {}, problem.detail)]);
      password.select();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  password.focus();
  return new Promise((resolve) => dialog.addEventListener("close", async () => {
    dialog.remove();
    const signedIn = dialog.returnValue === "in";
    if (signedIn) {
      await refresh();
      say(`Signed in as ${access.login}.`);
    }
    resolve(signedIn);
  }));
}
