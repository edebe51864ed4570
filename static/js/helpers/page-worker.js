// The service worker that keeps a page for when there is no network: one for each address, told what to keep.

import { scriptAddress } from "./fragment.js";

export class PageWorker {
  #scope;

  /** `scope` is the page's path; its worker is served at /worker.js below it. */
  constructor(scope) {
    this.#scope = scope;
  }

  /** Resolves to whether it can be told something: browsers allow workers only over https and on this machine. */
  async start() {
    if (!navigator.serviceWorker) return false;
    try {
      const script = scriptAddress(`${this.#scope}/worker.js`);
      // Not `ready`, which may be the worker of another page whose path begins alike.
      await active(await navigator.serviceWorker.register(script, { scope: this.#scope }));
      return true;
    } catch {
      return false; // Without a worker a reload needs the server; everything else goes on.
    }
  }

  async tell(message) {
    const registration = await navigator.serviceWorker?.getRegistration(this.#scope);
    registration?.active?.postMessage(message);
  }
}

function active(registration) {
  if (registration.active) return null;
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (registration.active) resolve();
      else if (worker.state === "redundant") reject(new Error("It was not installed."));
    });
  });
}
