// Watches over a screen's page from a thread of its own: a page that has not beaten for long hangs, and is begun anew.
// It counts its own ticks, not the time, so that a machine that slept is not taken for a page that hangs.

const TICK_MS = 1_000;
const HUNG_TICKS = 20;
const AGAIN_TICKS = 30;

let beating = true;
let silent = 0;

self.addEventListener("message", ({ data }) => {
  beating = data !== "rest"; // a page that nobody sees is woken too seldom to beat
  silent = 0;
});

setInterval(() => {
  silent = beating ? silent + 1 : 0;
  if (silent < HUNG_TICKS || (silent - HUNG_TICKS) % AGAIN_TICKS !== 0) return;
  fetch(new URL("hung", self.location.href), { method: "POST" }).catch(() => {});
}, TICK_MS);
