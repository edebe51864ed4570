// Who is at the desk, and which waiting posts each holds, as the server tells it. Pure: frames in, "change" out.

/**
 * A desk of the team is {id, person, name, busy, posts}. Fires "change" when anything of it differs, with
 * detail {moved}: whether others came to work or left it, so that the work is to be shared anew.
 */
export class Team extends EventTarget {
  #own;
  #turn = 0;
  #frame = { desks: [], mode: null };
  #holders = new Map(); // by post id, the desk that holds it

  /** `own` is the id of this desk. */
  constructor({ own, frame = null }) {
    super();
    this.#own = own;
    if (frame) this.#take(frame);
  }

  // Actions

  get others() {
    return this.#frame.desks.filter(({ id }) => id !== this.#own);
  }

  /** Whether the server counts this desk among them. */
  get seated() {
    return this.#frame.desks.some(({ id }) => id === this.#own);
  }

  /** Whether nobody else is at work, so that everything that waits is for this desk. */
  get alone() {
    return !this.others.some(({ busy }) => busy);
  }

  get mode() {
    return this.#frame.mode;
  }

  /** The other desk that holds a post, or null. */
  holder(post) {
    const desk = this.#holders.get(post);
    return desk && desk.id !== this.#own ? desk : null;
  }

  /** Whether a post is this desk's to decide. */
  isMine(post) {
    return this.#holders.get(post)?.id === this.#own;
  }

  /** Another server may speak from now on, whose turns are not those known here. */
  begin() {
    this.#turn = 0;
  }

  /** Take in how the team is, unless something newer is known. */
  take(frame) {
    if (frame.turn < this.#turn) return;
    const [before, atWork] = [JSON.stringify(this.#frame), this.#atWork];
    this.#take(frame);
    if (JSON.stringify(this.#frame) === before) return;
    this.dispatchEvent(new CustomEvent("change", { detail: { moved: this.#atWork !== atWork } }));
  }

  // Internal

  get #atWork() {
    return this.others.filter(({ busy }) => busy).map(({ id }) => id).join();
  }

  #take({ turn, mode, desks }) {
    this.#turn = turn;
    this.#frame = { mode, desks };
    this.#holders = new Map(desks.flatMap((desk) => desk.posts.map((post) => [post, desk])));
  }
}
