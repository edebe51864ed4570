// <push-switch data-key data-url data-worker>: has this browser told of something new while no page is open, or no longer.
// It shows itself only where the browser can do that.

import { scriptAddress } from "../helpers/fragment.js";
import { _ } from "../models/gettext.js";

export class PushSwitch extends HTMLElement {
  #registration = null;
  #subscription = null;

  // Lifecycle

  async connectedCallback() {
    if (!("serviceWorker" in navigator && "PushManager" in globalThis)) return;
    try {
      const scope = new URL(this.dataset.url, location.href).pathname.replace(/\/push$/, "");
      this.#registration = await navigator.serviceWorker.register(scriptAddress(this.dataset.worker), { scope });
      this.#subscription = await this.#registration.pushManager.getSubscription();
    } catch {
      return; // Not over plain http, and not in a private window.
    }
    this.#button.addEventListener("click", this.#turn);
    this.#show();
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#turn);
  }

  // Internal

  get #button() {
    return this.querySelector("button");
  }

  #turn = async () => {
    this.#say("");
    try {
      if (this.#subscription) await this.#end();
      else await this.#begin();
    } catch {
      this.#say(_("Your browser does not allow it. Its settings for this page say whether notifications are blocked."));
    }
    this.#show();
  };

  async #begin() {
    const subscription = await this.#registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(this.dataset.key),
    });
    const response = await send(this.dataset.url, subscription.toJSON());
    if (!response.ok) throw new Error("refused");
    this.#subscription = subscription;
  }

  async #end() {
    await send(`${this.dataset.url}/removal`, this.#subscription.toJSON());
    await this.#subscription.unsubscribe();
    this.#subscription = null;
  }

  #show() {
    this.hidden = false;
    this.#button.setAttribute("aria-pressed", String(this.#subscription !== null));
    this.#button.textContent = this.#subscription ? _("Tell me no more") : _("Tell me when something is new");
  }

  #say(words) {
    const line = this.querySelector("[role=alert]");
    line.textContent = words;
    line.hidden = !words;
  }
}

function send(url, body) {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

customElements.define("push-switch", PushSwitch);
