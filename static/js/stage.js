// The stage view's page: what the audience sees and asks, what the desk says, and the time. It keeps what it last knew.

import { Podium } from "./elements/podium.js";
import { post } from "./helpers/ask.js";
import { stayAwake } from "./helpers/awake.js";
import { OfflineCopy } from "./helpers/offline.js";
import { Output } from "./helpers/output.js";
import { _ } from "./models/gettext.js";
import { KeptState } from "./models/kept-state.js";

const QUIET_OFFLINE_MS = 5_000;
const LOOK_MS = 5_000; // what a screen shows, and whose time it is, change by themselves
const COPY_MS = 20_000;

const root = document.querySelector(".podium");
const { slug, seenUrl } = root.dataset;
const podium = new Podium(root);
const kept = new KeptState(storage(), `stage:${slug}`);
const copy = new OfflineCopy(slug, "stage");
let copiedAt = -Infinity;
const output = new Output(root, {
  shown: podium,
  take,
  left: (ids) => kept.drop(ids),
  end,
  storage: storage(),
  everyMs: LOOK_MS,
});

const nextButton = root.querySelector("[data-next-url]");

nextButton?.addEventListener("click", () => goOn());
if (kept.state) podium.show(kept.state);
output.onStatus((online) => markOffline(!online));
output.start();
copy.start();
stayAwake();

function take(told) {
  const state = { ...told, skew: Date.now() - Date.parse(told.now) };
  podium.show(state);
  offerNext(state.next);
  kept.keep(state);
  if (performance.now() - copiedAt >= COPY_MS) {
    copiedAt = performance.now();
    copy.keep();
  }
  confirm(state.messages.filter(({ seen }) => !seen).map(({ id }) => id));
  return [...state.questions, ...state.shown].map(({ id }) => id);
}

/** Who moderates goes on to the next question with one press, and none is passed over by a second one. */
async function goOn() {
  nextButton.disabled = true;
  await post(nextButton.dataset.nextUrl, { session: nextButton.dataset.session });
  nextButton.disabled = false;
}

function offerNext(next) {
  if (!nextButton) return;
  nextButton.hidden = !next;
  nextButton.dataset.session = next?.session ?? "";
  nextButton.textContent = next?.waits ? _("Next question") : _("Done: that was the last one");
}

/** Tell the desk what stands before the speakers, once it does. */
async function confirm(ids) {
  if (!seenUrl || ids.length === 0 || document.visibilityState !== "visible") return;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await post(seenUrl, { ids });
}

/** This stage view was taken back: nothing of the event stays here. */
function end() {
  kept.forget();
  copy.forget();
  podium.show({ ends_at: null, messages: [], questions: [], shown: [] });
}

let offlineTimer = null;

function markOffline(offline) {
  clearTimeout(offlineTimer);
  const mark = document.querySelector(".podium__mark");
  if (offline) offlineTimer = setTimeout(() => (mark.hidden = false), QUIET_OFFLINE_MS);
  else mark.hidden = true;
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
