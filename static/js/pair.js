// The page of a machine that is no screen yet: shows its code until somebody has typed it, then goes to what it is to show.
// A machine that was a screen before goes there at once, server or not: its worker has the last wall.

import { stayAwake } from "./helpers/awake.js";
import { element } from "./helpers/fragment.js";
import { atRest, fullScreen } from "./helpers/machine.js";
import { OfflineCopy } from "./helpers/offline.js";
import { _ } from "./models/gettext.js";
import { Paired } from "./models/paired.js";
import { LastWall } from "./models/last-wall.js";

const EVERY_MS = 2_000;
const AWAY_MS = 5_000;
const TIMEOUT_MS = 10_000;

const main = document.querySelector(".pairing");
const letters = main.querySelector(".pairing__letters");
const words = main.querySelector(".pairing__words");
const code = main.querySelector(".pairing__qr");
const { gone } = main.dataset;
const paired = new Paired(storage());
const wantsNew = new URLSearchParams(location.search).has("new");
let shown = "";

if (gone) forget(gone);
const known = gone || wantsNew ? null : paired.slug;
if (known) location.replace(`/${known}/screen`);
else begin();

function begin() {
  stayAwake();
  atRest();
  fullScreen();
  if (!gone) new OfflineCopy("", "screen").start();
  ask();
}

async function ask() {
  const answer = await answered();
  if (answer?.url?.startsWith("/")) {
    location.replace(answer.url);
    return;
  }
  if (answer?.code) show(answer);
  else say(answer?.error?.message ?? _("The wall's server does not answer. This machine goes on asking."));
  setTimeout(ask, answer?.code ? EVERY_MS : AWAY_MS);
}

/** What our own server says, or null. */
async function answered() {
  const body = new URLSearchParams({ shown, ...(wantsNew && { new: "" }) });
  try {
    const response = await fetch("/screen/code", {
      method: "POST",
      body,
      headers: { accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.json();
  } catch {
    return null;
  }
}

function show(answer) {
  say(_("This machine is not a screen yet."));
  if (answer.code === shown || !answer.qr) return;
  shown = answer.code;
  letters.textContent = `${shown.slice(0, 3)} ${shown.slice(3)}`;
  code.replaceChildren(element(answer.qr));
  code.hidden = false;
}

function say(text) {
  if (words.textContent !== text) words.textContent = text;
}

/** This machine may show the event no more: nothing of it stays here. */
function forget(slug) {
  paired.forget(slug);
  new LastWall(storage(), slug).forget();
  new OfflineCopy(slug).forget();
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
