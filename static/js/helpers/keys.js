// Keys of a page, heard everywhere except where somebody types.

import { onward } from "../models/keys.js";

const LETTER = /^[a-z?/]$/;

/**
 * Call `press(key, repeated)` for the keys of the page: "y", "?", "ArrowDown", and first "⇧ArrowDown" where Shift is
 * held. It returns whether the key means something here. A keyboard that writes no Latin letters is read by the place of
 * its keys. Where one reads to the left, the arrows to the sides mean the opposite, and the page says so.
 */
export function listen(press) {
  for (const shown of document.querySelectorAll("kbd")) shown.textContent = onward(shown.textContent, document.dir);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || isTyping(event)) return;
    // A key with Shift may mean something of its own; where it does not, it means what it means without.
    const key = onward(keyName(event), document.dir);
    const taken = (event.shiftKey && press(`⇧${key}`, event.repeat)) || press(key, event.repeat);
    if (taken) event.preventDefault();
  });
}

/** The name of a pressed key, as the tables of models/keys.js have it. */
export function keyName({ key, code }) {
  const letter = key.toLowerCase();
  if (LETTER.test(letter) || key.length > 1) return key.length > 1 ? key : letter;
  return /^Key[A-Z]$/.test(code) && !/^[\x20-\x7e]$/.test(key) ? code.slice(3).toLowerCase() : key;
}

function isTyping({ target, key }) {
  if (!(target instanceof Element)) return false;
  if (target.matches("input[type=radio], input[type=checkbox]")) return key.length > 1;
  return target.matches("input, textarea, select, [contenteditable]");
}
