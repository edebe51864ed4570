// The post under decision, and what somebody else did to it meanwhile: "gone" is one that waits no more, and yet stays
// under the hand until that moves on. Pure.

import { _ } from "./gettext.js";
import { Selection } from "./selection.js";

export class UnderDecision {
  #selection = new Selection();
  #gone = false;
  #news = null;

  get post() {
    return this.#selection.post;
  }

  get id() {
    return this.#selection.id;
  }

  get gone() {
    return this.#gone;
  }

  /** What happened to it: {words}, or the update that took it away; null when nothing did. */
  get news() {
    return this.#news;
  }

  /** The post, if it can be decided. */
  get decidable() {
    return this.#gone ? null : this.post;
  }

  // Actions

  /** Put this post under decision, or none. */
  take(post) {
    this.#selection.take(post);
    this.turn();
  }

  /** Go on to the next of these, as `Selection.advance` does. */
  advance(posts) {
    this.#selection.advance(posts);
    this.turn();
  }

  /** Move among these posts by one. Returns whether it moved. */
  move(posts, step) {
    const moved = this.#selection.move(posts, step);
    if (moved) this.turn();
    return moved;
  }

  /**
   * Take in what became of the posts. Returns what that means for the one under decision: what `Selection.follow`
   * returns, or "described" for one whose pictures the team described, or "back" for one that was gone and waits again.
   */
  follow(posts, offered, updates) {
    const { id } = this;
    const found = this.#selection.follow(posts, offered);
    const mine = updates.findLast((update) => update.id === id);
    if (found === "gone") {
      if (this.#gone) return "same";
      this.#gone = true;
      this.#news = mine ?? { words: _("This post was decided while this desk was away.") };
    } else if (found === "changed") {
      this.#gone = false;
      this.#news = mine?.kind === "edited" ? { words: _("Its author changed this post just now.") } : null;
      if (mine?.kind === "described") return "described";
    } else if (found === "same" && this.#gone) {
      this.turn();
      return "back";
    }
    return found;
  }

  /** A hand is on it: what happened before is told no more. */
  turn() {
    this.#gone = false;
    this.#news = null;
  }
}
