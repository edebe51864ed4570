// Which authors are trusted: as the cards say, as this desk decides, and as others tell.

import { post as send } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { trustWords } from "../models/words.js";
import { readCard } from "./card.js";

const KNOWN_AT_MOST = 1_000;

export class Trust {
  #url;
  #posts;
  #say;
  #known = new Map(); // by author, {trusted, trust}: as the stream told last since the page was loaded

  /** `posts()` are all that are shown; where it is turned, `url` takes that and `say(words, level)` tells what became of it. */
  constructor({ url = null, posts, say = null }) {
    this.#url = url;
    this.#posts = posts;
    this.#say = say;
  }

  // Actions

  /** Trust a post's author, or no longer; `mode` is what becomes of new posts. */
  async turn(post, mode) {
    const before = { trusted: post.trusted, trust: post.trust };
    const trusted = !before.trusted;
    this.#know(post.author, { trusted, trust: trusted ? _("Trusted by hand") : _("Not trusted: a moderator took it back") });
    const { status, body } = await send(this.#url, { post: post.id, trusted });
    if (status === 200) {
      this.#say(trustWords(post.name, trusted, mode), "note");
      return;
    }
    this.#know(post.author, before);
    this.#say(body?.error?.message ?? _("The server did not answer, so trust is unchanged. Try again."), "bad");
  }

  /**
   * Take in how the authors of these updates stand, and say so on all their cards. After a `reset` the cards that are
   * here know it themselves. Returns whether any mark differs.
   */
  hear(updates, reset) {
    if (reset) this.#known.clear();
    for (const { card } of updates) {
      const post = readCard(card ?? "");
      if (post) this.#keep(post.author, { trusted: post.trusted, trust: post.trust });
    }
    return updates.length > 0 && this.#mark();
  }

  // Internal

  #know(author, how) {
    this.#keep(author, how);
    this.#mark();
  }

  #keep(author, how) {
    this.#known.delete(author);
    this.#known.set(author, how);
    if (this.#known.size > KNOWN_AT_MOST) this.#known.delete(this.#known.keys().next().value);
  }

  #mark() {
    let differs = false;
    for (const post of this.#posts()) {
      const how = this.#known.get(post.author);
      if (!how) continue;
      differs ||= post.trusted !== how.trusted || post.trust !== how.trust;
      Object.assign(post, how);
    }
    return differs;
  }
}
