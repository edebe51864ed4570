// The banner of the wave alarm: says what is out of the ordinary, and lets everything wait by one press.

import { post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { WaveNotice } from "../models/wave.js";

const TICK_MS = 1_000;
const CAUTIOUS = "everything waits";

export class WaveBanner {
  #root;
  #url;
  #key;
  #notice;
  #mode;

  constructor(root, { url, mode }) {
    this.#root = root;
    this.#url = url;
    this.#mode = mode;
    this.#key = `wave aside ${url}`;
    this.#notice = new WaveNotice({ asideUntil: Number(kept(this.#key)) });
    this.#button("wait").addEventListener("click", () => this.#wait());
    this.#button("aside").addEventListener("click", () => this.#putAside());
    setInterval(() => this.#draw(), TICK_MS);
  }

  // Actions

  hear(frame) {
    this.#notice.hear(frame);
    this.#draw();
  }

  hearMode(mode) {
    this.#mode = mode;
    this.#draw();
  }

  // Internal

  async #wait() {
    this.#button("wait").disabled = true;
    const { status, body } = await post(this.#url, { mode: CAUTIOUS });
    this.#button("wait").disabled = false;
    if (status === 200) this.hearMode(body.mode);
    else this.#say(body?.error?.message ?? _("The server did not answer, so nothing changed. Press again."));
  }

  #putAside() {
    keep(this.#key, this.#notice.putAside(Date.now()));
    this.#draw();
  }

  #draw() {
    const words = this.#notice.words(Date.now());
    this.#root.hidden = words.length === 0;
    if (!words.length) this.#say("");
    write(this.#root.querySelector(".wave__words"), words.join(" "));
    const safe = this.#mode === CAUTIOUS;
    this.#button("wait").hidden = safe;
    write(this.#root.querySelector(".wave__mode"), safe ? _("Everything waits: nothing of it is shown.") : "");
  }

  #say(words) {
    write(this.#root.querySelector(".wave__trouble"), words);
  }

  #button(name) {
    return this.#root.querySelector(`[data-wave=${name}]`);
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

function kept(key) {
  try {
    return localStorage.getItem(key) ?? 0;
  } catch {
    return 0; // storage may be forbidden; then it is put aside until the page is loaded anew
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // as above
  }
}
