// Which posts a desk wants to see. The same as wall/core/finding.py, so that what arrives is filtered like what was
// found; the marks it asks of a post stand on its card.

import { alike } from "./alike.js";

const NAMES = ["words", "source", "language", "pictures", "question", "reply", "writer", "by", "like", "thread", "place"];
const DROPPED = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u0652\u0670\u0640\u200b-\u200f\u2060\ufeff]/g;

/** A text without case, accents and what is invisible, its blanks single. */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(DROPPED, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");
  return plain.replace(DROPPED, "").split(/\s+/).filter(Boolean).join(" ");
}

/** A filter never changes; `with` makes another one. */
export class Filter {
  #words;

  constructor(values = {}) {
    for (const name of NAMES) this[name] = String(values[name] ?? "").trim();
    this.#words = folded(this.words);
  }

  /** The filter that an address says. */
  static read(query) {
    return new Filter(Object.fromEntries(new URLSearchParams(query)));
  }

  get empty() {
    return !this.names.length;
  }

  /** The names of what it says. */
  get names() {
    return NAMES.filter((name) => this[name]);
  }

  /** What says it in an address: "" or "?words=…". */
  get query() {
    const query = new URLSearchParams(this.names.map((name) => [name, this[name]]));
    return this.empty ? "" : `?${query}`;
  }

  with(changes) {
    return new Filter({ ...this, ...changes });
  }

  wants(post) {
    return (
      (!this.source || this.source === post.sourceId || this.source === post.sourceKind) &&
      (!this.by || this.by === post.author) &&
      (!this.language || this.language.toLowerCase() === post.language) &&
      (!this.pictures || post.pictures.split(" ").includes(this.pictures)) &&
      (!this.writer || writer(post).includes(this.writer)) &&
      (!this.question || post.question) &&
      (!this.reply || post.isReply) &&
      (!this.thread || this.thread === post.id || this.thread === post.thread) &&
      (!this.place || this.place === post.whereabouts) &&
      (!this.like || alike(this.like, post.alike)) &&
      (!this.#words || post.searched.includes(this.#words))
    );
  }
}

function writer({ firstTime, trusted }) {
  return [firstTime ? "new" : "", trusted ? "trusted" : "untrusted"];
}
