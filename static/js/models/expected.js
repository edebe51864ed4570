// The queue as this desk shows it: what the server tells, and over it what was decided here and is not told yet.

const PENDING = Infinity;

/** Fires "change" with the queue's detail whenever `posts` or `counts` may differ. */
export class Expected extends EventTarget {
  #queue;
  #expectations = new Map(); // by post id: {decision, post, status, version, told: {status, version}, before}
  #from = null; // the queue's list that #posts were made of
  #posts = null; // until something is expected otherwise

  constructor(queue) {
    super();
    this.#queue = queue;
    queue.addEventListener("change", ({ detail }) => {
      detail.updates.forEach((update) => this.#hear(update));
      if (detail.reset) this.#compare();
      this.#tell(detail);
    });
  }

  // Actions

  /** The posts that wait, oldest first: the same list as long as nothing of it differs. */
  get posts() {
    const from = this.#queue.posts;
    if (this.#posts && this.#from === from) return this.#posts;
    this.#from = from;
    this.#posts = this.#expectations.size ? this.#overlay(from) : from;
    return this.#posts;
  }

  get counts() {
    const counts = this.#queue.counts;
    for (const { status, told } of this.#expectations.values()) {
      if (!told.status || told.status === status) continue;
      counts[told.status] = Math.max(0, (counts[told.status] ?? 0) - 1);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  }

  has(id) {
    return this.#expectations.has(id);
  }

  /**
   * Show `post` with `status` from now on, because of a decision taken here. `told` is how the feed told last that it
   * stands, when that is not as the post says.
   */
  expect(post, status, decision, told = null) {
    const before = this.#expectations.get(post.id) ?? null;
    const { status: was, version } = before?.told ?? told ?? post;
    this.#expectations.set(post.id, { decision, post, status, version: PENDING, told: { status: was, version }, before });
    this.#tell();
  }

  /** The server answered a decision: it is so until the feed has reached that version of the post. */
  settle(id, decision, { status, version }) {
    const settled = this.#find(id, decision);
    if (!settled) return;
    Object.assign(settled, { status, version });
    this.#release(id);
    this.#tell();
  }

  /** A decision came to nothing: the post stands as it did before it. */
  forget(id, decision) {
    const forgotten = this.#find(id, decision);
    if (!forgotten) return;
    const newest = this.#expectations.get(id);
    if (newest !== forgotten) {
      this.#all(id).find(({ before }) => before === forgotten).before = forgotten.before;
    } else if (forgotten.before) {
      this.#expectations.set(id, { ...forgotten.before, told: forgotten.told });
      this.#release(id);
    } else {
      this.#expectations.delete(id);
    }
    this.#tell();
  }

  // Internal

  #overlay(from) {
    const posts = from.filter(({ id }) => this.#status(id) === "waiting");
    const returned = [...this.#expectations.values()]
      .filter(({ post, status }) => status === "waiting" && !this.#queue.get(post.id))
      .map(({ post }) => post);
    return returned.length ? [...posts, ...returned].sort((one, other) => one.place - other.place) : posts;
  }

  /** What is expected of a post, newest first. */
  #all(id) {
    const all = [];
    for (let one = this.#expectations.get(id); one; one = one.before) all.push(one);
    return all;
  }

  #find(id, decision) {
    return this.#all(id).find((one) => one.decision === decision);
  }

  /** Expect nothing any more of a post once the feed has reached what was expected. */
  #release(id) {
    const { version, told } = this.#expectations.get(id);
    if (told.version >= version) this.#expectations.delete(id);
  }

  #status(id) {
    return this.#expectations.get(id)?.status ?? "waiting";
  }

  #hear({ id, status, version }) {
    const expectation = this.#expectations.get(id);
    if (!expectation) return;
    expectation.told = { status, version };
    this.#release(id);
  }

  /** A snapshot says only what waits; of the rest, its counts tell already what we expected. */
  #compare() {
    for (const [id, expectation] of this.#expectations) {
      const post = this.#queue.get(id);
      if (post) expectation.told = { status: "waiting", version: post.version };
      else if (expectation.status !== "waiting") expectation.told.status = expectation.status;
      const over = post ? post.version >= expectation.version : expectation.version !== PENDING;
      if (over) this.#expectations.delete(id);
    }
  }

  #tell(detail = { updates: [], reset: false }) {
    this.#posts = null;
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
