// Keeps a machine's picture on while its page is looked at, where the browser lets a page ask for that.

export function stayAwake() {
  ask();
  document.addEventListener("visibilitychange", ask);
}

async function ask() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
  } catch {
    // The machine decides; one that stands before a stage usually stays on by itself.
  }
}
