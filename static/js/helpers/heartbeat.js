// Beats once a second for the watchdog, which has the page begun anew when it hangs.

import { scriptAddress } from "./fragment.js";

const BEAT_MS = 1_000;

/** The address of the watchdog, which has to be kept with the page. */
export function watchdogAddress(slug) {
  return new URL(`/${slug}/screen/watchdog.js`, location.href).href;
}

/** Be watched over, once there is a service worker to begin the page anew. */
export async function beWatched(slug) {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.ready;
  const watchdog = new Worker(scriptAddress(watchdogAddress(slug)));
  const tell = () => watchdog.postMessage(document.visibilityState === "visible" ? "beat" : "rest");
  setInterval(tell, BEAT_MS);
  document.addEventListener("visibilitychange", tell);
  tell();
}
