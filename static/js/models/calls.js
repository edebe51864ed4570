// What a remote control calls for once: that a screen says its name, or loads its page anew. Pure.

const LASTS_MS = 30_000; // core/remote.py knows the same
const REMEMBERED = 20;

export class Calls {
  #done;
  #did = "";

  /** `done` are ids that an earlier page did; `loaded` the calls of the plan that the page came with. */
  constructor({ done = [], loaded = [] } = {}) {
    this.#done = Array.isArray(done) ? done.filter((id) => typeof id === "string") : [];
    // Who asked for another page before this one was made has it now.
    for (const { id, kind } of loaded) if (kind === "reload") this.#note(id);
  }

  /** The calls of a plan that are to be done now, each once; one of long ago is left. */
  take(calls, now) {
    const due = calls.filter(({ id, at }) => !this.#done.includes(id) && now - Date.parse(at) < LASTS_MS);
    for (const { id } of due) this.#note(id);
    const last = calls.at(-1);
    if (last && this.#done.includes(last.id)) this.#did = last.id;
    return due;
  }

  /** The ids of those that were done, for a page that is loaded after this one. */
  get done() {
    return this.#done;
  }

  /** The id of the newest that was done. */
  get did() {
    return this.#did;
  }

  // Internal

  #note(id) {
    if (this.#done.includes(id)) return;
    this.#done = [...this.#done, id].slice(-REMEMBERED);
    this.#did = id;
  }
}
