// The phone page. It works without this script; with it, it counts, remembers what was written, and tells what became of it.

import "./elements/my-posts.js";
import "./elements/text-counter.js";

const form = document.querySelector("[data-draft]");
if (form) keepDraft(form, `draft:${form.dataset.draft}`);
else forgetDrafts();

/** A code that has run out must not cost anybody their words: a new scan opens a new tab, which finds them here. */
function keepDraft(form, key) {
  const { text, name } = form.elements;
  const kept = read(key);
  if (!text.value && kept?.text) text.value = kept.text;
  if (!name.value && kept?.name) name.value = kept.name;
  text.dispatchEvent(new Event("input"));
  form.addEventListener("input", () => write(key, { text: text.value, name: name.value }));
  form.addEventListener("submit", () => form.querySelector("[type=submit]").setAttribute("aria-disabled", "true"));
}

/** Sent: the words are with the moderators now; the name is kept for the next post. */
function forgetDrafts() {
  if (!document.querySelector("my-posts")) return;
  const key = `draft:${location.pathname.split("/")[1]}`;
  const kept = read(key);
  if (kept) write(key, { text: "", name: kept.name });
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Then the draft lives in the field alone.
  }
}
