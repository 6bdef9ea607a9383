/** Elements from data. Text always stays text: what a server named a picture can't become markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `props`: `class`, `on` ({event: handler}), `data` ({key: value}), `css` ({property: value}),
 * else attributes; null, undefined and false leave one out. Children: nodes, texts, numbers, arrays of them.
 */
export function h(tag, props, ...children) {
  return build(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

function build(element, props, children) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "css") for (const [name, v] of Object.entries(value)) element.style.setProperty(name, v);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...kids(children));
  return element;
}

function kids(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Puts children in the place of an element's present ones. */
export function fill(element, ...children) {
  element.replaceChildren(...kids(children));
  return element;
}

/** Sets a text only when it changed, so that nothing flickers and selections stay. */
export function text(element, words) {
  const wanted = String(words);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** Told to screen readers, once. */
export function say(words) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = words));
}
