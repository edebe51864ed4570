// The queue as this desk shows it: what the server tells, and over it what was decided here and is not told yet.

const PENDING = Infinity;

/** Fires "change" with the queue's detail whenever `posts` or `counts` may differ. */
export class Expected extends EventTarget {
  #queue;
  #expectations = new Map(); // by post id: {decision, post, status, version, told: {status, version}}

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

  /** The posts that wait, oldest first. */
  get posts() {
    const posts = this.#queue.posts.filter(({ id }) => this.#status(id) === "waiting");
    const returned = [...this.#expectations.values()]
      .filter(({ post, status }) => status === "waiting" && !this.#queue.get(post.id))
      .map(({ post }) => post);
    return returned.length ? [...posts, ...returned].sort((one, other) => one.place - other.place) : posts;
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
    told = this.#expectations.get(post.id)?.told ?? told ?? post;
    this.#expectations.set(post.id, { decision, post, status, version: PENDING, told: { status: told.status, version: told.version } });
    this.#tell();
  }

  /** The server answered a decision: it is so until the feed has reached that version of the post. */
  settle(id, decision, { status, version }) {
    const expectation = this.#expectations.get(id);
    if (expectation?.decision !== decision) return;
    Object.assign(expectation, { status, version });
    if (expectation.told.version >= version) this.#expectations.delete(id);
    this.#tell();
  }

  /** A decision came to nothing: the post stands as the server tells. */
  forget(id, decision) {
    if (this.#expectations.get(id)?.decision !== decision) return;
    this.#expectations.delete(id);
    this.#tell();
  }

  // Internal

  #status(id) {
    return this.#expectations.get(id)?.status ?? "waiting";
  }

  #hear({ id, status, version }) {
    const expectation = this.#expectations.get(id);
    if (!expectation) return;
    expectation.told = { status, version };
    if (version >= expectation.version) this.#expectations.delete(id);
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
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
