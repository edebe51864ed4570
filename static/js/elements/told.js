// One line at the foot of the window: what was done or went wrong, with a way back where there is one.

import { _ } from "../models/gettext.js";

const STAYS_MS = 12_000;

let timer = null;

/** Say words for a while; `way` is a button beside them, {words, act}. */
export function told(words, way = null) {
  const line = document.querySelector("[data-told]");
  const button = document.createElement("button");
  const gone = () => line.replaceChildren();
  Object.assign(button, { type: "button", className: "button button--small", textContent: way?.words ?? _("Close") });
  button.addEventListener("click", () => {
    gone();
    way?.act();
  });
  const text = document.createElement("span");
  text.textContent = words;
  line.replaceChildren(text, " ", button);
  clearTimeout(timer);
  timer = setTimeout(() => line.contains(document.activeElement) || gone(), STAYS_MS);
}
