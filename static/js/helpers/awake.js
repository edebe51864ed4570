// Keeps a machine's picture on while its page is looked at, where the browser lets a page ask for that.

const AGAIN_MS = 10_000;

export function stayAwake() {
  ask();
  document.addEventListener("visibilitychange", ask);
}

let lock = null;

async function ask() {
  if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    // A low battery or the system takes it away at times.
    lock?.addEventListener("release", () => setTimeout(ask, AGAIN_MS), { once: true });
  } catch {
    // The machine decides; one that stands before a hall usually stays on by itself.
  }
}
