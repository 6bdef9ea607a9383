/** The API, asked with ETags: what did not change costs nothing. Its errors are {@link Problem}s. */
import { signInWords } from "./format.js";
import { authorization } from "./login.js";

const KEPT = 80;
const BUSY_TRIES = 3;
const kept = new Map();

/** What went wrong: `message` says what, `detail` why and what to do. `status` 0: picsync can't be reached. */
export class Problem extends Error {
  constructor(title, detail, status, retryAfter) {
    super(title);
    this.detail = detail;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** An answer to GET; the very same object while it is unchanged. */
export async function get(path, signal) {
  const key = `${authorization() ?? ""} ${path}`;
  const known = kept.get(key);
  const answer = await patiently(() => ask(path, { headers: known ? { "If-None-Match": known.etag } : {}, signal }));
  if (answer.status === 304 && known) {
    keep(key, known);
    return known.body;
  }
  const body = await answer.json();
  const etag = answer.headers.get("ETag");
  if (etag) keep(key, { etag, body });
  return body;
}

/** A change; only ever on a click. */
export async function post(path, body) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const answer = await ask(path, { method: "POST", headers, body: body === undefined ? undefined : JSON.stringify(body) });
  return answer.json();
}

/** A file, as the API gives it. */
export async function file(path) {
  return (await ask(path, { headers: { Accept: "*/*" } })).blob();
}

export const query = (fields) => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : "?" + new URLSearchParams(given);
};

async function ask(path, options) {
  const login = authorization();
  const headers = { Accept: "application/json, application/problem+json", "X-Picsync": "1", ...options.headers };
  if (login) headers.Authorization = login;
  let answer;
  try {
    // omit: the browser must not answer for us with a login of its own, nor ask for one
    answer = await fetch("api/" + path, { ...options, headers, credentials: "omit", cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("picsync can't be reached.", "It may be restarting, or the network is down. This page tries again by itself.", 0);
  }
  if (answer.ok || answer.status === 304) return answer;
  throw await problem(answer);
}

/** Asks again when picsync is busy, a few times. */
async function patiently(asking) {
  for (let i = 1; ; i++) {
    try {
      return await asking();
    } catch (problem) {
      if (problem.status !== 503 || i >= BUSY_TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(5, problem.retryAfter ?? 1)));
    }
  }
}

async function problem(answer) {
  const retryAfter = Number(answer.headers.get("Retry-After")) || undefined;
  try {
    const { title, detail } = await answer.json();
    if (title) return new Problem(signInWords(title), signInWords(detail ?? ""), answer.status, retryAfter);
  } catch {
    // no problem+json: something between here and picsync answered
  }
  return new Problem(`The answer was ${answer.status}.`, "It is not from picsync itself: look at what stands between, such as a proxy.", answer.status, retryAfter);
}

function keep(key, entry) {
  kept.delete(key);
  kept.set(key, entry);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
}
