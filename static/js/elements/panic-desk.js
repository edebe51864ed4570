// Panic at the desk: the key, the dialog, the banner of what holds, and the proof from the screens.

import { get, post } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { PanicBanner } from "./panic-banner.js";
import { PanicDialog } from "./panic-dialog.js";
import { PanicProof } from "./panic-proof.js";

const TICK_MS = 5_000;
const RETRY_MS = 2_000;
const ABOUT_THE_EVENT = ["curtained", "restricted", "lifted"];

export class PanicDesk {
  #root;
  #urls;
  #state = null;
  #dialog;
  #banner;
  #proof;
  #timer = null;

  constructor(root) {
    this.#root = root;
    const { panicUrl, screensUrl } = root.dataset;
    this.#urls = { panic: panicUrl, screens: screensUrl };
    this.#dialog = new PanicDialog(document.querySelector("#panic"), (act) => this.#carryOut(act));
    this.#banner = new PanicBanner(document.querySelector(".alarms"), (act) => this.#undo(act));
    this.#proof = new PanicProof(document.querySelector(".proof"), screensUrl);
  }

  // Lifecycle

  open() {
    for (const button of document.querySelectorAll("[data-panic]")) {
      button.addEventListener("click", () => this.#panic());
    }
    this.#root.addEventListener("told", ({ detail }) => this.#follow(detail));
    setInterval(() => this.#draw(), TICK_MS);
    this.#look();
  }

  // Actions

  /** Open the dialog at once; what it must know of the wall comes after. */
  #panic() {
    this.#dialog.open({ ...this.#state, authors: this.#authors() });
    this.#look();
    this.#countScreens();
  }

  /** Carry out what a moderator is sure of. Returns what went wrong, in words, or null. */
  async #carryOut({ choice, author }) {
    const act = { frozen: "draw", blank: "draw", pinned: "draw", wait: "wait", author: "restrict" }[choice];
    return this.#send({ act, ...(act === "draw" && { curtain: choice }), ...(author && { author: author.uid }) });
  }

  async #undo(act) {
    const trouble = await this.#send(act);
    if (trouble) this.#banner.complain(trouble);
  }

  // Internal

  async #send(act) {
    const { status, body } = await post(this.#urls.panic, { id: drawn(), ...act });
    if (status !== 200) {
      this.#look();
      return body?.error?.message ?? _("The server did not answer. Nothing may have happened: try again.");
    }
    this.#take(body);
    return null;
  }

  async #look() {
    clearTimeout(this.#timer);
    const { status, body } = await get(this.#urls.panic);
    if (status === 200 && body?.curtain) this.#take(body);
    else if (status === 0 || status >= 500) this.#timer = setTimeout(() => this.#look(), RETRY_MS);
  }

  async #countScreens() {
    const { body } = await get(this.#urls.screens);
    if (body?.screens) this.#dialog.tell({ screens: body.screens.length });
  }

  #take(state) {
    this.#state = { ...this.#state, ...state };
    this.#dialog.tell({ ...this.#state, authors: this.#authors() });
    this.#draw();
  }

  #draw() {
    if (this.#state) this.#banner.show(this.#state, Date.now());
  }

  /** The authors on the wall, after the one whose post is under decision here. */
  #authors() {
    const authors = this.#state?.authors ?? [];
    const card = this.#root.querySelector(".card[data-current]");
    if (!card) return authors;
    const { author, name } = card.dataset;
    const words = card.querySelector(".row__words")?.textContent ?? "";
    return [{ author, name, words, here: true }, ...authors.filter((one) => one.author !== author)];
  }

  /** The desk's feed told of something, whoever did it. */
  #follow({ updates, reset }) {
    const left = updates.filter(({ was, status }) => was === "approved" && status !== "approved");
    if (left.length) this.#proof.removed(left.map(({ id }) => id));
    if (reset || updates.some(({ kind }) => ABOUT_THE_EVENT.includes(kind))) this.#look();
    const curtained = updates.findLast(({ kind }) => kind === "curtained");
    if (curtained) this.#proof.drawn(curtained.curtain.kind);
  }
}

function drawn() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
