// What a list of questions hears of the public feed: which posts left the wall or say something else now, which holds at
// once, and that counts, states or the questions may be others, for which it asks. Pure.

import { Place } from "./place.js";

const LEAVES = ["removed", "void", "edited"];

/** Fires "left" (detail {ids}), "stirred", and "arranged" (detail {what}). `shown(id)` says whether a post is in the list. */
export class QuestionFeed extends EventTarget {
  #place;
  #shown;

  constructor({ cursor, shown }) {
    super();
    this.#place = new Place(cursor);
    this.#shown = shown;
  }

  // Actions

  get cursor() {
    return this.#place.cursor;
  }

  receive(frame) {
    const left = new Set();
    const arranged = new Set();
    let stirred = false;
    const verdict = this.#place.follow(frame, (update) => {
      const id = update.post?.id ?? update.id;
      const ours = id !== undefined && this.#shown(id);
      if (ours && LEAVES.includes(update.kind)) left.add(id);
      if (update.kind === "arranged") arranged.add(update.what);
      stirred ||= ours || isAboutQuestions(update);
    });
    if (left.size) this.dispatchEvent(new CustomEvent("left", { detail: { ids: [...left] } }));
    if (arranged.size) this.dispatchEvent(new CustomEvent("arranged", { detail: { what: [...arranged] } }));
    if (stirred) this.dispatchEvent(new Event("stirred"));
    return verdict;
  }

  /** Its history is another one: whatever happened meanwhile, it asks. */
  replace({ cursor }) {
    if (this.#place.isPast(cursor)) return false;
    this.#place = new Place(cursor);
    this.dispatchEvent(new Event("stirred"));
    return true;
  }
}

function isAboutQuestions({ kind, what, post }) {
  return (kind === "arranged" && what === "questions") || (kind === "posted" && post?.source === "question");
}
