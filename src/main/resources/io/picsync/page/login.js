/** Who is logged in: kept in this tab until it is closed, and sent to this picsync only. */

const KEY = "picsync-login";

export function authorization() {
  return sessionStorage.getItem(KEY);
}

export function logIn(name, password) {
  const utf8 = new TextEncoder().encode(`${name}:${password}`);
  sessionStorage.setItem(KEY, "Basic " + btoa(String.fromCharCode(...utf8)));
}

export function logOut() {
  sessionStorage.removeItem(KEY);
}
