// Who is at the desk, and which waiting posts each holds, as the server tells it. Pure: frames in, "change" out.

/**
 * A desk of the team is {id, person, name, busy, posts}. Fires "change" when anything of it differs, with
 * detail {moved}: whether others came to work or left it, so that the work is to be shared anew.
 */
export class Team extends EventTarget {
  #own;
  #person;
  #turn = 0;
  #frame = { desks: [] };
  #written = "[]"; // the same, to compare
  #holders = new Map(); // by post id, the desk that holds it

  /** `own` is the id of this desk, `person` of who sits at it. */
  constructor({ own, person = null, frame = null }) {
    super();
    this.#own = own;
    this.#person = person;
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

  /** The other desk that holds a post, or null. */
  holder(post) {
    const desk = this.#holders.get(post);
    return desk && desk.id !== this.#own ? desk : null;
  }

  /** Whether a post is this desk's to decide. */
  isMine(post) {
    return this.#holders.get(post)?.id === this.#own;
  }

  /** Whether it waits for somebody else, because who sits here gave it the first of two approvals. */
  isForOthers(post) {
    return this.#person !== null && post.approver === this.#person;
  }

  /** Of these posts, those that nobody else holds, and that who sits here can decide. */
  free(posts) {
    return posts.filter((post) => !this.holder(post.id) && !this.isForOthers(post));
  }

  /** Of these posts, those that are this desk's to decide: all, as long as nobody else is at work. */
  own(posts) {
    return posts.filter((post) => (this.alone || this.isMine(post.id)) && !this.isForOthers(post));
  }

  /** Whether to ask for posts: before the last of a `batch` are decided, or for the one on the stage. */
  wants(posts, onStage, batch) {
    if (this.alone) return false;
    if (onStage && !this.isMine(onStage) && !this.holder(onStage)) return true;
    const stock = this.own(posts).length;
    return stock <= batch / 2 && this.free(posts).length > stock;
  }

  /** Another server may speak from now on, whose turns are not those known here. */
  begin() {
    this.#turn = 0;
  }

  /** Take in how the team is, unless something newer is known. */
  take(frame) {
    if (frame.turn < this.#turn) return;
    const [before, atWork] = [this.#written, this.#atWork];
    this.#take(frame);
    if (this.#written === before) return;
    this.dispatchEvent(new CustomEvent("change", { detail: { moved: this.#atWork !== atWork } }));
  }

  // Internal

  get #atWork() {
    return this.others.filter(({ busy }) => busy).map(({ id }) => id).join();
  }

  #take({ turn, desks }) {
    this.#turn = turn;
    this.#frame = { desks };
    this.#written = JSON.stringify(desks);
    this.#holders = new Map(desks.flatMap((desk) => desk.posts.map((post) => [post, desk])));
  }
}
