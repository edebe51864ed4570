// Which authors are trusted: as the cards say, as this desk decides, and as others tell.

import { post as send } from "../helpers/ask.js";
import { trustWords } from "../models/words.js";
import { readCard } from "./card.js";

export class Trust {
  #url;
  #posts;
  #say;
  #heard = new Map(); // since the page was loaded, by author

  /** `posts()` are all that are shown; `say(words, level)` tells what became of it. */
  constructor({ url, posts, say }) {
    this.#url = url;
    this.#posts = posts;
    this.#say = say;
  }

  // Actions

  /** Trust a post's author, or no longer; `mode` is what becomes of new posts. */
  async turn(post, mode) {
    const trusted = !post.trusted;
    this.#know(post.author, trusted);
    const { status, body } = await send(this.#url, { post: post.id, trusted });
    if (status === 200) {
      this.#say(trustWords(post.name, trusted, mode), "note");
      return;
    }
    this.#know(post.author, !trusted);
    this.#say(body?.error?.message ?? "The server did not answer, so trust is unchanged. Try again.", "bad");
  }

  /** Take in what other desks decided, and mark the cards that came since. Returns whether any mark differs. */
  hear(updates) {
    for (const { kind, id, card } of updates) {
      if (kind !== "trusted" && kind !== "distrusted") continue;
      const post = this.#posts().find((one) => one.id === id) ?? readCard(card ?? "");
      if (post) this.#heard.set(post.author, kind === "trusted");
    }
    return this.#heard.size > 0 && this.#mark();
  }

  // Internal

  #know(author, trusted) {
    this.#heard.set(author, trusted);
    this.#mark();
  }

  #mark() {
    let differs = false;
    for (const post of this.#posts()) {
      const trusted = this.#heard.get(post.author);
      if (trusted === undefined || post.trusted === trusted) continue;
      post.trusted = trusted;
      differs = true;
      const line = post.body.querySelector(".card__trust");
      if (line) line.textContent = trusted ? "Trusted by hand" : "Not trusted: a moderator took it back";
    }
    return differs;
  }
}
