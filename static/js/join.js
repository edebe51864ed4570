// Taking part. It works without this script; with it, it counts, remembers what was written, and tells what became of it.

import { suggestContinent } from "./elements/continent-choice.js";
import "./elements/my-posts.js";
import "./elements/proof-of-work.js";
import "./elements/text-counter.js";
import { drafted, missing, sent } from "./models/draft.js";
import { _ } from "./models/gettext.js";

const form = document.querySelector("[data-draft]");
if (form) begin(form, `draft:${form.dataset.draft}`);
else forgetDrafts();

function begin(form, key) {
  keepDraft(form, key);
  keepOffline(form);
  boundPicture(form.elements.picture);
  suggestContinent(form.elements.continent ?? null);
}

/** A code that has run out, or a network that has gone, must not cost anybody their words: the next page finds them. */
function keepDraft(form, key) {
  const { text } = form.elements;
  for (const [name, value] of missing(form.elements, read(key))) form.elements[name].value = value;
  text.dispatchEvent(new Event("input"));
  form.addEventListener("input", () => write(key, drafted(form.elements)));
}

/** Nothing is sent where there is no network, nor by itself once there is: its writer presses, or thinks better of it. */
function keepOffline(form) {
  const notice = form.querySelector("[data-offline]");
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      button.setAttribute("aria-disabled", "true");
      return;
    }
    event.preventDefault();
    notice.hidden = false;
  });
  addEventListener("online", () => {
    if (!notice.hidden) notice.textContent = _("The network is back. Press Send when you like.");
  });
  addEventListener("pageshow", () => button.removeAttribute("aria-disabled"));
}

/** Say at once that a picture is too large, before all of it was sent. */
function boundPicture(field) {
  field.addEventListener("change", () => {
    const most = Number(field.dataset.most);
    const tooLarge = [...field.files].some((file) => file.size > most);
    field.setCustomValidity(tooLarge ? _("Please choose a picture of at most %(size)s MB.", { size: most / 1_000_000 }) : "");
    field.reportValidity();
  });
}

/** Sent: the words are with the moderators now; name and place are kept for the next post. */
function forgetDrafts() {
  const slug = document.querySelector("[data-sent]")?.dataset.sent;
  if (!slug) return;
  const key = `draft:${slug}`;
  const kept = read(key);
  if (kept) write(key, sent(kept));
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
