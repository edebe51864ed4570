// What the desk's stream brings beside its log: which mode holds, how people take part, what is out of the ordinary, and
// how many ask to be left out. A snapshot brings the same, as `beside`, for a desk that has no stream.

import { Verdict } from "./place.js";

const KINDS = ["modes", "alarm", "leave_requests", "participation"];

/** Stands before a feed and takes out what is no part of it. Fires an event of each of these names (detail: the frame). */
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
    this.#tell(frame);
    return Verdict.CURRENT;
  }

  replace(snapshot) {
    const frames = Array.isArray(snapshot.beside) ? snapshot.beside : [];
    for (const frame of frames) if (KINDS.includes(frame?.type)) this.#tell(frame);
    return this.#feed.replace(snapshot);
  }

  // Internal

  #tell(frame) {
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
  }
}
