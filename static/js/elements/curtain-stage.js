// The stage of a screen: hangs on the wall what the curtain lets be seen, and shows the title card where nothing is left.

import { hung, under } from "../models/curtain.js";

export class CurtainStage {
  #root;
  #wall;
  #feed;
  #kind;

  constructor(root, { wall, feed }) {
    this.#root = root;
    this.#wall = wall;
    this.#feed = feed;
    this.#kind = feed.curtain.kind;
  }

  // Lifecycle

  async begin() {
    this.#bare();
    this.#mark();
    this.#wall.frozen = this.#kind === "frozen";
    await this.#wall.begin(hung(this.#feed), this.#pinnedId);
    this.#wall.addEventListener("drawn", () => this.#mark());
    this.#mark();
  }

  // Actions

  /** Follow a change of the feed. What has to go is gone from the page when this returns. */
  follow(change) {
    const drawn = this.#feed.curtain.kind !== this.#kind;
    const freezes = drawn && this.#feed.curtain.kind === "frozen" && this.#kind === "open" && !change.reset;
    this.#kind = this.#feed.curtain.kind;
    this.#bare();
    if (freezes) {
      this.#wall.frozen = true;
      this.#take(change);
    } else if (drawn || change.reset) {
      this.#startOver(drawn);
    } else {
      this.#take(change);
    }
    this.#mark();
  }

  // Internal

  #take(change) {
    const part = under(this.#feed.curtain, change);
    if (part) this.#wall.change(part, this.#pinnedId);
    else this.#startOver(false);
  }

  /** Hang anew; what is there and stays keeps its place. A wall that becomes frozen is hung once before that. */
  #startOver(drawn) {
    if (drawn) this.#wall.frozen = false;
    this.#wall.reset(hung(this.#feed), this.#pinnedId);
    this.#wall.frozen = this.#kind === "frozen";
  }

  /** Blank or with pinned posts only, no scene is seen but the wall. */
  #bare() {
    this.#wall.bare = this.#kind === "blank" || this.#kind === "pinned";
  }

  get #pinnedId() {
    return this.#kind === "blank" ? undefined : this.#feed.pinned[0];
  }

  /** Where a drawn curtain leaves nothing to see, the title stands, as when the screens are blank. */
  #mark() {
    const bare = this.#kind === "blank" || this.#wall.isBlank || (this.#kind !== "open" && this.#wall.isEmpty);
    const curtain = bare ? "blank" : this.#kind;
    if (this.#root.dataset.curtain !== curtain) this.#root.dataset.curtain = curtain;
  }
}
