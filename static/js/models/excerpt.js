// Which posts that arrive belong to the part of the wall a reader chose. The same as wall/core/excerpt.py. Pure.

const TAG = /[#＃]([\p{L}\p{M}\p{N}_]+)/gu;

export class Excerpt {
  #values;

  /** `values` as the page has them: {network, pictured, session: {from, until, over, rooms, others} or null}; times in ms. */
  constructor(values = {}) {
    this.#values = values ?? {};
  }

  /** Whether a post {network, pictured, at, text} belongs. */
  wants(post) {
    const { network, pictured, session } = this.#values;
    return (!network || network === post.network) && (!pictured || post.pictured) && (!session || isOf(session, post));
  }
}

/** Whether a post was written during a session, and not about another room; or soon after it, about its own. */
export function isOf({ from, until, over, room, others }, { at, text }) {
  const tags = [...text.matchAll(TAG)].map(([, tag]) => tagkey(tag));
  const own = room !== "" && tags.includes(room);
  if (at < from || at >= (own ? over : until)) return false;
  return own || !tags.some((tag) => others.includes(tag));
}

function tagkey(tag) {
  return tag.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}
