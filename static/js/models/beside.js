// What the desk's stream brings beside its log: which mode holds, and what is out of the ordinary.

import { Verdict } from "./place.js";

const KINDS = ["modes", "alarm"];

/** Stands before a feed and takes out what is no part of it. Fires "modes" and "alarm" (detail: the frame). */
export class Beside extends EventTarget {
  #feed;

  constructor(feed) {
    super();
    this.#feed = feed;
  }

  get cursor() {
    return this.#feed.cursor;
  }

  receive(frame) {
    if (!KINDS.includes(frame.type)) return this.#feed.receive(frame);
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
    return Verdict.CURRENT;
  }

  replace(snapshot) {
    return this.#feed.replace(snapshot);
  }
}
