// One question in the list: how many want it, whether this person does, what became of it.

import { element } from "../helpers/fragment.js";
import { _ } from "../models/gettext.js";
import { voted } from "../models/question-order.js";

const TRIES = 3;
const PAUSE_MS = 1_500;
const TIMEOUT_MS = 10_000;
const NOT_SENT = _("Your vote did not get through; the network is away. Press again once it is back.");

export class QuestionRow {
  #sending = false;
  #says = null; // the body as it was told last

  constructor(item) {
    this.item = item;
    this.id = item.dataset.id;
    this.gone = false;
  }

  // Actions

  /** Show what the server tells of it, in its place; what this person voted stays. */
  tell({ html, votes }) {
    const newer = element(html);
    if (this.gone) return this.#replace(newer);
    const [mine, theirs] = [this.item, newer].map((item) => item.querySelector(".ask__body"));
    const [said, says] = [this.#says ?? text(mine), text(theirs)];
    this.#says = says;
    if (said !== says) mine.replaceWith(document.adoptNode(theirs));
    if (this.item.dataset.state !== newer.dataset.state) this.item.dataset.state = newer.dataset.state;
    this.#button.disabled = newer.querySelector(".ask__button").disabled;
    if (!this.#sending) this.#count(votes, this.#mine);
  }

  /** It left the wall: its words go at once, and its place stays, so that nothing moves. */
  leave() {
    if (this.gone) return;
    this.gone = true;
    this.item.style.minBlockSize = `${this.item.offsetHeight}px`;
    const note = document.createElement("p");
    note.className = "quiet";
    note.textContent = _("This question is no longer here.");
    this.item.dataset.state = "gone";
    this.#says = null;
    this.item.replaceChildren(note);
  }

  /** Vote, or take the vote back. Returns nothing, or why it was refused, in words. */
  async vote() {
    if (this.#sending || this.gone) return null;
    const before = { votes: this.#votes, mine: this.#mine };
    const after = voted(before);
    this.#count(after.votes, after.mine);
    this.#sending = true;
    const { status, body } = await this.#send(after.mine ? "yes" : "no");
    this.#sending = false;
    if (this.gone) return null;
    if (status === 200) {
      this.#count(body.votes, body.voted);
      return null;
    }
    this.#count(before.votes, before.mine);
    return body?.error?.message ?? NOT_SENT;
  }

  // Internal

  /** The same vote sent again is counted once, so that it may be sent until there is an answer. */
  async #send(wanted) {
    for (let tried = 1; ; tried += 1) {
      const answer = await once(this.item.querySelector("form").action, new URLSearchParams({ wanted }));
      if ((answer.status !== 0 && answer.status < 500) || tried === TRIES) return answer;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried));
    }
  }

  #replace(newer) {
    const item = document.adoptNode(newer);
    this.item.replaceWith(item);
    this.item = item;
    this.gone = false;
  }

  #count(votes, mine) {
    this.item.dataset.votes = String(votes);
    this.item.querySelector(".ask__count").textContent = String(votes);
    this.#button.setAttribute("aria-pressed", String(mine));
    this.#button.value = mine ? "no" : "yes";
  }

  get #votes() {
    return Number(this.item.dataset.votes);
  }

  get #mine() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  get #button() {
    return this.item.querySelector(".ask__button");
  }
}

async function once(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

/** What a body says, its times left out, which are told in other words here. */
function text(body) {
  const copy = body.cloneNode(true);
  for (const time of copy.querySelectorAll("time")) time.remove();
  return copy.innerHTML;
}
