// <passkey-button data-act="create|get" data-offer data-answer data-next>: makes a passkey, or signs in by one. It shows
// itself only where the browser can do that.

import { _ } from "../models/gettext.js";
import { told, toMake, toSign } from "../models/passkeys.js";

export class PasskeyButton extends HTMLElement {
  // Lifecycle

  connectedCallback() {
    if (!("PublicKeyCredential" in globalThis)) return;
    this.hidden = false;
    this.#button.addEventListener("click", this.#press);
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#press);
  }

  // Internal

  get #button() {
    return this.querySelector("button");
  }

  #press = async () => {
    this.#say("");
    this.#button.disabled = true;
    try {
      const credential = await this.#ask(await send(this.dataset.offer, {}));
      const { location } = await send(this.dataset.answer, { credential: told(credential), ...this.#more() });
      if (globalThis.location.pathname === new URL(location, globalThis.location.href).pathname) globalThis.location.reload();
      else globalThis.location.assign(location);
    } catch (error) {
      this.#say(words(error));
      this.#button.disabled = false;
    }
  };

  #ask(options) {
    if (this.dataset.act === "get") return navigator.credentials.get({ publicKey: toSign(options) });
    return navigator.credentials.create({ publicKey: toMake(options) });
  }

  #more() {
    return this.dataset.act === "get" ? { next: this.dataset.next } : { name: this.querySelector("input").value };
  }

  #say(words) {
    const line = this.querySelector("[role=alert]");
    line.textContent = words;
    line.hidden = !words;
  }
}

class Refused extends Error {}

/** Sends something and returns the answer; throws what the server says where it refuses. */
async function send(url, body) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error.message);
  return answer;
}

function words(error) {
  if (error instanceof Refused) return error.message;
  if (error.name === "InvalidStateError") return _("This device has a passkey for you already.");
  if (error.name === "NotAllowedError" || error.name === "AbortError") return _("Nothing was done: it was cancelled, or took too long.");
  return _("The wall did not answer, or this browser cannot do it. Try again.");
}

customElements.define("passkey-button", PasskeyButton);
